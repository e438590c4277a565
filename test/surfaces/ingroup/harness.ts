// Chat with people in it, the bot beside it, and webhooks between the two, over real sockets.

import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Settings } from '../../../src/moderation/settings.ts';
import { sandboxApp } from '../../../src/sandbox/chat/index.ts';
import { createReceiver, openHttpServer, WEBHOOK_PATH } from '../../../src/surfaces/http/index.ts';
import { createInGroup, type InGroupOptions } from '../../../src/surfaces/ingroup/index.ts';
import type { Clock } from '../../../src/util/clock.ts';
import { settingsWith, startApp } from '../../support/app.ts';
import { sandboxClient } from '../../support/client.ts';

export const admin = 'administrator';
const TOKEN = 'xxxxyyyy';
const PATH = 'q7JwZk2s';

/** Commands are taken in every group. */
export const everywhere = (inGroup: Partial<Settings['group']> = {}): Settings =>
  settingsWith({ inGroup: { groups: 'all', refuse: false, reply: 'message', ...inGroup } });

export interface Stage {
  readonly settings?: Settings;
  readonly clock?: Clock;
  readonly inGroup?: Partial<InGroupOptions>;
}

export async function startInGroup({ settings = everywhere(), clock, inGroup = {} }: Stage = {}) {
  const app = await startApp({}, { settings, ...(clock && { clock }) });
  const client = sandboxClient(app.chat.url, clock && { clock: clock.now });
  const logged: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => logged.push(line) });
  const surface = createInGroup({
    chat: client,
    moderation: app.moderation,
    settings: app.moderation.settings,
    onSettled: app.moderation.onSettled,
    defaultGroup: undefined,
    recorded: () => app.store.groups(),
    recent: app.recent,
    everywhere: false,
    journal: null,
    clock: clock ?? Date,
    logger,
    ...inGroup,
  });
  const receiver = createReceiver({
    sdkAppId: sandboxApp.sdkAppId,
    token: TOKEN,
    path: PATH,
    deciders: [surface.decide],
    keepers: [surface.keep],
    followers: [surface.follow],
    onFailure: () => 'open',
    clock: clock ?? Date,
    logger,
  });
  const server = await openHttpServer({ host: '127.0.0.1', port: 0, rooms: [receiver.room], logger });
  app.chat.setWebhook({ url: `${server.address}${WEBHOOK_PATH}/${PATH}`, token: TOKEN });
  onTestFinished(async () => {
    await server.close();
    await surface.close();
    await client.close();
    await app.close();
  });

  /** Waits for everything that was typed, and returns what an account got since the last look. */
  const read = new Map<string, number>();
  async function heard(account: string): Promise<readonly string[]> {
    await app.chat.webhooksSettled();
    // What follows from a webhook begins once its answer has gone out.
    await new Promise((resolve) => setImmediate(resolve));
    await surface.settle();
    const inbox = app.chat.world.inbox(account).filter(({ from }) => from === admin);
    const before = read.get(account) ?? 0;
    read.set(account, inbox.length);
    return inbox.slice(before).map(({ text }) => text);
  }

  return {
    ...app,
    surface,
    receiver,
    logged,
    heard,
    /** A member's client types in a group. */
    say: (group: string, account: string, text: string, options = {}) =>
      app.chat.say(group, account, text, options),
    /** Somebody writes to the bot. */
    whisper: (account: string, text: string) => app.chat.whisper(account, admin, text),
    /** The words in a group's history. */
    texts: (group: string) => app.chat.world.messages(group).flatMap(({ body }) => JSON.stringify(body)),
  };
}
