// Messages of the past from Chat: by the hour, and of one group from a moment on.
import { expect, onTestFinished, test } from 'vitest';
import { appHistory, groupHistory, type HistoryPiece } from '../../../src/cli/rules/chat-history.ts';
import { start } from '../../sandbox/chat/harness.ts';
import { sandboxClient } from '../../support/client.ts';

const HOUR = 3_600_000;
const never = new AbortController().signal;

async function open() {
  const { service, clock } = await start();
  const client = sandboxClient(service.url, { clock: () => clock.now() });
  onTestFinished(() => client.close());
  return { service, clock, client };
}

async function textsOf(pieces: AsyncIterable<HistoryPiece>) {
  const texts: string[] = [];
  const missing: string[] = [];
  for await (const piece of pieces) {
    if (piece.kind === 'message')
      texts.push(JSON.stringify(piece.value).match(/"Text":"([^"]*)"/)?.[1] ?? '');
    if (piece.kind === 'missing') missing.push(piece.hour);
  }
  return { texts, missing };
}

test('the hours of the whole app, in order, as far as they are ready', async () => {
  const { service, clock, client } = await open();
  for (const [group, text] of [
    ['guild', 'one'],
    ['team', 'two'],
    ['guild', 'three'],
  ] as const) {
    await service.say(group, 'bob', text);
    clock.advance(HOUR);
  }
  await service.say('guild', 'bob', 'not ready');
  clock.advance(HOUR);
  const now = clock.now();
  const { texts, missing: none } = await textsOf(appHistory(client, now - 5 * HOUR, now, never));
  expect(texts.slice(-3)).toEqual(['one', 'two', 'three']);
  expect(none).toEqual([]);
  service.faults.next('get_history', { kind: 'code', code: 1004 });
  const { missing } = await textsOf(appHistory(client, now - 5 * HOUR, now, never));
  expect(missing).toHaveLength(1);
});

test('one group from a moment on, over many pages, the oldest first', async () => {
  const { service, clock, client } = await open();
  for (let index = 0; index < 70; index += 1) {
    await service.say('guild', 'bob', `message ${index}`);
    clock.advance(60_000);
  }
  const since = clock.now() - 50 * 60_000;
  const { texts, missing } = await textsOf(groupHistory(client, 'guild', since, never));
  expect(texts).toEqual(Array.from({ length: 50 }, (_, index) => `message ${index + 20}`));
  expect(missing).toEqual([]);
  expect(await textsOf(groupHistory(client, 'nowhere', since, never))).toEqual({
    texts: [],
    missing: ['nowhere'],
  });
});
