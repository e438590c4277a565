// A receiver of webhooks in a process of its own: `ours`, as the bot takes part in them, or `empty`, a fastify route that
// reads the same body by the same schema and answers OK. Tells on demand what it used.
import { fastify } from 'fastify';
import { pino } from 'pino';
import { commands } from '../../commands/index.ts';
import { OK, readWebhook } from '../../src/chat/protocol/webhooks/index.ts';
import { createRegistry } from '../../src/command/registry.ts';
import { message } from '../../src/i18n/message.ts';
import { createRecentMessages } from '../../src/moderation/groups/recent.ts';
import { defaultSettings } from '../../src/moderation/settings.ts';
import { refusal } from '../../src/request/outcome.ts';
import { createReceiver, openHttpServer, type Room } from '../../src/surfaces/http/index.ts';
import { createInGroup } from '../../src/surfaces/ingroup/index.ts';

export const TOKEN = 'xxxxyyyy';
export const PATH = 'q7JwZk2s';
export const APP = 1_400_000_000;

const logger = pino({ level: 'silent' });

/** Never called in a bench without commands. */
const nobody = {
  registry: createRegistry(commands, new Map()),
  pipeline: { handle: async () => refusal('', message('refused.noGroup')) },
  completion: { suggest: async () => [] },
};

function ours(): Room {
  const inGroup = createInGroup({
    chat: { admin: 'administrator', call: async () => ({ ok: false, error: { kind: 'unreachable' } }) },
    moderation: nobody,
    settings: () => defaultSettings,
    onSettled: () => () => undefined,
    defaultGroup: 'guild',
    recorded: async () => [],
    recent: createRecentMessages(),
    everywhere: true,
    journal: null,
    clock: Date,
    logger,
  });
  return createReceiver({
    sdkAppId: APP,
    token: TOKEN,
    path: PATH,
    deciders: [inGroup.decide],
    keepers: [inGroup.keep],
    followers: [inGroup.follow],
    onFailure: () => 'open',
    clock: Date,
    logger,
  }).room;
}

const used: Room = async (app) => {
  app.get('/used', () => ({ cpu: process.cpuUsage(), heap: process.memoryUsage().heapUsed }));
};

async function startEmpty(): Promise<string> {
  const app = fastify();
  await app.register(used);
  app.post<{ Querystring: { CallbackCommand: string } }>(`/webhooks/chat/${PATH}`, (request, reply) => {
    readWebhook(request.query.CallbackCommand, { platform: '', clientIp: '' }, request.body);
    return reply.send(OK);
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const startOurs = async (): Promise<string> =>
  (await openHttpServer({ host: '127.0.0.1', port: 0, rooms: [used, ours()], logger })).address;

if (process.send !== undefined) {
  const address = await (process.argv[2] === 'ours' ? startOurs() : startEmpty());
  process.send(Number(new URL(address).port));
}
