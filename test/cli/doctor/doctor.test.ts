// `doctor` against services that are right, wrong, or not there.
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { runProgram } from '../../../src/cli/program.ts';
import { type DiscordServiceOptions, startDiscordService } from '../../../src/sandbox/discord/index.ts';
import type { Environment } from '../../../src/util/environment.ts';
import { emptyDirectory, fakeTerminal, program, startService } from '../harness.ts';

const all = commands.length;

/** Nothing listens on this port of the machine itself. */
const NOWHERE = 'http://127.0.0.1:1';

async function startDiscord(options: DiscordServiceOptions = {}) {
  const discord = await startDiscordService(options);
  onTestFinished(() => discord.close());
  const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api };
  return { discord, environment };
}

describe('Chat', () => {
  test('right', async () => {
    const { chat, environment, changes } = await startService();
    const { code, stdout } = await program(['doctor'], { environment });
    expect(code).toBe(0);
    expect(stdout).toContain('· CHAT_SDK_APP_ID is 1400000000');
    expect(stdout).toContain('· CHAT_SECRET_KEY is set (not shown)');
    expect(stdout).toContain('· CHAT_REGION is not set');
    expect(stdout).toContain(`✓ Chat answers at ${chat.url} and accepts administrator`);
    expect(stdout).toContain('✓ The group Moonlight Guild (guild) is there (Public).');
    expect(stdout).toContain('· DISCORD_TOKEN is not set: there is no Discord bot.');
    expect(stdout).toContain('Nothing needs to be mended.');
    expect(stdout).not.toContain(environment.CHAT_SECRET_KEY);
    expect(changes()).toEqual([]);
  });

  test.each([
    [
      'a wrong key',
      { CHAT_SECRET_KEY: 'not-the-key' },
      /^✗ Chat cannot be used: .*credentials.*70009/m,
      /CHAT_SECRET_KEY and CHAT_ADMIN with the console/,
    ],
    [
      'an account that is no admin',
      { CHAT_ADMIN: 'bob' },
      /^✗ .*not an administrator.*60010/m,
      /the account bob/,
    ],
    [
      'another app',
      { CHAT_SDK_APP_ID: '1400000001' },
      /^✗ .*region.*70020/m,
      /The address is http:.*CHAT_REGION/,
    ],
    [
      'nobody there',
      { CHAT_API_URL: NOWHERE },
      /^✗ .*could not reach Chat/m,
      /127\.0\.0\.1:1\. Check CHAT_REGION/,
    ],
    [
      'no such group',
      { CHAT_GROUP_ID: 'gild' },
      /^✗ There is no group gild\. Did you mean guild\?/m,
      /Set CHAT_GROUP_ID/,
    ],
  ])('%s', async (_name, changes, said, remedy) => {
    const { environment } = await startService();
    const { code, stdout } = await program(['doctor'], { environment: { ...environment, ...changes } });
    expect(code).toBe(1);
    expect(stdout).toMatch(said);
    expect(stdout).toMatch(remedy);
    expect(stdout).toContain('1 thing needs to be mended.');
  });

  test('a clock that is wrong', async () => {
    const { chat, environment } = await startService();
    chat.faults.next('*', { kind: 'code', code: 70001 }, 10);
    const { code, stdout } = await program(['doctor'], { environment });
    expect(code).toBe(1);
    expect(stdout).toMatch(/This machine believes that it is .*20\d\d.*set its clock/);
  });

  test('no group configured is no fault', async () => {
    const { environment } = await startService();
    const { code, stdout } = await program(['doctor'], {
      environment: { ...environment, CHAT_GROUP_ID: '' },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('CHAT_GROUP_ID is not set: every command must name its group.');
  });
});

describe('Discord', () => {
  test('right, and registered afterwards', async () => {
    const { environment: chat } = await startService();
    const { discord, environment } = await startDiscord();
    const configured = { ...chat, ...environment, DISCORD_GUILD_ID: discord.guildId };
    const before = await program(['doctor'], { environment: configured });
    expect(before.code).toBe(0);
    expect(before.stdout).toContain('✓ Discord accepts the token; the bot is called marshal.');
    expect(before.stdout).toContain('✓ The bot is in the server Sandbox.');
    expect(before.stdout).toContain(`! ${all} commands are not registered.`);
    expect(before.stdout).not.toContain(discord.token);

    const first = await program(['register'], { environment: configured });
    expect(first).toMatchObject({ code: 0, stdout: `${all} commands are registered at Discord.\n` });
    const again = await program(['register'], { environment: configured });
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing was sent') });

    const after = await program(['doctor'], { environment: configured });
    expect(after.stdout).toContain(`✓ All ${all} commands are registered.`);
  });

  test('a public bot without a server of its own is a warning', async () => {
    const { environment: chat } = await startService();
    const { environment } = await startDiscord();
    const { code, stdout } = await program(['doctor'], { environment: { ...chat, ...environment } });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^! The bot is public: .*\n {2}Set DISCORD_GUILD_ID, or make the bot private/m);
  });

  test.each([
    [
      'a wrong token',
      { DISCORD_TOKEN: 'wrong' },
      /^✗ Discord does not accept DISCORD_TOKEN\.\n {2}Copy the token/m,
    ],
    [
      'nobody there',
      { DISCORD_API_URL: NOWHERE },
      /^✗ Discord cannot be read: .*ECONNREFUSED.*\n {2}Check the network/m,
    ],
    [
      'another server',
      { DISCORD_GUILD_ID: '1100000000000009999' },
      /^✗ The bot cannot see the server 1100000000000009999\..*\n.*oauth2\/authorize\?client_id=1100000000000000010/m,
    ],
  ])('%s', async (_name, changes, said) => {
    const { environment: chat } = await startService();
    const { environment } = await startDiscord();
    const { code, stdout } = await program(['doctor'], {
      environment: { ...chat, ...environment, ...changes },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(said);
  });

  test('something that is not Discord', async () => {
    const { chat, environment } = await startService();
    const { code, stdout } = await program(['doctor'], {
      environment: { ...environment, DISCORD_TOKEN: 'tok', DISCORD_API_URL: chat.url },
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ Discord cannot be read: /m);
  });
});

describe('the settings file', () => {
  test('need not be there', async () => {
    const { code, stdout } = await program(['doctor'], await startService());
    expect(code).toBe(0);
    expect(stdout).toContain('· There is no marshal.yaml: the defaults are in force.');
  });

  test('right', async () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'marshal.yaml'), 'tell: off\nreasons: [ban]\n');
    const { code, stdout } = await program(['doctor'], { ...(await startService()), directory });
    expect(code).toBe(0);
    expect(stdout).toContain('✓ The settings in marshal.yaml are in order.');
  });

  test('every fault of it is shown with its place', async () => {
    const directory = emptyDirectory();
    writeFileSync(join(directory, 'mine.yaml'), 'tell: loud\n\nreasons: [bann]\n');
    const { environment } = await startService();
    const { code, stdout } = await program(['doctor'], {
      environment: { ...environment, MARSHAL_CONFIG: 'mine.yaml' },
      directory,
    });
    expect(code).toBe(1);
    expect(stdout).toContain('✗ mine.yaml:1:7 tell must be one of: system, message, off.');
    expect(stdout).toMatch(/^✗ mine\.yaml:3:11 reasons\[0\] must be one of: .* Did you mean ban\?$/m);
    expect(stdout).toContain('2 things need to be mended.');
    expect(stdout).toContain('✓ Chat answers at');
  });

  test('that was asked for must be there', async () => {
    const { code, stdout } = await program(['doctor'], { environment: { MARSHAL_CONFIG: 'mine.yaml' } });
    expect(code).toBe(1);
    expect(stdout).toContain('✗ mine.yaml:1:1 There is no such file.');
  });
});

test('the sandbox is checked where nothing is configured', async () => {
  const { code, stdout } = await program(['doctor']);
  expect(code).toBe(0);
  expect(stdout).toContain('Nothing is configured: this checks the sandbox');
  expect(stdout).toContain('✓ Chat answers at http://127.0.0.1:');
  expect(stdout).toContain('✓ Discord accepts the token');
});

test('a faulty configuration is shown without its values', async () => {
  const { code, stdout } = await program(['doctor', '--locale', 'en'], {
    environment: { CHAT_SDK_APP_ID: 'a-secret-in-the-wrong-place', DISCORD_TOKEN: 'tok', LANG: 'ko' },
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/^✗ CHAT_SDK_APP_ID is not valid\./m);
  expect(stdout).toMatch(/^✗ CHAT_SECRET_KEY is missing/m);
  expect(stdout).toContain('2 things need to be mended.');
  expect(stdout).not.toContain('wrong-place');
});

test('speaks the reader’s language', async () => {
  expect((await program(['doctor'], { environment: { LANG: 'ja_JP.UTF-8' } })).stdout).toContain(
    '直すところはありません。',
  );
});

test.each([
  ['nothing is configured', {}, 'There is nothing to register with: set DISCORD_TOKEN.\n'],
  ['the token is refused', { DISCORD_TOKEN: 'wrong' }, /^Discord cannot be used: .*DISCORD_TOKEN/],
])('register fails where %s', async (_name, changes, said) => {
  const { environment: chat } = await startService();
  const { environment } = await startDiscord();
  const configured = Object.keys(changes).length === 0 ? {} : { ...chat, ...environment, ...changes };
  const { code, stderr } = await program(['register'], { environment: configured });
  expect(code).toBe(1);
  expect(stderr).toMatch(said);
});

describe('webhooks', () => {
  const keys = { CHAT_WEBHOOK_TOKEN: 'a-token-of-chat', CHAT_WEBHOOK_PATH: 'q7JwZk2s' };

  /** A server that runs with these variables. */
  async function serving(environment: Environment) {
    const { terminal, stderr, stop } = fakeTerminal({
      environment: { ...environment, HTTP_PORT: '0', LOG_LEVEL: 'silent' },
    });
    const running = runProgram(['serve'], terminal);
    await vi.waitFor(() => expect(stderr.text).toMatch(/listens at \S+/), 10_000);
    onTestFinished(async () => {
      stop();
      await running;
    });
    return /listens at (\S+)/.exec(stderr.text)?.[1] ?? '';
  }

  test('a server that takes them, and what the console must hold', async () => {
    const { environment } = await startService();
    const address = await serving({ ...environment, ...keys });
    const set = { ...environment, ...keys, HTTP_PUBLIC_URL: address };
    const { code, stdout } = await program(['doctor'], { environment: set });
    expect(code).toBe(0);
    expect(stdout).toContain(
      `✓ The server at ${address} takes webhooks: a signed one came back with {"ActionStatus":"OK"`,
    );
    expect(stdout).toContain(`enter the URL ${address}/webhooks/chat/<CHAT_WEBHOOK_PATH>`);
    for (const secret of Object.values(keys)) expect(stdout).not.toContain(secret);
  });

  test.each([
    ['another token', { CHAT_WEBHOOK_TOKEN: 'other' }, /✗ The server at http\S+ answered .*HTTP 401: .*Sign/],
    ['another path', { CHAT_WEBHOOK_PATH: 'elsewhere' }, /✗ The server at http\S+ answered .*HTTP 404/],
  ])('%s is told', async (_name, changes, said) => {
    const { environment } = await startService();
    const address = await serving({ ...environment, ...keys });
    const set = { ...environment, ...keys, HTTP_PUBLIC_URL: address, ...changes };
    const { code, stdout } = await program(['doctor'], { environment: set });
    expect(code).toBe(1);
    expect(stdout).toMatch(said);
    expect(stdout).toContain('CHAT_WEBHOOK_PATH, and with the right time?');
  });

  test('no server is a warning', async () => {
    const { environment } = await startService();
    const set = { ...environment, ...keys, HTTP_PORT: '1' };
    const { code, stdout } = await program(['doctor'], { environment: set });
    expect(code).toBe(0);
    expect(stdout).toContain('! No server answers at http://127.0.0.1:1');
    expect(stdout).toContain('Start the bot with "npm start"');
  });

  test('a fresh path to paste, another one each time', async () => {
    const { environment } = await startService();
    const paths = await Promise.all(
      [1, 2].map(async () => {
        const { stdout } = await program(['doctor'], {
          environment: { ...environment, CHAT_WEBHOOK_TOKEN: 'tok' },
        });
        return /Paste into \.env: CHAT_WEBHOOK_PATH=([\w-]{32})$/m.exec(stdout)?.[1];
      }),
    );
    expect(paths[0]).toBeDefined();
    expect(paths[0]).not.toBe(paths[1]);
  });
});

describe('the record', () => {
  const inDirectory = async (database: string, before: (directory: string) => void = () => undefined) => {
    const directory = emptyDirectory();
    before(directory);
    return program(['doctor'], { directory, environment: { DATABASE_URL: `sqlite:${database}` } });
  };

  test('new, and then with cases', async () => {
    const directory = emptyDirectory();
    const environment = { DATABASE_URL: 'sqlite:data/a.db' };
    const before = await program(['doctor'], { directory, environment });
    expect(before.stdout).toMatch(/^· The record sqlite:\/.*\/data\/a\.db is new/m);
    expect(existsSync(join(directory, 'data'))).toBe(false);
    await program(['run', '/mute @bob 60'], { directory, environment });
    const after = await program(['doctor'], { directory, environment });
    expect(after.stdout).toMatch(/^✓ The record .*a\.db can be used; cases in it: 1\./m);
    expect(after.code).toBe(0);
  });

  test('emptied: numbers do not begin again', async () => {
    const directory = emptyDirectory();
    const environment = { DATABASE_URL: 'sqlite:a.db' };
    await program(['run', '/mute @bob 60'], { directory, environment });
    for (const mishap of [
      () => truncateSync(join(directory, 'a.db')),
      () => rmSync(join(directory, 'a.db')),
    ]) {
      for (const rest of ['a.db-wal', 'a.db-shm']) rmSync(join(directory, rest), { force: true });
      mishap();
      const doctor = await program(['doctor'], { directory, environment });
      expect(doctor.code).toBe(1);
      expect(doctor.stdout).toMatch(/^✗ .*is empty or gone although a record was kept here/m);
      expect(doctor.stdout).toMatch(/^ {2}Put the latest backup in its place/m);
      const run = await program(['run', '/mute @bob 60'], { directory, environment });
      expect(run.code).toBe(1);
      expect(run.stderr).toMatch(/case numbers would begin again/);
    }
    rmSync(join(directory, 'a.db.lock'));
    expect((await program(['run', '/mute @bob 60'], { directory, environment })).code).toBe(0);
  });

  test.each([
    ['a folder', (path: string) => mkdirSync(path), /it is a folder/, /name a file/],
    [
      'no database',
      (path: string) => writeFileSync(path, 'x'.repeat(5_000)),
      /It is damaged/,
      /latest backup/,
    ],
    [
      'a damaged page',
      (path: string) => {
        const database = new DatabaseSync(path);
        database.exec('create table t (x text); create index i on t (x)');
        database.exec(
          'insert into t select hex(randomblob(500)) from (with recursive n(i) as (select 1 union all select i + 1 from n where i < 200) select i from n)',
        );
        database.close();
        const bytes = readFileSync(path);
        bytes.fill(7, 8_192, 20_000);
        writeFileSync(path, bytes);
      },
      /It is damaged/,
      /latest backup/,
    ],
  ])('%s', async (_name, make, why, mend) => {
    const { code, stdout } = await inDirectory('a.db', (directory) => make(join(directory, 'a.db')));
    expect(code).toBe(1);
    expect(stdout).toMatch(why);
    expect(stdout).toMatch(mend);
  });

  test('a place that takes no file', async () => {
    const { code, stdout } = await inDirectory('file/x/a.db', (directory) =>
      writeFileSync(join(directory, 'file'), ''),
    );
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ The record of cases cannot be opened\./m);
  });

  test.each([
    ['postgres://me:pa55w0rd-x@127.0.0.1:1/db', /ECONNREFUSED/, /^ {2}Start PostgreSQL/m],
    ['postgres://me:pa55/w0rd-x@127.0.0.1/db', /percent-encoded/, /^ {2}Correct DATABASE_URL/m],
  ])('%s', async (url, why, mend) => {
    const { code, stdout } = await program(['doctor'], { environment: { DATABASE_URL: url } });
    expect(code).toBe(1);
    expect(stdout).toMatch(why);
    expect(stdout).toMatch(mend);
    expect(stdout).not.toMatch(/pa55|w0rd-x/);
  });

  test.skipIf(process.env.TEST_DATABASE_URL === undefined)('a PostgreSQL with a wrong password', async () => {
    const url = new URL(process.env.TEST_DATABASE_URL ?? '');
    url.password = 'wr0ng-pass';
    const wrong = await program(['doctor'], { environment: { DATABASE_URL: url.href } });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toMatch(/^ {2}Correct the user, password and database/m);
    expect(wrong.stdout).not.toContain('wr0ng-pass');
    const right = await program(['doctor'], { environment: { DATABASE_URL: process.env.TEST_DATABASE_URL } });
    expect(right.stdout).toMatch(/^[✓·] The record postgres:\/\/marshal@/m);
  });
});
