// Rights that hold in certain groups only: elsewhere nothing may be done, and nothing is asked of Chat.
import { expect, onTestFinished, test } from 'vitest';
import { everything } from '../../src/moderation/capability.ts';
import type { Actor } from '../../src/moderation/people/actor.ts';
import { startApp } from '../support/app.ts';

const game = (groups: readonly string[]): Actor => ({
  surface: 'http',
  id: 'game',
  name: 'game',
  authority: { kind: 'granted', rights: { capabilities: everything, rank: 3, groups: new Set(groups) } },
});

test('rights hold in their groups alone', async () => {
  const app = await startApp();
  onTestFinished(() => app.close());
  expect((await app.type('/mute @bob 60', { as: game(['guild']) })).kind).toBe('done');
  app.changes();
  for (const line of ['/mute @bob 120', '/members', '/case list', '/links']) {
    const outcome = await app.type(line, { as: game(['team']) });
    expect([line, outcome.kind, outcome.message.id]).toEqual([line, 'refused', 'refused.elsewhere']);
  }
  // What holds in every group is for whoever has rights in every group.
  expect((await app.type('/links', { as: game(['guild']) })).kind).toBe('refused');
  expect(app.changes()).toEqual([]);
});
