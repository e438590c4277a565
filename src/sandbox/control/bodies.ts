// What the sandbox's control takes, as JSON.
import { z } from 'zod';
import { endpointNames } from '../../chat/protocol/endpoints.ts';
import { webhookCommands } from '../../chat/protocol/webhooks/index.ts';

const account = z.string().min(1);
const group = z.string().min(1);
const seconds = z.number().min(-3_153_600_000).max(3_153_600_000);

/** Moves the clock: by seconds, to a time (ISO 8601 or Unix seconds), and whether it runs. */
export const clockBody = z
  .strictObject({
    advance: seconds.optional(),
    now: z.union([z.iso.datetime({ offset: true }), z.int().min(0)]).optional(),
    running: z.boolean().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'give advance, now or running')
  .refine((body) => body.advance === undefined || body.now === undefined, 'give either advance or now');

const when = z.enum(['before', 'after']).optional();
const times = z.int().min(1).optional();
const endpoint = z.enum([...endpointNames, '*'] as const);

const chatFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('slow'), ms: z.int().min(0).max(600_000), when }),
  z.strictObject({ kind: z.literal('http'), status: z.int().min(400).max(599), when }),
  z.strictObject({ kind: z.literal('reset'), when }),
  z.strictObject({ kind: z.literal('garbage'), when }),
  z.strictObject({ kind: z.literal('code'), code: z.int().min(1), info: z.string().optional() }),
  z.strictObject({ kind: z.literal('ignored') }),
  z.strictObject({ kind: z.literal('down') }),
]);

const discordFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599) }),
  z.strictObject({
    kind: z.literal('rateLimit'),
    retryAfterS: z.number().min(0).max(600),
    global: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('reset') }),
]);

/** Plans a fault for the next calls of either stand-in. */
export const faultBody = z.discriminatedUnion('service', [
  z.strictObject({ service: z.literal('chat'), endpoint, fault: chatFault, times }),
  z.strictObject({
    service: z.literal('discord'),
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
    path: z.string().startsWith('/').optional(),
    fault: discordFault,
    times,
  }),
]);

export const webhookBody = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  token: z.string().min(1).optional(),
  onFailure: z.enum(['deliver', 'refuse']).optional(),
  commands: z.array(z.enum(webhookCommands)).optional(),
});

const platform = z.enum(['Web', 'Android', 'iOS', 'Windows', 'Mac']);

/** What users' clients can be made to do. */
export const clientBodies = {
  say: z
    .strictObject({
      group,
      account,
      text: z.string().optional(),
      topic: z.string().optional(),
      body: z.array(z.looseObject({ MsgType: z.string() })).optional(),
      mentions: z.array(account).optional(),
      customData: z.string().optional(),
    })
    .refine(({ text, body }) => (text === undefined) !== (body === undefined), 'give either text or body'),
  whisper: z.strictObject({ from: account, to: account, text: z.string() }),
  recall: z.strictObject({ group, account, seq: z.int().min(1), topic: z.string().optional() }),
  join: z.strictObject({ group, account }),
  leave: z.strictObject({ group, account }),
  invite: z.strictObject({ group, account, others: z.array(account).min(1) }),
  login: z.strictObject({ account, platform: platform.optional() }),
  logout: z.strictObject({ account }),
};

export type ClientAction = keyof typeof clientBodies;
