// The product as a bot in a process of its own, against the stand-ins named in the environment.
import { commands } from '../../commands/index.ts';
import { createChatClient } from '../../src/chat/client/client.ts';
import { defaults } from '../../src/moderation/settings.ts';
import { createModerationService } from '../../src/pipeline/service.ts';
import { startDiscord } from '../../src/surfaces/discord/index.ts';
import { settings } from './settings.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
// Members are told nothing: the least bot does not tell them either.
const quietly = { ...defaults, tell: 'off' } as const;
const chat = createChatClient({ ...settings.chat, admin: 'administrator' });
await startDiscord({
  moderation: createModerationService({
    commands,
    chat,
    clock: { now: Date.now },
    settings: () => ({
      group: () => quietly,
      named: new Set<string>(),
      onFailure: 'open' as const,
      token: () => null,
    }),
  }),
  token: settings.token,
  apiUrl: settings.api,
  guildId: settings.guildId,
  accountTemplate: '{id}',
  defaultGroup: 'guild',
  logger: quiet,
});
process.send?.({ ready: performance.now(), rss: process.memoryUsage.rss() });
