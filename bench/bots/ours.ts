// The product as a user gets it, in a process of its own: with the record, the notices to members and the log lines
// of the default configuration, against the stand-ins named in the environment.

import { createLogger } from '../../src/app/logger.ts';
import { openApp } from '../../src/app/open.ts';
import { ready } from './ready.ts';
import { settings } from './settings.ts';

const { chat, token, api, guildId, database } = settings;
const logger = createLogger({ level: 'info', secrets: [chat.secretKey, token] });
const { moderation, record, startMaintenance } = await openApp(
  { ...chat, admin: 'administrator', group: 'guild' },
  {
    databaseUrl: `sqlite:${database}`,
    settingsFile: undefined,
    directory: import.meta.dirname,
    shared: false,
  },
  logger,
);
// As the program does: loaded when a surface is configured.
const { startDiscord } = await import('../../src/surfaces/discord/index.ts');
await startDiscord({
  moderation,
  record,
  token,
  apiUrl: api,
  guildId,
  accountTemplate: '{id}',
  defaultGroup: 'guild',
  logger,
});
startMaintenance();
ready();
