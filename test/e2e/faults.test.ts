// Faults of Chat: whatever goes wrong, the reply never says "done" for what was not, nor "nothing" for what may be.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointName } from '../../src/chat/protocol/endpoints.ts';
import type { Fault } from '../../src/sandbox/chat/index.ts';
import { type App, english, startApp } from '../support/app.ts';

let app: App;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(async () => {
  process.on('unhandledRejection', note);
  app = await startApp({ timeouts: { answerMs: 300, connectMs: 300 } });
});
afterEach(async () => {
  await app.close();
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
});

const mutedInChat = () => app.chat.world.isMuted('guild', 'bob');
const always = 50;
const change: EndpointName = 'modify_group_member_info';
const read: EndpointName = 'get_specified_group_member_info';

describe('a fault that passes is repeated away', () => {
  it.each<[string, Fault, number]>([
    ['502', { kind: 'http', status: 502 }, 2],
    ['a reset before the work', { kind: 'reset' }, 2],
    ['a reset after the work', { kind: 'reset', when: 'after' }, 2],
    ['10002 once', { kind: 'code', code: 10_002 }, 1],
    ['60007 once', { kind: 'code', code: 60_007 }, 1],
    ['an expired signature once', { kind: 'code', code: 70_001 }, 1],
    ['an answer that is not JSON', { kind: 'garbage' }, 1],
    ['an answer that never comes', { kind: 'slow', ms: 10_000 }, 1],
  ])('%s', async (_name, fault, times) => {
    app.chat.faults.next(change, fault, times);
    const outcome = await app.type('/mute @bob 60');
    expect(outcome.kind).toBe('done');
    expect(mutedInChat()).toBe(true);
  });
});

describe('a fault that stays', () => {
  it.each<[string, Fault, string]>([
    ['502', { kind: 'http', status: 502 }, 'failed.uncertain'],
    ['resets', { kind: 'reset' }, 'failed.uncertain'],
    ['10002', { kind: 'code', code: 10_002 }, 'failed.uncertain'],
    ['no answer', { kind: 'slow', ms: 10_000 }, 'failed.uncertain'],
    ['not JSON', { kind: 'garbage' }, 'failed.uncertain'],
    ['60007', { kind: 'code', code: 60_007 }, 'failed.call'],
    ['70001', { kind: 'code', code: 70_001 }, 'failed.call'],
    ['10007', { kind: 'code', code: 10_007 }, 'failed.call'],
    ['a code that nobody documents', { kind: 'code', code: 12_345 }, 'failed.call'],
  ])('%s on the change: failed, and honest about what is not known', async (_name, fault, id) => {
    app.chat.faults.next(change, fault, always);
    const outcome = await app.type('/mute @bob 60');
    expect(outcome.kind).toBe('failed');
    expect(outcome.results).toMatchObject([
      { target: 'bob', outcome: 'failed', message: { values: { why: { id } } } },
    ]);
    expect(english(outcome)).not.toMatch(/usersig=(?!<hidden>)|5a4d0b0c/);
  });

  it.each<[string, Fault]>([
    ['502', { kind: 'http', status: 502 }],
    ['resets', { kind: 'reset' }],
    ['no answer', { kind: 'slow', ms: 10_000 }],
    ['not JSON', { kind: 'garbage' }],
    ['10002', { kind: 'code', code: 10_002 }],
  ])('%s on the facts: nothing was changed, and it says so', async (_name, fault) => {
    app.chat.faults.next(read, fault, always);
    const outcome = await app.type('/mute @bob 60');
    expect(outcome).toMatchObject({ kind: 'failed', requests: [] });
    expect(english(outcome)).toMatch(/Nothing was changed\.$/);
    expect(app.changes()).toEqual([]);
  });

  it('the service is down', async () => {
    app.chat.faults.next('*', { kind: 'down' });
    const outcome = await app.type('/mute @bob 60');
    expect(outcome).toMatchObject({ kind: 'failed', requests: [] });
    expect(english(outcome)).toMatch(/could not reach Chat/);
    app.chat.faults.clear();
    expect((await app.type('/mute @bob 60')).kind).toBe('done');
  });

  it('one of two batches: the lines tell which', async () => {
    for (let index = 0; index < 24; index += 1) app.chat.world.addAccount({ userId: `r${index}` });
    app.chat.faults.next('ban_group_member', { kind: 'code', code: 10_007 });
    const names = Array.from({ length: 24 }, (_, index) => `@r${index}`).join(' ');
    const outcome = await app.type(`/ban ${names} 1h`);
    expect(outcome.kind).toBe('partly');
    for (const result of outcome.results) {
      expect(result.outcome === 'done').toBe(app.chat.world.isBanned('guild', result.target));
    }
    expect(new Set(outcome.results.map((result) => result.outcome))).toEqual(new Set(['done', 'failed']));
  });
});

describe('an abort', () => {
  it('before anything was sent', async () => {
    const outcome = await app.type('/mute @bob 60', { signal: AbortSignal.abort() });
    expect(outcome.kind).toBe('failed');
    expect(app.changes()).toEqual([]);
  });

  it('while a change is in progress: not certain', async () => {
    await app.type('/group');
    app.chat.faults.next(change, { kind: 'slow', ms: 200 });
    const controller = new AbortController();
    const typed = app.type('/mute @bob 60', { signal: controller.signal });
    setTimeout(() => controller.abort(), 60);
    const outcome = await typed;
    expect(outcome.kind).toBe('failed');
    expect(english(outcome)).toMatch(/may or may not have been made|Nothing was changed/);
  });
});
