// Clients of other languages and libraries, unchanged, against a stand-in of their own.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { Api } from 'tls-sig-api-v2';
import { request } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../src/sandbox/index.ts';

const has = (program: string, ...probe: readonly string[]) => spawnSync(program, probe).status === 0;

async function start() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const { app, chat } = sandbox;
  const [admin = ''] = app.admins;
  // The line that `chat-marshal sandbox` prints.
  const line = { chat: { url: chat.url, ...app, admin }, control: `${chat.url}/sandbox` };
  return { ...sandbox, admin, line: JSON.stringify(line) };
}

async function run(program: string, argv: readonly string[], input: string) {
  const child = spawn(program, argv, { cwd: import.meta.dirname });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  child.stdin.end(`${input}\n`);
  const [code] = await once(child, 'close');
  return { code, output };
}

const clients: readonly (readonly [string, string, readonly string[], boolean])[] = [
  ['Python', 'python3', ['chat_client.py'], has('python3', '--version')],
  ['Go', 'go', ['run', 'chat_client.go'], has('go', 'version')],
];

describe.each(clients)('%s with its standard library', (_name, program, argv, isThere) => {
  it.skipIf(!isThere)('moderates', { timeout: 120_000 }, async () => {
    const { line, chat } = await start();
    expect(await run(program, argv, line)).toEqual({ code: 0, output: 'ok\n' });
    // None of its requests was one that the stand-in had to refuse as malformed.
    const codes = chat.requests.map(({ code }) => code);
    expect(codes.filter((code) => code !== 0 && code !== 60007)).toEqual([]);
  });
});

describe("Tencent's own signer from npm", () => {
  it('signs what the stand-in takes', async () => {
    const { app, chat, admin } = await start();
    const usersig = new Api(app.sdkAppId, app.secretKey).genUserSig(admin, 86_400);
    const query = new URLSearchParams({ sdkappid: String(app.sdkAppId), identifier: admin, usersig });
    const answer = await request(`${chat.url}/v4/group_open_http_svc/get_role_in_group?${query}`, {
      method: 'POST',
      body: JSON.stringify({ GroupId: 'guild', User_Account: ['alice'] }),
    });
    expect(await answer.body.json()).toMatchObject({
      ErrorCode: 0,
      UserIdList: [{ Member_Account: 'alice', Role: 'Admin' }],
    });
  });
});
