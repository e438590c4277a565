// Recording: one person's cases are opened one after the other, and the log says why one cannot be kept.
import { setImmediate } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../src/app/logger.ts';
import type { CaseDraft } from '../../../src/moderation/cases/case.ts';
import type { CaseActor } from '../../../src/moderation/people/actor.ts';
import { recorded } from '../../../src/pipeline/act/record.ts';
import { openStore } from '../../../src/store/store.ts';
import { createKeyedMutex } from '../../../src/util/keyed-mutex.ts';

const actor = (surface: string, id: string, account: string | null): CaseActor => ({
  surface,
  id,
  name: id,
  account,
});

const draftBy = (by: CaseActor): CaseDraft => ({
  group: 'guild',
  command: 'mute',
  options: {},
  actor: by,
  reason: null,
  targets: [{ target: 'bob', before: null, outcome: 'pending', code: null }],
  changes: [],
  undoes: null,
  key: null,
  lasts: null,
});

/** How many are deciding at once whether they may, when these people open a case each at the same time. */
async function mostAtOnce(people: readonly CaseActor[]): Promise<number> {
  const logger = pino({ level: 'silent' });
  const store = await openStore('sqlite::memory:', { clock: Date, logger });
  const mutex = createKeyedMutex();
  let inside = 0;
  let most = 0;
  const allow = async () => {
    inside += 1;
    most = Math.max(most, inside);
    await setImmediate();
    inside -= 1;
    return null;
  };
  const apply = async () => ({ results: [], requests: [] });
  await Promise.all(people.map((by) => recorded({ ...store, logger }, mutex, draftBy(by), { apply, allow })));
  await store.close();
  return most;
}

describe('cases that are opened at the same time', () => {
  const discord = actor('discord', '1', 'alice');

  it.each<[string, readonly CaseActor[], number]>([
    ['by one identity take turns', [discord, discord, discord], 1],
    ['by two identities of one account take turns', [discord, actor('terminal', 'alice', 'alice')], 1],
    [
      'by one identity without an account take turns',
      [actor('discord', '2', null), actor('discord', '2', null)],
      1,
    ],
    ['by two people do not wait for each other', [discord, actor('discord', '2', null)], 2],
    ['by the same id on two surfaces do not', [actor('discord', '2', null), actor('terminal', '2', null)], 2],
  ])('%s', async (_case, people, most) => {
    expect(await mostAtOnce(people)).toBe(most);
  });
});

describe('a case that cannot be kept', () => {
  it.each([
    ['written', 'open'],
    ['settled', 'settle'],
  ] as const)('is not %s, and the log says why', async (_what, step) => {
    const lines: string[] = [];
    const logger = createLogger({
      level: 'error',
      secrets: [],
      output: { write: (line) => lines.push(line) },
    });
    const store = await openStore('sqlite::memory:', { clock: Date, logger });
    const cases = { ...store.cases, [step]: () => Promise.reject(new Error('the disk is full')) };
    await recorded({ ...store, cases, logger }, createKeyedMutex(), draftBy(actor('discord', '1', null)), {
      apply: async () => ({ results: [], requests: [] }),
      allow: async () => null,
    });
    await store.close();
    expect(lines.join()).toContain('the disk is full');
  });
});
