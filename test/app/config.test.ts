// The configuration: every variable's good and bad values, and which of them need each other.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  loadEnvironment,
  readConfig,
  readSandboxConfig,
  type Variable,
  variables,
} from '../../src/app/config.ts';
import { translatorFor } from '../../src/surfaces/terminal/terminal.ts';
import type { Environment } from '../../src/util/environment.ts';

const { text } = translatorFor({});

const whole = {
  DISCORD_TOKEN: 'MTEwMA.token.part',
  DISCORD_GUILD_ID: '1100000000000000001',
  DISCORD_API_URL: 'http://127.0.0.1:9002/api',
  CHAT_SDK_APP_ID: '1400000000',
  CHAT_SECRET_KEY: 'k3y',
  CHAT_ADMIN: 'admin',
  CHAT_REGION: 'tokyo',
  CHAT_API_URL: 'https://chat.example.com/base',
  CHAT_GROUP_ID: '@TGS#2J4SZEAEL',
  CHAT_ACCOUNT_TEMPLATE: 'dc_{id}',
  CHAT_WEBHOOK_TOKEN: 'xxxxyyyy',
  CHAT_WEBHOOK_PATH: 'q7Jw-Zk_2',
  HTTP_HOST: '0.0.0.0',
  HTTP_PORT: '8787',
  HTTP_PUBLIC_URL: 'https://marshal.example.com',
  DATABASE_URL: 'postgres://moderation:pa55word@db.example:5432/cases',
  MARSHAL_CONFIG: 'config/marshal.yaml',
  LOG_LEVEL: 'debug',
} satisfies Record<Variable, string>;

function faultsOf(environment: Environment): readonly string[] {
  const result = readConfig(environment);
  return result.ok ? [] : result.faults.map(text);
}

function configOf(environment: Environment) {
  const result = readConfig(environment);
  if (!result.ok) throw new Error(result.faults.map(text).join('\n'));
  return result.config;
}

const good: Readonly<Record<Variable, readonly string[]>> = {
  DISCORD_TOKEN: ['a', 'MTE.x-_y.z', ' padded '],
  DISCORD_GUILD_ID: ['12345678901234567', '12345678901234567890'],
  DISCORD_API_URL: ['http://localhost:1', 'https://discord.com/api/v10/'],
  CHAT_SDK_APP_ID: ['1', '1400000000', '20000001'],
  CHAT_SECRET_KEY: ['abc', 'a"b\\c'],
  CHAT_ADMIN: ['administrator', '管理员', 'two words'],
  CHAT_REGION: [
    'china',
    'singapore',
    'seoul',
    'tokyo',
    'frankfurt',
    'siliconvalley',
    'jakarta',
    'riyadh',
    'mumbai',
  ],
  CHAT_API_URL: ['http://[::1]:8080', 'https://a.example/prefix/'],
  CHAT_GROUP_ID: ['guild', '@TGS#_@TGS#cABC', '游戏群'],
  CHAT_ACCOUNT_TEMPLATE: ['{id}', '{username}', 'x-{id}-{username}'],
  CHAT_WEBHOOK_TOKEN: ['a', 'xxxx!yyyy'],
  CHAT_WEBHOOK_PATH: ['secret', 'q7Jw-Zk_2'],
  HTTP_HOST: ['127.0.0.1', '::1', 'marshal.local', 'fe80::1%eth0'],
  HTTP_PORT: ['1', '65535', '0'],
  HTTP_PUBLIC_URL: ['https://marshal.example.com/', 'http://192.0.2.1:8787/base'],
  DATABASE_URL: ['sqlite:data/x.db', 'sqlite::memory:', 'postgresql://a@b/c'],
  MARSHAL_CONFIG: ['marshal.yaml', '/etc/marshal/settings.yaml', '设置.yaml'],
  LOG_LEVEL: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
};

const bad: Readonly<Record<Variable, readonly string[]>> = {
  DISCORD_TOKEN: ['Bot MTE.x.y', 'two words', 'tökén'],
  DISCORD_GUILD_ID: ['123', 'guild', '123456789012345678901', '-1234567890123456789'],
  DISCORD_API_URL: ['discord.com', 'ftp://discord.com', 'http://', '//x'],
  CHAT_SDK_APP_ID: ['0', '-1', '1.5', '1e9', 'app', '99999999999999999999', '0x10'],
  CHAT_SECRET_KEY: ['with blank', 'schlüssel'],
  CHAT_ADMIN: ['a\u0000b', 'a\nb'],
  CHAT_REGION: ['mars', 'Tokyo', 'china,seoul'],
  CHAT_API_URL: ['localhost:8080', 'example', 'file:///etc/passwd'],
  CHAT_GROUP_ID: ['a\u001bb'],
  CHAT_ACCOUNT_TEMPLATE: ['fixed', '{ID}', '{id', '{id}{name}', '{}'],
  CHAT_WEBHOOK_TOKEN: ['two words', 'tökén'],
  CHAT_WEBHOOK_PATH: ['short', 'with/slash', 'a?b=secret', 'pfad-ä-ö-ü'],
  HTTP_HOST: ['http://127.0.0.1', 'two words', 'a/b'],
  HTTP_PORT: ['65536', '-1', '80a', '8787.5', 'any port'],
  HTTP_PUBLIC_URL: ['marshal.example.com', 'ftp://marshal.example.com'],
  DATABASE_URL: ['data/x.db', 'mysql://somewhere/db', 'sqlite:'],
  MARSHAL_CONFIG: ['marshal\u0000.yaml', 'a\nb'],
  LOG_LEVEL: ['verbose', 'INFO', '30'],
};

describe('one variable', () => {
  const each = (table: typeof good) =>
    variables.flatMap((variable) => table[variable].map((value) => [variable, value] as const));

  test.each(each(good))('%s takes %j', (variable, value) => {
    expect(faultsOf({ ...whole, [variable]: value })).toEqual([]);
  });

  test.each(each(bad))('%s refuses %j, without repeating it', (variable, value) => {
    const faults = faultsOf({ ...whole, [variable]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${variable} is not valid\\. It `));
    const reason = faults[0]?.slice(variable.length) ?? '';
    // `fixed` and its like are short words that the explanation may hold by chance.
    if (value.length > 7) expect(reason).not.toContain(value);
  });
});

test.each([
  ['CHAT_GROUP_ID', '@TGS'],
  ['CHAT_GROUP_ID', '@TGS#_@TGS#cABC@TOPIC'],
  ['DATABASE_URL', 'postgres://moderation:12'],
])('%s=%s looks cut', (variable, value) => {
  expect(faultsOf({ ...whole, [variable]: value })).toEqual([
    `${variable} looks cut at a #: something took the rest for a comment. Put the whole value in quotation marks, as in ${variable}='…#…'.`,
  ]);
});

test('every fault is named at once', () => {
  const worst = Object.fromEntries(variables.map((variable) => [variable, bad[variable][0]]));
  const faults = faultsOf(worst);
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual(variables);
});

describe('what is needed together', () => {
  test.each([
    ['nothing', {}],
    ['blanks', { DISCORD_TOKEN: '', CHAT_SDK_APP_ID: '  ', CHAT_REGION: '\t' }],
    ['a log level', { LOG_LEVEL: 'warn' }],
    ['a database', { DATABASE_URL: 'sqlite:x.db' }],
    ['a settings file', { MARSHAL_CONFIG: 'x.yaml' }],
    ['an HTTP server', { HTTP_HOST: '0.0.0.0', HTTP_PORT: '1', HTTP_PUBLIC_URL: 'https://a.example' }],
  ])('%s is the sandbox', (_name, environment) => {
    expect(configOf(environment)).toMatchObject({ chat: null, discord: null, accountTemplate: '{username}' });
  });

  test.each<[readonly Variable[], readonly Variable[]]>([
    [['DISCORD_TOKEN'], ['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['DISCORD_GUILD_ID'], ['DISCORD_TOKEN', 'CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['CHAT_SDK_APP_ID'], ['CHAT_SECRET_KEY']],
    [['CHAT_SECRET_KEY'], ['CHAT_SDK_APP_ID']],
    [['CHAT_API_URL'], ['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['CHAT_GROUP_ID'], ['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['CHAT_ACCOUNT_TEMPLATE'], ['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['CHAT_WEBHOOK_TOKEN'], ['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['CHAT_WEBHOOK_PATH'], ['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY']],
    [['CHAT_SDK_APP_ID', 'CHAT_SECRET_KEY', 'DISCORD_API_URL'], ['DISCORD_TOKEN']],
  ])('%j alone lacks %j', (set, lacking) => {
    const faults = faultsOf(Object.fromEntries(set.map((variable) => [variable, whole[variable]])));
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(lacking);
    for (const fault of faults) expect(fault).toContain(' is missing, but ');
  });

  test('Chat alone is enough, and has defaults', () => {
    const { CHAT_SDK_APP_ID, CHAT_SECRET_KEY } = whole;
    expect(configOf({ CHAT_SDK_APP_ID, CHAT_SECRET_KEY })).toEqual({
      chat: {
        sdkAppId: 1_400_000_000,
        secretKey: 'k3y',
        admin: 'administrator',
        baseUrl: 'https://adminapisgp.im.qcloud.com',
        group: undefined,
      },
      discord: null,
      http: { host: '127.0.0.1', port: undefined, publicUrl: undefined },
      webhooks: { token: undefined, path: undefined },
      accountTemplate: '{id}',
      databaseUrl: 'sqlite:data/chat-marshal.db',
      settingsFile: undefined,
      logLevel: undefined,
      secrets: ['k3y'],
    });
  });

  test('all of it', () => {
    expect(configOf(whole)).toEqual({
      chat: {
        sdkAppId: 1_400_000_000,
        secretKey: 'k3y',
        admin: 'admin',
        baseUrl: 'https://chat.example.com/base',
        group: '@TGS#2J4SZEAEL',
      },
      discord: {
        token: 'MTEwMA.token.part',
        apiUrl: 'http://127.0.0.1:9002/api',
        guildId: '1100000000000000001',
      },
      http: { host: '0.0.0.0', port: 8787, publicUrl: 'https://marshal.example.com' },
      webhooks: { token: 'xxxxyyyy', path: 'q7Jw-Zk_2' },
      accountTemplate: 'dc_{id}',
      databaseUrl: 'postgres://moderation:pa55word@db.example:5432/cases',
      settingsFile: 'config/marshal.yaml',
      logLevel: 'debug',
      secrets: ['MTEwMA.token.part', 'k3y', 'xxxxyyyy', 'q7Jw-Zk_2', 'pa55word'],
    });
  });

  test('the version at the end of DISCORD_API_URL is the client’s own affair', () => {
    expect(configOf({ ...whole, DISCORD_API_URL: 'https://d.example/api/v10/' }).discord?.apiUrl).toBe(
      'https://d.example/api',
    );
  });
});

describe('the sandbox for other programs', () => {
  test('takes each variable by itself', () => {
    expect(readSandboxConfig({ CHAT_ADMIN: 'root' })).toMatchObject({ ok: true, config: { admin: 'root' } });
    expect(readSandboxConfig({ DISCORD_TOKEN: 'tok' })).toMatchObject({ ok: true, config: { token: 'tok' } });
  });

  test('refuses what is not valid', () => {
    const result = readSandboxConfig({ CHAT_SDK_APP_ID: 'x', DISCORD_TOKEN: 'a b', CHAT_REGION: 'mars' });
    const faults = result.ok ? [] : result.faults.map(text);
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['DISCORD_TOKEN', 'CHAT_SDK_APP_ID']);
  });
});

describe('.env', () => {
  function directory(): string {
    const path = mkdtempSync(join(tmpdir(), 'chat-marshal-'));
    onTestFinished(() => rmSync(path, { recursive: true }));
    return path;
  }

  test('fills in what the process does not set, not even as blank', () => {
    const path = directory();
    writeFileSync(join(path, '.env'), 'CHAT_ADMIN="from file"\nCHAT_REGION=tokyo\nLOG_LEVEL=warn # why\n');
    expect(loadEnvironment(path, { CHAT_REGION: 'seoul', CHAT_ADMIN: '' })).toEqual({
      ok: true,
      config: { CHAT_REGION: 'seoul', CHAT_ADMIN: '', LOG_LEVEL: 'warn' },
    });
  });

  test('need not be there', () => {
    expect(loadEnvironment(directory(), { LANG: 'ko' })).toEqual({ ok: true, config: { LANG: 'ko' } });
  });

  test('keeps what stands behind a #, also where PowerShell wrote it', () => {
    const path = directory();
    writeFileSync(join(path, '.env'), '\ufeffCHAT_GROUP_ID=@TGS#2C5SZEAEF\r\n', 'utf16le');
    expect(loadEnvironment(path, {})).toEqual({ ok: true, config: { CHAT_GROUP_ID: '@TGS#2C5SZEAEF' } });
  });

  test('names what can be read in two ways, unless the process says it, and not its value', () => {
    const path = directory();
    writeFileSync(join(path, '.env'), 'CHAT_SECRET_KEY=s3cr3t #t\nCHAT_ADMIN="x\nOTHERS=a #b\n');
    const loaded = loadEnvironment(path, {});
    const faults = loaded.ok ? [] : loaded.faults.map(text);
    expect(faults).toEqual([
      expect.stringMatching(/^CHAT_SECRET_KEY in \.env has a # behind a blank/),
      expect.stringMatching(/^CHAT_ADMIN in \.env begins with a quotation mark/),
    ]);
    expect(faults.join()).not.toContain('s3cr3t');
    expect(loadEnvironment(path, { CHAT_SECRET_KEY: 'x', CHAT_ADMIN: 'y' }).ok).toBe(true);
  });

  test('must be a file that can be read', () => {
    const path = directory();
    mkdirSync(join(path, '.env'));
    expect(() => loadEnvironment(path, {})).toThrow('EISDIR');
  });
});
