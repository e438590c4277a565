// Two of everything at once, from two processes on one record, in random orders: one effect, and no false sentence.
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commands } from '../../../commands/index.ts';
import type { Chat } from '../../../src/chat/chat.ts';
import { parseLine } from '../../../src/command/text.ts';
import { createModerationService, type ModerationService } from '../../../src/pipeline/service.ts';
import type { Expired } from '../../../src/pipeline/settle/expire.ts';
import { type Asking, answering, isQuestion } from '../../../src/request/conversation.ts';
import type { Outcome } from '../../../src/request/outcome.ts';
import type { Request } from '../../../src/request/request.ts';
import { type ChatService, sandboxApp, startChatService } from '../../../src/sandbox/chat/index.ts';
import { type ManualClock, manualClock } from '../../../src/sandbox/clock.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { databases, logger, type TestDatabase } from '../../store/databases.ts';
import { english, granted } from '../../support/app.ts';
import { sandboxClient } from '../../support/client.ts';

/** A sequence of numbers below `below` that a seed makes; mulberry32. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

interface Process {
  readonly moderation: ModerationService;
  readonly store: Store;
}

interface Pair {
  readonly service: ChatService;
  readonly clock: ManualClock;
  readonly one: Process;
  readonly other: Process;
}

/** Two processes whose calls to Chat are held up by chance, before they go and before the answer is heard. */
async function startPair(database: TestDatabase, random: (below: number) => number): Promise<Pair> {
  const clock = manualClock(Date.now());
  const service = await startChatService({ app: sandboxApp, rateLimits: false, clock });
  onTestFinished(() => service.close());
  for (const userId of ['olivia', 'bob', 'carol']) service.world.addAccount({ userId });
  const url = await database.fresh();
  const open = async (shared: boolean): Promise<Process> => {
    const store = await openStore(url, { clock, logger, shared });
    onTestFinished(() => store.close());
    const client = sandboxClient(service.url, { clock: clock.now });
    onTestFinished(() => client.close());
    const hold = async () => {
      for (let turns = random(6); turns > 0; turns -= 1) await setImmediate();
    };
    const call: Chat['call'] = async (name, body, options) => {
      await hold();
      const result = await client.call(name, body, options);
      await hold();
      return result;
    };
    const chat: Chat = { admin: client.admin, preview: client.preview, call };
    const moderation = createModerationService({ commands, chat, clock, recorder: { ...store, logger } });
    return { moderation, store };
  };
  return { service, clock, one: await open(false), other: await open(true) };
}

/** One group of its own for each run. */
interface Stage extends Pair {
  readonly group: string;
  type(by: Process, line: string, parts?: Partial<Request>): Promise<Outcome>;
  answer(by: Process, asking: Asking, line: string): Promise<Outcome>;
  end(by: Process, number: number): Promise<Expired>;
  /** The requests that changed something in this group. */
  readonly changes: readonly string[];
}

function stageOn(pair: Pair, group: string): Stage {
  pair.service.world.addGroup({ id: group, type: 'Public', owner: 'olivia', name: group });
  pair.service.world.addMember(group, 'bob');
  pair.service.world.addMember(group, 'carol');
  const changes: string[] = [];
  const stop = pair.service.onRequest(({ endpoint, body }) => {
    const isOurs = JSON.stringify(body).includes(`"GroupId":"${group}"`);
    if (isOurs && /^(?:modify|forbid|delete_group|ban|unban|add)/.test(endpoint)) changes.push(endpoint);
  });
  void stop;
  const requestOf = ({ moderation }: Process, line: string): Request => {
    const parsed = parseLine(line, moderation.registry);
    if (!parsed.ok) throw new Error(line);
    const { command, options } = parsed.value;
    return { actor: granted(), command: command.name, options, defaultGroup: group, questions: 'confirmed' };
  };
  return {
    ...pair,
    group,
    changes,
    type: (by, line, parts) => by.moderation.pipeline.handle({ ...requestOf(by, line), ...parts }),
    answer: (by, asking, line) =>
      by.moderation.pipeline.handle(
        answering(requestOf(by, line), asking, { kind: 'chosen', choice: 'confirm' }),
      ),
    async end(by, number) {
      const record = await by.store.cases.find(group, number);
      if (record === null) throw new Error(`no case ${number}`);
      return by.moderation.expire(record);
    },
  };
}

const HOUR = 3_600;
const idsOf = (...outcomes: readonly Outcome[]) => outcomes.map(({ message }) => message.id).sort();

/** Each lets two things happen at once, and looks whether what was said is so. */
const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  async 'two promotions'({ type, one, other, service, group, changes }) {
    const both = await Promise.all([type(one, '/promote bob'), type(other, '/promote bob')]);
    expect(idsOf(...both)).toEqual(['promote.already', 'promote.done']);
    expect(service.world.member(group, 'bob')?.role).toBe('Admin');
    expect(changes).toHaveLength(1);
  },
  async 'two answers to one question'({ type, answer, one, other, service, group, changes }) {
    const asking = await type(one, '/promote bob', { questions: 'ask' });
    if (!isQuestion(asking)) throw new Error('nothing was asked');
    const both = await Promise.all([
      answer(one, asking, '/promote bob'),
      answer(other, asking, '/promote bob'),
    ]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    expect(english(both.find(({ kind }) => kind === 'refused') ?? asking)).not.toMatch(/Nothing was done/);
    expect(service.world.member(group, 'bob')?.role).toBe('Admin');
    expect(changes).toHaveLength(1);
  },
  async 'two requests with one key'({ type, one, other, changes, group }) {
    const both = await Promise.all([one, other].map((by) => type(by, '/mute bob 1h', { key: 'press' })));
    expect(both.map(({ case: number }) => number)).toEqual([1, 1]);
    expect(changes).toHaveLength(1);
    expect(await one.store.cases.find(group, 2)).toBeNull();
  },
  async 'two undoes'({ type, one, other, service, group, changes }) {
    await type(one, '/mute bob 1h');
    const both = await Promise.all([type(one, '/undo 1'), type(other, '/undo 1')]);
    expect(idsOf(...both)).toEqual(['undo.done', 'undo.state']);
    const refused = both.find(({ kind }) => kind === 'refused');
    expect(refused?.message.values).toMatchObject({ state: { literal: 'undone' }, by: 2 });
    expect(service.world.isMuted(group, 'bob')).toBe(false);
    expect(changes).toHaveLength(2);
    expect(await one.store.cases.find(group, 3)).toBeNull();
  },
  async 'two mutes that extend'({ type, one, other, service, group, clock }) {
    await type(one, '/mute bob 1h');
    const line = '/mute bob 1h already:extend';
    const both = await Promise.all([type(one, line), type(other, line)]);
    expect(both.map(({ kind }) => kind)).toEqual(['done', 'done']);
    const at = (seconds: number) => Math.floor(clock.now() / 1_000) + seconds;
    const world = service.world.group(group);
    expect(world.isMuted('bob', at(3 * HOUR - 5))).toBe(true);
    expect(world.isMuted('bob', at(3 * HOUR + 5))).toBe(false);
  },
  async 'two moderators who mute'({ type, one, other, changes }) {
    const both = await Promise.all([type(one, '/mute bob 1h'), type(other, '/mute bob 2h')]);
    expect(idsOf(...both)).toEqual(['mute.done', 'mute.unasked']);
    expect(changes).toHaveLength(1);
  },
  async 'two bans'({ type, one, other, changes }) {
    const both = await Promise.all([type(one, '/ban bob 1h'), type(other, '/ban bob 1h')]);
    expect(idsOf(...both)).toEqual(['ban.already', 'ban.done']);
    expect(changes).toHaveLength(1);
  },
  async 'two kicks'({ type, one, other, changes }) {
    const both = await Promise.all([type(one, '/kick bob'), type(other, '/kick bob')]);
    expect(both.map(({ kind }) => kind).sort()).toEqual(['done', 'refused']);
    expect(changes).toHaveLength(1);
  },
  async 'lists that share a member'({ type, one, other, service, group }) {
    const both = await Promise.all([type(one, '/mute bob, carol 1h'), type(other, '/mute carol 1h')]);
    const results = both.flatMap((outcome) => outcome.results);
    expect(results.filter(({ target, outcome }) => target === 'carol' && outcome === 'done')).toHaveLength(1);
    expect(service.world.isMuted(group, 'bob') && service.world.isMuted(group, 'carol')).toBe(true);
  },
  async "a timer's end and a lasting command"({ type, end, one, other, service, group }) {
    await type(one, '/lock duration:4s');
    const [, locked] = await Promise.all([end(one, 1), type(other, '/lock')]);
    expect(await end(one, 1)).toBe('over');
    expect(locked.kind).toBe('done');
    expect(service.world.group(group).profile.MuteAllMember).toBe('On');
    expect((await one.store.cases.find(group, 1))?.state).toBe('expired');
  },
  async "a timer's end and an undo"({ type, end, one, other, service, group, changes }) {
    await type(one, '/nick bob duration:4s Bo');
    const [, undone] = await Promise.all([end(one, 1), type(other, '/undo 1')]);
    expect(await end(one, 1)).toBe('over');
    expect(['undo.done', 'undo.state']).toContain(undone.message.id);
    expect(service.world.member(group, 'bob')?.nameCard).toBe('');
    expect(changes).toHaveLength(2);
    const first = await one.store.cases.find(group, 1);
    expect(first?.state).toBe(undone.kind === 'done' ? 'undone' : 'expired');
    expect(await one.store.cases.find(group, 3)).toBeNull();
  },
  async 'two ends of one timer'({ type, end, one, other, service, group, changes }) {
    await type(one, '/promote bob duration:4s');
    const both = await Promise.all([end(one, 1), end(other, 1)]);
    // Whoever finds the other at work looks again later.
    expect(both).toContain('over');
    expect(await end(one, 1)).toBe('over');
    expect(service.world.member(group, 'bob')?.role).toBe('Member');
    expect(changes).toHaveLength(2);
  },
};

const names = Object.keys(scenarios);
const RUNS = 1_000;
/** Runs at a time: their orders mix, too. */
const AT_ONCE = 8;

describe.each([...databases])('on $name', (database) => {
  it.skipIf(database.missing)(
    'of two at once each is done once and told the truth',
    { timeout: 600_000 },
    async () => {
      const pair = await startPair(database, randomFrom(20_261_125));
      let next = 0;
      const worker = async () => {
        for (let run = next++; run < RUNS; run = next++) {
          const name = names[run % names.length] ?? '';
          await scenarios[name]?.(stageOn(pair, `g${run}`)).catch((error: unknown) => {
            throw new Error(`${name}, run ${run}`, { cause: error });
          });
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      expect(next).toBeGreaterThanOrEqual(RUNS);
    },
  );
});
