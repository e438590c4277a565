// The product on a sandbox of its own: everything between a typed line and Chat's state, over real sockets.
import { pino } from 'pino';
import { type ChatClientOptions, createChatClient } from '../../src/chat/client.ts';
import type { Outcome } from '../../src/command/outcome.ts';
import { refusal } from '../../src/command/outcome.ts';
import { parseLine } from '../../src/command/text.ts';
import { localeOf } from '../../src/i18n/locale.ts';
import { createTranslator } from '../../src/i18n/translator.ts';
import { createMarshal, type Marshal } from '../../src/marshal.ts';
import type { Actor } from '../../src/moderation/actor.ts';
import { type Capability, everything, type Rank } from '../../src/moderation/capability.ts';
import type { CaseRepository } from '../../src/moderation/case.ts';
import {
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../src/sandbox/chat/index.ts';
import { openStore } from '../../src/store/store.ts';
import { asText, present } from '../../src/surfaces/present.ts';

export interface Product {
  readonly chat: ChatService;
  readonly marshal: Marshal;
  readonly cases: CaseRepository;
  /** Types a line; `as` is an actor, the operator unless told. */
  type(line: string, options?: TypeOptions): Promise<Outcome>;
  /** Requests that changed something, by endpoint, since the last call. */
  changes(): readonly string[];
  close(): Promise<void>;
}

export interface TypeOptions {
  readonly as?: Actor;
  readonly group?: string;
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly mentions?: Readonly<Record<string, string>>;
}

/** Endpoints that change Chat, as the sandbox's log names them; what members are told is looked at by itself. */
const changing =
  /^(modify_|forbid_|delete_|ban_|unban_|group_msg_recall|create_|destroy_|add_|import_|change_)/;

/** Somebody with rights that a surface granted. */
export const granted = (
  rank: Rank = 3,
  capabilities: Iterable<Capability> = everything,
  account?: string,
): Actor => ({
  surface: 'terminal',
  id: account ?? 'operator',
  name: account ?? 'operator',
  ...(account === undefined ? {} : { account }),
  authority: { kind: 'granted', rights: { capabilities: new Set(capabilities), rank } },
});

/** A Chat member who acts with the rights of their role. */
export const memberActor = (account: string): Actor => ({
  surface: 'terminal',
  id: account,
  name: account,
  account,
  authority: { kind: 'groupRole' },
});

export async function startProduct(client: Partial<ChatClientOptions> = {}): Promise<Product> {
  const service = await startChatService({ app: sandboxApp, rateLimits: false });
  await fillDefaultWorld(service.world);
  const chat = createChatClient({
    sdkAppId: sandboxApp.sdkAppId,
    secretKey: sandboxApp.secretKey,
    admin: 'administrator',
    baseUrl: service.url,
    retries: { pauseMs: 1, backoffMs: 1 },
    ...client,
  });
  const clock = { now: Date.now };
  const logger = pino({ level: 'silent' });
  const store = await openStore('sqlite::memory:', { clock, logger });
  const marshal = createMarshal({ chat, clock, recorder: { ...store, logger } });
  let seen: string[] = [];
  service.onRequest((record) => {
    if (changing.test(record.endpoint)) seen.push(record.endpoint);
  });
  return {
    chat: service,
    cases: store.cases,
    marshal,
    async type(line, { as = granted(), group = 'guild', dryRun = false, signal, mentions = {} } = {}) {
      const parsed = parseLine(line, marshal.registry);
      if (!parsed.ok) return refusal(line, parsed.problem);
      return marshal.pipeline.handle({
        actor: as,
        command: parsed.value.command.name,
        options: parsed.value.options,
        defaultGroup: group,
        dryRun,
        accountOfMention: async (userId) => mentions[userId] ?? null,
        ...(signal === undefined ? {} : { signal }),
      });
    },
    changes() {
      const past = seen;
      seen = [];
      return past;
    },
    async close() {
      await chat.close();
      await service.close();
      await store.close();
    },
  };
}

/** An outcome in plain English, times in ISO form. */
export function english(outcome: Outcome): string {
  const style = { escape: (text: string) => text, time: (at: number) => new Date(at * 1_000).toISOString() };
  return asText(present(outcome, createTranslator(localeOf('en'), style)));
}
