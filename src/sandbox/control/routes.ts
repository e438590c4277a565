// What can be asked of the sandbox's control, and what it does.
import { z } from 'zod';
import type { Fault } from '../chat/index.ts';
import { readWorldFile, restoreWorld, snapshotOf, WorldFileFault } from '../chat/state/index.ts';
import { type ClientAction, clientBodies, clockBody, faultBody, webhookBody } from './bodies.ts';
import { Refusal } from './guard.ts';
import type { ControlParts } from './parts.ts';

export interface ControlRequest {
  readonly body: unknown;
  readonly query: URLSearchParams;
}

type Run = (parts: ControlParts, request: ControlRequest) => unknown;

/** @throws Refusal 400 that names the field, why, and what would be right */
function read<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new Refusal(400, z.prettifyError(result.error));
}

const clockOf = ({ clock }: ControlParts) => ({
  now: new Date(clock.now()).toISOString(),
  unix: Math.floor(clock.now() / 1000),
  running: clock.isRunning,
});

const moveClock: Run = (parts, { body }) => {
  const { advance, now, running } = read(clockBody, body);
  if (advance !== undefined) parts.clock.advance(advance * 1000);
  if (now !== undefined) parts.clock.set(typeof now === 'number' ? now * 1000 : Date.parse(now));
  if (running !== undefined) parts.clock.run(running);
  return clockOf(parts);
};

const listRequests: Run = ({ chat, discord }, { query }) => {
  const service = query.get('service') ?? 'chat';
  if (service === 'chat') return { requests: chat.requests };
  if (service === 'discord' && discord !== undefined) return { requests: discord.requests };
  throw new Refusal(400, 'service is chat or discord');
};

type ChatPlan = Extract<z.output<typeof faultBody>, { service: 'chat' }>;

/** The fault without options that were not given: those are `undefined` after reading. */
function chatFaultOf(fault: ChatPlan['fault']): Fault {
  const given = Object.entries(fault).filter(([, value]) => value !== undefined);
  // The same fault, less its undefined options.
  return Object.fromEntries(given) as unknown as Fault;
}

type DiscordPlan = Extract<z.output<typeof faultBody>, { service: 'discord' }>;

/** The fault without an option that was not given. */
const discordFaultOf = (fault: DiscordPlan['fault']) =>
  fault.kind === 'rateLimit'
    ? { kind: fault.kind, retryAfterS: fault.retryAfterS, ...(fault.global && { global: true }) }
    : fault;

const planFault: Run = ({ chat, discord }, { body }) => {
  const plan = read(faultBody, body);
  if (plan.service === 'chat') {
    chat.faults.next(plan.endpoint, chatFaultOf(plan.fault), plan.times);
    return {};
  }
  if (discord === undefined) throw new Refusal(409, 'no Discord stand-in runs here');
  const { method, path, fault, times } = plan;
  discord.failNext({ ...(method && { method }), ...(path && { path }) }, discordFaultOf(fault), times);
  return {};
};

const clearFaults: Run = ({ chat, discord }) => {
  chat.faults.clear();
  discord?.clearFaults();
  return {};
};

const replaceWorld: Run = ({ chat, admins }, { body }) => {
  try {
    restoreWorld(chat.world, readWorldFile(body), admins);
    return {};
  } catch (error) {
    if (error instanceof WorldFileFault) throw new Refusal(400, error.message);
    throw error;
  }
};

const saveWorld: Run = async ({ save }) => {
  if (save === undefined) throw new Refusal(409, 'the sandbox was started without a world file');
  return { saved: await save() };
};

const showInbox: Run = ({ chat }, { query }) => {
  const account = query.get('account') ?? '';
  if (!chat.world.accounts.has(account))
    throw new Refusal(404, `there is no account ${JSON.stringify(account)}`);
  return { inbox: chat.world.inbox(account) };
};

/** Names what users' clients act on, so that a wrong one is a refusal and no failure. */
function requireGroup({ chat }: ControlParts, id: string): string {
  if (chat.world.groups.has(id)) return id;
  throw new Refusal(404, `there is no group ${JSON.stringify(id)}`);
}

const clients: {
  readonly [Action in ClientAction]: (parts: ControlParts, body: unknown) => Promise<unknown>;
} = {
  say: async (parts, body) => {
    const { group, account, text = '', topic, customData, ...rest } = read(clientBodies.say, body);
    return parts.chat.say(requireGroup(parts, group), account, text, {
      ...(rest.body && { body: rest.body }),
      ...(rest.mentions && { mentions: rest.mentions }),
      ...(topic !== undefined && { topicId: topic }),
      ...(customData !== undefined && { cloudCustomData: customData }),
    });
  },
  whisper: async ({ chat }, body) => {
    const { from, to, text } = read(clientBodies.whisper, body);
    return chat.whisper(from, to, text);
  },
  recall: async (parts, body) => {
    const { group, account, seq, topic } = read(clientBodies.recall, body);
    return parts.chat.recall(requireGroup(parts, group), account, seq, topic);
  },
  join: async (parts, body) => {
    const { group, account } = read(clientBodies.join, body);
    return parts.chat.join(requireGroup(parts, group), account);
  },
  leave: async (parts, body) => {
    const { group, account } = read(clientBodies.leave, body);
    return parts.chat.leave(requireGroup(parts, group), account);
  },
  invite: async (parts, body) => {
    const { group, account, others } = read(clientBodies.invite, body);
    return parts.chat.invite(requireGroup(parts, group), account, others);
  },
  login: async ({ chat }, body) => {
    const { account, platform } = read(clientBodies.login, body);
    return chat.logIn(account, platform);
  },
  logout: async ({ chat }, body) => {
    const { account } = read(clientBodies.logout, body);
    return chat.logOut(account);
  },
};

const clientRoutes = Object.fromEntries(
  Object.entries(clients).map(([action, act]): [string, Run] => [
    `POST /sandbox/clients/${action}`,
    (parts, { body }) => act(parts, body),
  ]),
);

/** Every request that the control takes. */
export const routes: Readonly<Record<string, Run>> = {
  'GET /sandbox': () => ({ routes: Object.keys(routes) }),
  'GET /sandbox/clock': clockOf,
  'POST /sandbox/clock': moveClock,
  'GET /sandbox/requests': listRequests,
  'DELETE /sandbox/requests': ({ chat }) => {
    chat.forgetRequests();
    return {};
  },
  'POST /sandbox/faults': planFault,
  'DELETE /sandbox/faults': clearFaults,
  'POST /sandbox/webhook': ({ chat }, { body }) => {
    const { url, token, onFailure, commands } = read(webhookBody, body);
    chat.setWebhook({
      ...{ url, ...(token && { token }), ...(onFailure && { onFailure }), ...(commands && { commands }) },
    });
    return {};
  },
  'DELETE /sandbox/webhook': ({ chat }) => {
    chat.setWebhook(undefined);
    return {};
  },
  /** Answers when every webhook so far has been answered or given up. */
  'POST /sandbox/settle': async ({ chat }) => {
    await chat.webhooksSettled();
    return {};
  },
  'GET /sandbox/world': ({ chat, clock }) => snapshotOf(chat.world, new Date(clock.now()).toISOString()),
  'PUT /sandbox/world': replaceWorld,
  'POST /sandbox/world/save': saveWorld,
  'GET /sandbox/inbox': showInbox,
  ...clientRoutes,
};
