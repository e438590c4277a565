// The doctor's look at Discord, by its REST API alone: token, application, server and registered commands.

import { z } from 'zod';
import type { DiscordConfig } from '../../app/config.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { request } from '../../util/undici/undici.ts';
import { detailOf } from '../setup.ts';
import { type Check, failed, note, ok, warning } from './check.ts';

const DISCORD = 'https://discord.com/api';
/** Milliseconds to wait for an answer. */
const PATIENCE = 10_000;

const user = z.looseObject({ username: z.string() });
const application = z.looseObject({ id: z.string(), bot_public: z.boolean().optional() });
const guild = z.looseObject({ name: z.string() });
const commandList = z.array(z.looseObject({ name: z.string() }));

/** What became of one read. */
type Answer<Value> = { readonly ok: true; readonly value: Value } | Unread;

/** `why` says what was wrong, `mend` what to do about it. */
interface Unread {
  readonly ok: false;
  readonly why: Message;
  readonly mend: Message;
}

/** Reads a path below the API's base. */
type Get = <Value>(path: string, shape: z.ZodType<Value>) => Promise<Answer<Value>>;

/** Reads and changes nothing. @param expected names of the commands that should be registered */
export async function checkDiscord(
  config: DiscordConfig,
  expected: readonly string[],
  stop: AbortSignal,
): Promise<readonly Check[]> {
  const get = reader(config, stop);
  const bot = await get('/users/@me', user);
  if (!bot.ok) return [failed(bot.why, bot.mend)];
  const named = ok(message('doctor.bot', { name: bot.value.username }));
  const about = await get('/applications/@me', application);
  if (!about.ok) return [named, failed(about.why, about.mend)];
  const { id, bot_public: isPublic = true } = about.value;
  return [
    named,
    ...(isPublic && config.guildId === undefined
      ? [warning(message('doctor.public'), message('doctor.mend.public'))]
      : []),
    await checkGuild(get, config.guildId, id),
    await checkCommands(get, config.guildId, id, expected),
  ];
}

function reader({ token, apiUrl = DISCORD }: DiscordConfig, stop: AbortSignal): Get {
  const headers = { authorization: `Bot ${token}`, 'user-agent': 'DiscordBot (chat-marshal, 0.1)' };
  return async (path, shape) => {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]);
    try {
      const { statusCode, body } = await request(`${apiUrl}/v10${path}`, { headers, signal });
      const text = await body.text();
      if (statusCode === 401) return tokenRefused;
      if (statusCode !== 200) return unreadable(`HTTP ${statusCode}`);
      return { ok: true, value: shape.parse(JSON.parse(text)) };
    } catch (error) {
      return unreadable(error instanceof z.ZodError ? `${path}: JSON` : detailOf(error));
    }
  };
}

const tokenRefused: Unread = {
  ok: false,
  why: message('doctor.tokenRefused'),
  mend: message('doctor.mend.token'),
};

const unreadable = (detail: string): Unread => ({
  ok: false,
  why: message('doctor.discordFailed', { detail }),
  mend: message('doctor.mend.discord'),
});

async function checkGuild(get: Get, guildId: string | undefined, applicationId: string): Promise<Check> {
  if (guildId === undefined) return note(message('doctor.anyGuild'));
  const found = await get(`/guilds/${guildId}`, guild);
  if (found.ok) return ok(message('doctor.guild', { name: found.value.name }));
  const invitation = new URL('https://discord.com/oauth2/authorize');
  invitation.search = new URLSearchParams({
    client_id: applicationId,
    scope: 'bot applications.commands',
  }).toString();
  return failed(
    message('doctor.guildMissing', { guild: guildId, why: found.why }),
    message('doctor.mend.guild', { link: literal(invitation.href) }),
  );
}

async function checkCommands(
  get: Get,
  guildId: string | undefined,
  applicationId: string,
  expected: readonly string[],
): Promise<Check> {
  const scope = guildId === undefined ? '' : `/guilds/${guildId}`;
  const list = await get(`/applications/${applicationId}${scope}/commands`, commandList);
  if (!list.ok) return failed(list.why, list.mend);
  const known = new Set(list.value.map(({ name }) => name));
  const missing = expected.filter((name) => !known.has(name));
  return missing.length === 0
    ? ok(message('doctor.registered', { count: expected.length }))
    : warning(message('doctor.unregistered', { count: missing.length }), message('doctor.mend.register'));
}
