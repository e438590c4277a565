// `sandbox` in this process: the line it prints, and what other programs can do with it.
import { once } from 'node:events';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createChatClient } from '../../src/chat/client/client.ts';
import { runProgram } from '../../src/cli/program.ts';
import type { Environment } from '../../src/util/environment.ts';
import { fakeTerminal, program } from './harness.ts';

const ready = z.strictObject({
  chat: z.strictObject({ url: z.url(), sdkAppId: z.int(), secretKey: z.string(), admin: z.string() }),
  control: z.url(),
  discord: z.strictObject({
    api: z.url(),
    token: z.string(),
    applicationId: z.string(),
    guildId: z.string(),
  }),
});

/** Starts the stand-ins; they stop with the test. */
async function start(environment: Environment = {}, ...argv: readonly string[]) {
  const { terminal, stdout, stop } = fakeTerminal({ environment });
  const running = runProgram(['sandbox', ...argv], terminal);
  onTestFinished(async () => {
    stop();
    expect(await running).toBe(0);
  });
  await once(stdout, 'data');
  expect(stdout.text).toMatch(/^[^\n]+\n$/);
  return ready.parse(JSON.parse(stdout.text));
}

const discord = (api: string, token: string, path: string) =>
  request(`${api}/v10${path}`, { headers: { authorization: `Bot ${token}` } });

test('tells where it is, and serves a client of Chat and one of Discord', async () => {
  const { chat, discord: place } = await start();
  const client = createChatClient({ ...chat, baseUrl: chat.url });
  onTestFinished(() => client.close());
  expect(await client.call('get_appid_group_list', {})).toMatchObject({
    ok: true,
    answer: { TotalCount: 6 },
  });
  const me = await discord(place.api, place.token, '/users/@me');
  expect(await me.body.json()).toMatchObject({ id: place.applicationId });
  const guild = await discord(place.api, place.token, `/guilds/${place.guildId}`);
  expect(guild.statusCode).toBe(200);
});

test('takes the app and the token from the environment', async () => {
  const environment = {
    CHAT_SDK_APP_ID: '20000042',
    CHAT_SECRET_KEY: 'a-key-of-my-own',
    CHAT_ADMIN: 'root',
    DISCORD_TOKEN: 'my.own.token',
    CHAT_REGION: 'not looked at here',
  };
  const { chat, discord: place } = await start(environment);
  expect(chat).toMatchObject({ sdkAppId: 20_000_042, secretKey: 'a-key-of-my-own', admin: 'root' });
  const client = createChatClient({ ...chat, baseUrl: chat.url });
  onTestFinished(() => client.close());
  expect(await client.call('account_check', { CheckItem: [{ UserID: 'root' }] })).toMatchObject({ ok: true });
  expect((await discord(place.api, 'my.own.token', '/users/@me')).statusCode).toBe(200);
});

describe('a world file', () => {
  const small = { version: 1, accounts: [{ id: 'ann' }], groups: [{ id: 'g', type: 'Public', name: 'G' }] };

  async function fileWith(text: string): Promise<string> {
    const path = join(await mkdtemp(join(tmpdir(), 'world-')), 'world.json');
    await writeFile(path, text);
    return path;
  }

  async function play(...argv: readonly string[]): Promise<number> {
    const { terminal, stdout, stop } = fakeTerminal({ environment: {} });
    const running = runProgram(['sandbox', ...argv], terminal);
    await once(stdout, 'data');
    const { control } = ready.parse(JSON.parse(stdout.text));
    const joined = await request(`${control}/clients/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ group: 'g', account: 'ann' }),
    });
    expect(joined.statusCode).toBe(200);
    stop();
    return running;
  }

  test('is started from and saved to, unless told to leave it', async () => {
    const path = await fileWith(JSON.stringify(small));
    expect(await play('--world', path, '--no-save')).toBe(0);
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(small);
    expect(await play('--world', path)).toBe(0);
    const saved = z.object({ groups: z.array(z.unknown()) }).parse(JSON.parse(await readFile(path, 'utf8')));
    expect(saved.groups).toHaveLength(1);
  });

  test('that makes no sense is refused, with each place', async () => {
    const path = await fileWith(
      JSON.stringify({ ...small, groups: [{ id: 'g', type: 'Guild', name: 'G' }] }),
    );
    const { code, stderr } = await program(['sandbox', '--world', path]);
    expect(code).toBe(1);
    expect(stderr).toContain('groups[0].type: unknown group type "Guild"');
  });
});

test('listens where it is told', async () => {
  const first = await start();
  const port = String(Number(new URL(first.chat.url).port));
  const { code, stdout, stderr } = await program(['sandbox', '--chat-port', port]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(new RegExp(`^A stand-in could not start: .*EADDRINUSE.*${port}.*another port`));
  const discordPort = new URL(first.discord.api).port;
  expect((await program(['sandbox', '--discord-port', discordPort])).stderr).toContain('EADDRINUSE');
  const elsewhere = await start({}, '--host', 'localhost');
  expect(elsewhere.chat.url).toMatch(/^http:\/\/localhost:/);
  expect((await request(elsewhere.chat.url)).statusCode).toBe(200);
});

describe('refuses', () => {
  test.each(['-1', '65536', 'web', '80.5'])('the port %s', async (port) => {
    const { code, stderr } = await program(['sandbox', `--chat-port=${port}`]);
    expect(code).toBe(1);
    expect(stderr).toContain("option '--chat-port <port>'");
  });

  test('a faulty configuration', async () => {
    const { code, stderr } = await program(['sandbox'], { environment: { CHAT_SDK_APP_ID: 'x' } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The configuration has a fault:\nCHAT_SDK_APP_ID is not valid/);
  });
});
