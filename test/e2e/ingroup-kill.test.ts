// Commands typed in the group while the program is killed: none is lost, and none is done twice.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { setProgramStage, until } from '../support/program.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server on a port has an address that is no text.
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function setStage() {
  const stage = await setProgramStage();
  onTestFinished(() => stage.close());
  const port = await freePort();
  const keys = {
    CHAT_WEBHOOK_TOKEN: 'a-token-of-chat',
    CHAT_WEBHOOK_PATH: 'q7JwZk2s',
    HTTP_PORT: String(port),
  };
  const lines = Object.entries(keys).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(join(stage.directory, '.env'), lines.join(''));
  stage.chat.setWebhook({
    url: `http://127.0.0.1:${port}/webhooks/chat/${keys.CHAT_WEBHOOK_PATH}`,
    token: keys.CHAT_WEBHOOK_TOKEN,
  });
  const serve = async () => {
    const started = stage.start(['serve']);
    await started.says('Chat Marshal is running.');
    return started;
  };
  const heard = () => stage.chat.world.inbox('alice').map(({ text }) => text);
  const cases = () => {
    const database = new DatabaseSync(join(stage.directory, 'data/chat-marshal.db'), { readOnly: true });
    const rows = database.prepare('select command, state from moderation_case').all();
    database.close();
    return rows;
  };
  return { ...stage, serve, heard, cases };
}

test.each([
  ['before anything was looked up', 'get_group_info', false],
  ['while the member is muted', 'modify_group_member_info', false],
  ['once the member is muted', 'modify_group_member_info', true],
  ['before the answer went out', 'sendmsg', false],
] as const)('killed %s', async (_name, endpoint, after) => {
  const { chat, serve, heard, cases } = await setStage();
  const first = await serve();
  const reached = Promise.withResolvers<void>();
  const hold = () => {
    reached.resolve();
    return new Promise<void>(() => undefined);
  };
  chat.faults.next(endpoint, { kind: 'held', hold, ...(after && { when: 'after' as const }) });
  expect(await chat.say('guild', 'alice', '/mute @bob 1h spam')).toMatchObject({ ErrorCode: 0, MsgSeq: 0 });
  await reached.promise;
  await first.kill();
  chat.faults.clear();

  const second = await serve();
  await until(() => heard().length > 0);
  expect(chat.world.isMuted('guild', 'bob')).toBe(true);
  expect(heard()).toHaveLength(1);
  // Whatever the first run began and Chat never got is in the record as failed, and was begun once more.
  expect(cases().filter(({ state }) => state !== 'failed')).toEqual([{ command: 'mute', state: 'applied' }]);
  expect(cases().length).toBeLessThanOrEqual(2);

  // The same command by another message is a command of its own.
  await chat.say('guild', 'alice', '/unmute @bob');
  await until(() => heard().length > 1);
  expect(chat.world.isMuted('guild', 'bob')).toBe(false);
  second.child.kill('SIGTERM');
  expect((await second.ended).code).toBe(0);
});

test('a message goes through while the program is down, and its command is text', async () => {
  const { chat, heard } = await setStage();
  expect(await chat.say('guild', 'alice', '/mute @bob 60')).toMatchObject({ ErrorCode: 0, MsgSeq: 14 });
  expect(heard()).toEqual([]);
});
