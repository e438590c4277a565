// Harness: the whole way from a person in Discord to Chat's state, over real sockets, ended after the test.

import { pino } from 'pino';
import { expect, onTestFinished } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { createModerationService, type ModerationService } from '../../../src/pipeline/service.ts';
import {
  type ChatService,
  fillDefaultWorld,
  sandboxApp,
  startChatService,
} from '../../../src/sandbox/chat/index.ts';
import {
  type DiscordService,
  type DiscordServiceOptions,
  startDiscordService,
} from '../../../src/sandbox/discord/index.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import {
  type DiscordOptions,
  type RunningDiscord,
  startDiscord,
} from '../../../src/surfaces/discord/index.ts';
import { sandboxClient } from '../../support/client.ts';
import { complaintsAbout } from './judge.ts';

/** What was logged, by level. */
export interface Log {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

export interface Stage {
  readonly discord: DiscordService;
  readonly chat: ChatService;
  readonly moderation: ModerationService;
  readonly store: Store;
  readonly logs: readonly Log[];
  readonly logger: DiscordOptions['logger'];
}

export interface Bot extends Stage {
  readonly running: RunningDiscord;
}

export function createLog() {
  const logs: Log[] = [];
  const at = (level: Log['level']) => (fields: object, message: string) =>
    void logs.push({ level, fields, message });
  return { logs, logger: { info: at('info'), warn: at('warn'), error: at('error') } };
}

/** Starts both services and the commands between them, without a bot. */
export async function setStage(options: DiscordServiceOptions = {}): Promise<Stage> {
  const chat = await startChatService({ app: sandboxApp, rateLimits: false });
  onTestFinished(() => chat.close());
  fillDefaultWorld(chat.world);
  const discord = await startDiscordService(options);
  onTestFinished(() => discord.close());
  const client = sandboxClient(chat.url);
  onTestFinished(() => client.close());
  const log = createLog();
  const store = await openStore('sqlite::memory:', { clock: Date, logger: pino({ level: 'silent' }) });
  onTestFinished(() => store.close());
  const recorder = { ...store, logger: log.logger };
  const moderation = createModerationService({ commands, chat: client, clock: Date, recorder });
  return { discord, chat, moderation, store, ...log };
}

/** Starts a bot on a stage; Discord users are the Chat accounts of the same name. */
export async function startBot(stage: Stage, options: Partial<DiscordOptions> = {}): Promise<Bot> {
  const running = await startDiscord({
    moderation: stage.moderation,
    record: stage.store,
    token: stage.discord.token,
    apiUrl: stage.discord.api,
    guildId: stage.discord.guildId,
    accountTemplate: '{username}',
    defaultGroup: 'guild',
    logger: stage.logger,
    ...options,
  });
  onTestFinished(() => running.close());
  // Whatever a test is about: nothing that the specification of Discord forbids goes there.
  onTestFinished(() => expect(complaintsAbout(stage.discord.requests)).toEqual([]));
  return { ...stage, running };
}

/** Stage and bot at once. */
export const startAll = async (options: Partial<DiscordOptions> = {}): Promise<Bot> =>
  startBot(await setStage(), options);

type Seen = Awaited<ReturnType<Bot['discord']['type']>>;

/** The `custom_id` of a button of a reply that ends so; a text that no button has where there is none. */
export const buttonOf = ({ components }: Pick<Seen, 'components'>, ending: string): string =>
  [...JSON.stringify(components).matchAll(/"custom_id":"((?:[^"\\]|\\.)+)"/g)]
    .map(([, id = '']) => String(JSON.parse(`"${id}"`)))
    .find((id) => id.endsWith(ending)) ?? 'no button';

/** Answers the question that a reply asks. */
export const choose = ({ discord }: Bot, question: Seen, choice: string, as: string): Promise<Seen> =>
  discord.click({ as, message: question, customId: buttonOf(question, `:${choice}`) });

/** Types a command and confirms it. */
export async function typeAndConfirm(bot: Bot, input: Parameters<Bot['discord']['type']>[0]): Promise<Seen> {
  return choose(bot, await bot.discord.type(input), 'confirm', input.as);
}

/** The text of a reply's embed. */
export const textOf = (reply: { readonly embeds: readonly { description?: string }[] }): string =>
  reply.embeds.map((embed) => embed.description ?? '').join('\n');
