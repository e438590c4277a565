// The configuration: environment variables, read strictly, with every fault named at once.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { baseUrlOf, hosts, type Region } from '../chat/client/request.ts';
import { literal, type Message, message } from '../i18n/message.ts';
import { decode } from '../util/decode.ts';
import type { Environment } from '../util/environment.ts';
import { type Doubt, type EnvFile, readEnvFile } from './env-file.ts';
import { secretsOf } from './secrets.ts';

export interface ChatConfig {
  readonly sdkAppId: number;
  readonly secretKey: string;
  readonly admin: string;
  readonly baseUrl: string;
  /** Group that commands act on where none is named. */
  readonly group: string | undefined;
}

export interface DiscordConfig {
  readonly token: string;
  /** Base of the REST API without a version; discord.js's own unless set. */
  readonly apiUrl: string | undefined;
  readonly guildId: string | undefined;
}

/** The HTTP server; when it opens is decided where it is started. */
export interface HttpConfig {
  readonly host: string;
  /** `undefined`: none was named. */
  readonly port: number | undefined;
  /** The address under which others reach the server. */
  readonly publicUrl: string | undefined;
}

/** What makes Chat's webhooks ours; without one of the two none is taken. */
export interface WebhookConfig {
  readonly token: string | undefined;
  readonly path: string | undefined;
}

export interface Config {
  /** `null`: nothing is configured, so the sandbox stands in for both services. */
  readonly chat: ChatConfig | null;
  readonly discord: DiscordConfig | null;
  readonly http: HttpConfig;
  readonly webhooks: WebhookConfig;
  readonly accountTemplate: string;
  /** Where cases are kept: `sqlite:PATH` or `postgres://…`. */
  readonly databaseUrl: string;
  /** Path of the settings file; `undefined`: `marshal.yaml`, where there is one. */
  readonly settingsFile: string | undefined;
  /** `undefined`: whoever starts the program chooses. */
  readonly logLevel: LogLevel | undefined;
  /** Values that no log and no message may show. */
  readonly secrets: readonly string[];
}

/** What the stand-ins take from the environment when they run for other programs. */
export interface SandboxConfig {
  readonly sdkAppId: number | undefined;
  readonly secretKey: string | undefined;
  readonly admin: string | undefined;
  readonly token: string | undefined;
  readonly logLevel: LogLevel | undefined;
  readonly secrets: readonly string[];
}

export type ConfigResult<Value> =
  | { readonly ok: true; readonly config: Value }
  | { readonly ok: false; readonly faults: readonly Message[] };

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

// Object.keys widens to string[]; the table's keys are exactly the regions.
const regions = Object.keys(hosts) as Region[];

/** Printable ASCII: what an HTTP header can carry, and what both vendors make their secrets of. */
const secret = z.string().regex(/^[\x21-\x7e]+$/);
const name = z.string().regex(/^\P{Cc}+$/u);
const url = z
  .url({ protocol: /^https?$/, hostname: /./ })
  .transform((address) => address.replace(/\/+$/, ''));
/** Clients add the version themselves. */
const apiUrl = url.transform((address) => address.replace(/\/v\d+$/, ''));
const template = z.string().refine((text) => {
  const rest = text.replaceAll(/\{(?:id|username)\}/g, '');
  return rest !== text && !/[{}\p{Cc}]/u.test(rest);
});

const rules = z
  .object({
    DISCORD_TOKEN: secret,
    DISCORD_GUILD_ID: z.string().regex(/^\d{17,20}$/),
    DISCORD_API_URL: apiUrl,
    CHAT_SDK_APP_ID: z
      .string()
      .regex(/^[1-9]\d{0,14}$/)
      .transform(Number),
    CHAT_SECRET_KEY: secret,
    CHAT_ADMIN: name,
    CHAT_REGION: z.enum(regions),
    CHAT_API_URL: url,
    CHAT_GROUP_ID: name,
    CHAT_ACCOUNT_TEMPLATE: template,
    CHAT_WEBHOOK_TOKEN: secret,
    CHAT_WEBHOOK_PATH: z.string().regex(/^[\w-]{6,128}$/),
    HTTP_HOST: z.string().regex(/^[\w.:%-]+$/),
    HTTP_PORT: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535),
    HTTP_PUBLIC_URL: url,
    DATABASE_URL: z.string().regex(/^(?:sqlite:|postgres(?:ql)?:\/\/)\S/),
    MARSHAL_CONFIG: name,
    LOG_LEVEL: z.enum(logLevels),
  })
  .partial();

type Values = z.output<typeof rules>;
export type Variable = keyof typeof rules.shape;

// Object.keys widens to string[]; the shape's keys are exactly the variables.
export const variables = Object.keys(rules.shape) as Variable[];
/** What would be right, by variable. */
const right: Readonly<Record<Variable, Message>> = {
  DISCORD_TOKEN: message('config.right.token'),
  DISCORD_GUILD_ID: message('config.right.guildId'),
  DISCORD_API_URL: message('config.right.url'),
  CHAT_SDK_APP_ID: message('config.right.appId'),
  CHAT_SECRET_KEY: message('config.right.secretKey'),
  CHAT_ADMIN: message('config.right.admin'),
  CHAT_REGION: message('config.right.choice', { choices: literal(regions.join(', ')) }),
  CHAT_API_URL: message('config.right.url'),
  CHAT_GROUP_ID: message('config.right.groupId'),
  CHAT_ACCOUNT_TEMPLATE: message('config.right.template', {
    id: literal('{id}'),
    username: literal('{username}'),
  }),
  CHAT_WEBHOOK_TOKEN: message('config.right.webhookToken'),
  CHAT_WEBHOOK_PATH: message('config.right.webhookPath'),
  HTTP_HOST: message('config.right.host'),
  HTTP_PORT: message('config.right.port'),
  HTTP_PUBLIC_URL: message('config.right.url'),
  DATABASE_URL: message('config.right.database'),
  MARSHAL_CONFIG: message('config.right.settingsFile'),
  LOG_LEVEL: message('config.right.choice', { choices: literal(logLevels.join(', ')) }),
};

/**
 * The variables of `.env` in a directory, under those of the process, which win; or those of ours that can be read in
 * two ways.
 * @throws the system's error when the file is there but cannot be read
 */
export function loadEnvironment(directory: string, environment: Environment): ConfigResult<Environment> {
  const { values, doubts } = openEnvFile(join(directory, '.env'));
  const faults = variables.flatMap((variable) => {
    const doubt = environment[variable] === undefined ? doubts.get(variable) : undefined;
    return doubt === undefined ? [] : [message(doubted[doubt], { name: literal(variable) })];
  });
  return faults.length === 0 ? { ok: true, config: { ...values, ...environment } } : { ok: false, faults };
}

const doubted = { comment: 'config.doubtfulHash', quote: 'config.openQuote' } as const satisfies Record<
  Doubt,
  Message['id']
>;

function openEnvFile(path: string): EnvFile {
  try {
    return readEnvFile(decode(readFileSync(path)));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return readEnvFile('');
    throw error;
  }
}

/** The variables that are set; blank counts as unset. */
export function setVariables(environment: Environment): Readonly<Partial<Record<Variable, string>>> {
  const pairs = variables.map((variable) => [variable, environment[variable]?.trim() ?? ''] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}

/** Reads the whole configuration. Faults never show a value: it could be a secret in the wrong place. */
export function readConfig(environment: Environment): ConfigResult<Config> {
  const given = setVariables(environment);
  const read = rules.safeParse(given);
  const faults = [...faultsOf(read.error), ...cutShort(given), ...missing(given)];
  return read.success && faults.length === 0
    ? { ok: true, config: { ...configOf(read.data), secrets: secretsOf(environment) } }
    : { ok: false, faults };
}

/** Reads what the stand-ins take; each variable may be missing. */
export function readSandboxConfig(environment: Environment): ConfigResult<SandboxConfig> {
  const { DISCORD_TOKEN, CHAT_SDK_APP_ID, CHAT_SECRET_KEY, CHAT_ADMIN, LOG_LEVEL } =
    setVariables(environment);
  const read = rules.safeParse({ DISCORD_TOKEN, CHAT_SDK_APP_ID, CHAT_SECRET_KEY, CHAT_ADMIN, LOG_LEVEL });
  if (!read.success) return { ok: false, faults: faultsOf(read.error) };
  const config = {
    sdkAppId: read.data.CHAT_SDK_APP_ID,
    secretKey: read.data.CHAT_SECRET_KEY,
    admin: read.data.CHAT_ADMIN,
    token: read.data.DISCORD_TOKEN,
    logLevel: read.data.LOG_LEVEL,
    secrets: secretsOf(environment),
  };
  return { ok: true, config };
}

function faultsOf(error: z.ZodError | undefined): readonly Message[] {
  const faulty = new Set(error?.issues.map((issue) => issue.path[0]));
  return variables
    .filter((variable) => faulty.has(variable))
    .map((variable) => message('config.faulty', { name: literal(variable), right: right[variable] }));
}

/** What is left where something took a `#` for a comment: no identifier of a group ends so, no server is called so. */
const cutValues: readonly (readonly [Variable, RegExp])[] = [
  ['CHAT_GROUP_ID', /@(?:TGS|RBT|TOPIC)$/],
  ['DATABASE_URL', /^postgres(?:ql)?:\/\/[^@/?:]+:\d+$/],
];

/** Variables that lost their end before they came here, as with `docker --env-file` or a shell that read `.env`. */
const cutShort = (given: Readonly<Partial<Record<Variable, string>>>): readonly Message[] =>
  cutValues
    .filter(([variable, pattern]) => pattern.test(given[variable] ?? ''))
    .map(([variable]) => message('config.cut', { name: literal(variable) }));

/** Variables that are of use on the sandbox, too. */
const standsAlone: ReadonlySet<Variable> = new Set([
  'LOG_LEVEL',
  'DATABASE_URL',
  'MARSHAL_CONFIG',
  'HTTP_HOST',
  'HTTP_PORT',
  'HTTP_PUBLIC_URL',
]);

/** Variables without which those that are set are of no use. */
function missing(given: Readonly<Partial<Record<Variable, string>>>): readonly Message[] {
  const about = variables.filter((variable) => !standsAlone.has(variable) && given[variable] !== undefined);
  const forDiscord = about.filter((variable) => variable.startsWith('DISCORD_'));
  const needs: readonly (readonly [Variable, readonly Variable[]])[] = [
    ['DISCORD_TOKEN', forDiscord],
    ['CHAT_SDK_APP_ID', about],
    ['CHAT_SECRET_KEY', about],
  ];
  return needs
    .filter(([needed, by]) => given[needed] === undefined && by.length > 0)
    .map(([needed, by]) =>
      message('config.missing', {
        name: literal(needed),
        others: by.map((variable) => literal(variable)),
        right: right[needed],
      }),
    );
}

function configOf(values: Values): Omit<Config, 'secrets'> {
  const chat = chatOf(values);
  return {
    chat,
    discord: discordOf(values),
    http: {
      host: values.HTTP_HOST ?? '127.0.0.1',
      port: values.HTTP_PORT,
      publicUrl: values.HTTP_PUBLIC_URL,
    },
    webhooks: { token: values.CHAT_WEBHOOK_TOKEN, path: values.CHAT_WEBHOOK_PATH },
    // The sandbox's people bear the same names in both services.
    accountTemplate: values.CHAT_ACCOUNT_TEMPLATE ?? (chat === null ? '{username}' : '{id}'),
    // The sandbox's world begins anew at every start, and so does its record.
    databaseUrl: values.DATABASE_URL ?? (chat === null ? 'sqlite::memory:' : 'sqlite:data/chat-marshal.db'),
    settingsFile: values.MARSHAL_CONFIG,
    logLevel: values.LOG_LEVEL,
  };
}

function chatOf(values: Values): ChatConfig | null {
  const { CHAT_SDK_APP_ID: sdkAppId, CHAT_SECRET_KEY: secretKey } = values;
  if (sdkAppId === undefined || secretKey === undefined) return null;
  return {
    sdkAppId,
    secretKey,
    admin: values.CHAT_ADMIN ?? 'administrator',
    baseUrl: values.CHAT_API_URL ?? baseUrlOf(values.CHAT_REGION ?? 'singapore'),
    group: values.CHAT_GROUP_ID,
  };
}

function discordOf({ DISCORD_TOKEN, DISCORD_API_URL, DISCORD_GUILD_ID }: Values): DiscordConfig | null {
  if (DISCORD_TOKEN === undefined) return null;
  return { token: DISCORD_TOKEN, apiUrl: DISCORD_API_URL, guildId: DISCORD_GUILD_ID };
}
