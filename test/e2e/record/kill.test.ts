// kill -9 in the middle of commands: nothing that was acknowledged is lost, and no case says what is not so.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFailed, onTestFinished } from 'vitest';
import { endpointNames, endpointOf } from '../../../src/chat/protocol/endpoints.ts';
import type { CaseChange, ModerationCase } from '../../../src/moderation/cases/case.ts';
import {
  type ChatService,
  fillDefaultWorld,
  type Group,
  type RequestRecord,
  sandboxApp,
  startChatService,
} from '../../../src/sandbox/chat/index.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { databases, logger, temporaryFolder } from '../../store/databases.ts';
import { isSame, type State, stateOf, statesAfter } from '../../support/replay.ts';
import type { Acknowledged, Order, Said } from './kill-protocol.ts';

/** How often the process is killed on each database. */
const ROUNDS = 20;
/** Commands that each life is given, unless it is killed before. */
const COMMANDS = 200;
const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 2 ** 31));

const IN_FLIGHT = 8;
/** Members that one command at a time is about, so that their state can be told from the cases. */
const MEMBERS = Array.from({ length: 60 }, (_, index) => `player${index}`);
/** Members that any number of commands at a time are about. */
const CROWDED = ['crowd0', 'crowd1', 'crowd2'];

const child = join(import.meta.dirname, 'kill-child.ts');

/** A small seeded generator (mulberry32): numbers from 0 up to 1. */
function createRandom(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    chance: (share: number) => next() < share,
    below,
    pick<Item>(list: readonly Item[]): Item {
      const picked = list[below(list.length)];
      if (picked === undefined) throw new Error('there is nothing to pick from');
      return picked;
    },
  };
}

type Random = ReturnType<typeof createRandom>;

/** One life of the app. */
interface Life {
  readonly process: ChildProcess;
  /** Resolves when the process said so. */
  hears(said: 'ready' | 'open' | 'settled'): Promise<void>;
  send(order: Order | 'open'): void;
  /** Called with each acknowledged outcome. */
  onDone: (acknowledged: Acknowledged) => void;
  /** Resolves when it has ended and all that it said was heard. */
  readonly ended: Promise<void>;
}

function beginLife(chatUrl: string, databaseUrl: string): Life {
  const folder = temporaryFolder();
  const process_ = spawn(process.execPath, [child, chatUrl, databaseUrl, folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void process_.kill('SIGKILL'));
  // What is written to it after its end is lost, as it would be by anybody.
  process_.stdin.on('error', () => undefined);
  const heard = new Map<string, PromiseWithResolvers<void>>();
  const promiseOf = (said: string) => {
    const known = heard.get(said) ?? Promise.withResolvers<void>();
    heard.set(said, known);
    return known;
  };
  const output = createInterface({ input: process_.stdout });
  const life: Life = {
    process: process_,
    hears: (said) => promiseOf(said).promise,
    send: (order) => void process_.stdin.write(`${JSON.stringify(order)}\n`),
    onDone: () => undefined,
    ended: once(output, 'close').then(() => undefined),
  };
  output.on('line', (line) => {
    const said: Said = JSON.parse(line);
    if (said.said === 'done') life.onDone(said.acknowledged);
    else promiseOf(said.said).resolve();
  });
  return life;
}

/** Kinds of moments for a kill. */
type Moment =
  /** Right after Chat made a change, before its answer. */
  | { readonly kind: 'answer'; readonly after: number }
  /** Right after a change reached Chat, which did not make it. */
  | { readonly kind: 'down'; readonly after: number }
  /** After any request, so mostly while facts are looked up. */
  | { readonly kind: 'request'; readonly after: number }
  /** After an outcome was told. */
  | { readonly kind: 'told'; readonly after: number };

function momentOf(random: Random): Moment {
  const after = 2 + random.below(COMMANDS - 1);
  const kind = random.pick([
    'answer',
    'answer',
    'answer',
    'answer',
    'answer',
    'down',
    'down',
    'told',
  ] as const);
  return random.chance(0.1) ? { kind: 'request', after: after * 5 } : { kind, after };
}

/** Calls that change what the cases are about; what members are told is not among it. */
const changing: ReadonlySet<string> = new Set(
  endpointNames.filter(
    (name) =>
      endpointOf(name).effect === 'change' &&
      !['batchsendmsg', 'send_group_system_notification'].includes(name),
  ),
);

const isChange = ({ endpoint }: RequestRecord): boolean => changing.has(endpoint);

/** Requests that changed Chat, by what they said; how often each was carried out. */
class Executed {
  readonly counts = new Map<string, number>();

  add({ endpoint, body, code }: RequestRecord): void {
    if (code !== 0) return;
    const key = keyOf({ endpoint, body: JSON.parse(JSON.stringify(body)) });
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}

const keyOf = ({ endpoint, body }: CaseChange): string => `${endpoint} ${JSON.stringify(body)}`;

/** Whom a change covers, from its body. */
function coveredBy({ body }: CaseChange): readonly string[] {
  const fields = body as Readonly<Record<string, unknown>>;
  const list = (value: unknown): readonly string[] =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one: unknown) =>
      typeof one === 'object' && one !== null ? String(Object.values(one)[0]) : String(one),
    );
  const named = [
    fields.Member_Account,
    fields.Members_Account,
    fields.MemberToDel_Account,
    fields.MemberList,
    fields.MsgSeqList,
  ].flatMap(list);
  return named.length > 0 ? named : [String(fields.GroupId)];
}

/** How often each change was carried out at least and at most, by what the cases say. */
function allowedCounts(cases: readonly ModerationCase[]): Map<string, { least: number; most: number }> {
  const allowed = new Map<string, { least: number; most: number }>();
  for (const one of cases) {
    const outcomes = new Map(one.targets.map(({ target, outcome }) => [target, outcome]));
    for (const change of one.changes) {
      const covered = coveredBy(change).map((target) => outcomes.get(target));
      const count = allowed.get(keyOf(change)) ?? { least: 0, most: 0 };
      allowed.set(keyOf(change), {
        least: count.least + (covered.every((outcome) => outcome === 'done') ? 1 : 0),
        most: count.most + (covered.every((outcome) => outcome === 'failed') ? 0 : 1),
      });
    }
  }
  return allowed;
}

/** Makes commands that mostly make sense now, each about members that no other is about at the time. */
class Commander {
  readonly #random: Random;
  readonly #group: Group;
  readonly #now: () => number;
  readonly #busy = new Set<string>();
  /** Done cases with those whom they are about, to be undone. */
  readonly #undoable: { readonly case: number; readonly targets: readonly string[] }[] = [];
  #last = 0;
  #lastSeq: number;
  readonly #orders = new Map<number, { readonly line: string; readonly targets: readonly string[] }>();

  constructor(random: Random, group: Group, now: () => number) {
    this.#random = random;
    this.#group = group;
    this.#now = now;
    this.#lastSeq = group.messages.length;
  }

  next(): Order {
    this.#last += 1;
    const id = this.#last;
    const made = this.#random.chance(0.1) ? this.#crowded() : (this.#undo() ?? this.#usual());
    for (const target of made.targets) this.#busy.add(target);
    this.#orders.set(id, made);
    return { id, line: made.line };
  }

  done({ id, kind, case: number }: Acknowledged): void {
    const { line = '', targets = [] } = this.#orders.get(id) ?? {};
    for (const target of targets) this.#busy.delete(target);
    const undoable =
      kind === 'done' && number !== null && targets.length > 0 && !/^\/(undo|recall)/.test(line);
    if (undoable) this.#undoable.push({ case: number, targets });
  }

  lineOf(id: number): string | undefined {
    return this.#orders.get(id)?.line;
  }

  /** After a restart nobody is busy. */
  restart(): void {
    this.#busy.clear();
    this.#undoable.length = 0;
  }

  #undo() {
    if (!this.#random.chance(0.15)) return null;
    const index = this.#undoable.findLastIndex(({ targets }) => !targets.some((one) => this.#busy.has(one)));
    const [chosen] = index < 0 ? [] : this.#undoable.splice(index, 1);
    return chosen === undefined ? null : { line: `/undo ${chosen.case}`, targets: chosen.targets };
  }

  #crowded() {
    const member = `@${this.#random.pick(CROWDED)}`;
    const line = this.#random.pick([
      `/nick ${member} Name ${this.#random.below(3)}`,
      `/promote ${member}`,
      `/demote ${member}`,
      `/mute ${member} 1h already:replace`,
      `/unmute ${member}`,
    ]);
    return { line, targets: [] };
  }

  #usual(): { line: string; targets: readonly string[] } {
    const random = this.#random;
    const now = this.#now();
    const free = [...MEMBERS, 'guild'].filter((one) => !this.#busy.has(one));
    const first = random.pick(free);
    if (first === 'guild') {
      const locked = this.#group.profile.MuteAllMember === 'On';
      return { line: locked ? '/unlock' : '/lock', targets: ['guild'] };
    }
    if (random.chance(0.08)) {
      this.#lastSeq -= 1;
      if (this.#lastSeq > 0) return { line: `/recall ${this.#lastSeq}`, targets: [] };
    }
    if (this.#group.isBanned(first, now)) return { line: `/unban @${first}`, targets: [first] };
    const others = free.filter((one) => one !== first && this.#group.has(one)).slice(0, random.below(3));
    const targets = random.chance(0.25) ? [first, ...others] : [first];
    const names = targets.map((one) => `@${one}`).join(',');
    const unique = this.#last;
    const lines = [
      `/mute ${names} ${3_600 + unique}s already:replace`,
      `/mute ${names} permanent`,
      this.#group.isMuted(first, now) ? `/unmute ${names}` : `/mute ${names} ${7_200 + unique}s`,
      `/nick ${names} Name ${unique}`,
      `/nick ${names} -`,
      this.#group.members.get(first)?.role === 'Admin' ? `/demote ${names}` : `/promote ${names}`,
      `/notify ${names} ${random.pick(['all', 'silent', 'mentions', 'block'])}`,
      `/field ${names} team t${unique}`,
      `/warn ${names}`,
      `/kick ${names} round ${unique}`,
      `/ban ${names} ${86_400 + unique}s`,
    ];
    return { line: random.pick(lines), targets };
  }
}

/** Everything that outlives the killed processes. */
class Stage {
  readonly chat: ChatService;
  readonly databaseUrl: string;
  readonly random: Random;
  readonly commander: Commander;
  readonly executed = new Executed();
  /** Acknowledged outcomes that were not compared with the record yet. */
  #acknowledged: Acknowledged[] = [];
  #told = 0;
  readonly #states = new Map<string, readonly State[]>();
  #store: Store | undefined;
  #seen = 0;
  /** Poller in which the process died in the middle of a command. */
  #inside = 0;

  constructor(chat: ChatService, databaseUrl: string, random: Random) {
    this.chat = chat;
    this.databaseUrl = databaseUrl;
    this.random = random;
    this.commander = new Commander(random, this.#group, () => chat.world.now());
    chat.onRequest((record) => {
      if (isChange(record)) this.executed.add(record);
    });
    this.#readStates();
  }

  get told(): number {
    return this.#told;
  }

  get #group(): Group {
    return this.chat.world.group('guild');
  }

  hear(acknowledged: Acknowledged): void {
    this.#told += 1;
    this.#acknowledged.push(acknowledged);
    this.commander.done(acknowledged);
  }

  get inside(): number {
    return this.#inside;
  }

  /** Looks at what a killed process left. */
  async look(): Promise<void> {
    this.#store ??= await this.#openReader();
    if ((await this.#store.cases.pending()).length > 0) this.#inside += 1;
  }

  /** Compares the record with what was acknowledged, and with Chat, while nothing is in progress. */
  async check(): Promise<void> {
    this.#store ??= await this.#openReader();
    const cases = await this.#allCases(this.#store);
    expect(cases.filter(({ state }) => state === 'pending')).toEqual([]);
    expect(cases.map(({ number }) => number)).toEqual(cases.map((_, index) => index + 1));
    this.#checkAcknowledged(cases);
    this.#checkExecuted(cases);
    this.#checkStates(cases);
    this.#seen = cases.length;
    this.#replenish();
    this.#readStates();
  }

  #checkAcknowledged(cases: readonly ModerationCase[]): void {
    for (const { id, kind, case: number, results } of this.#acknowledged) {
      const line = this.commander.lineOf(id);
      if (number === null) {
        expect([line, kind]).toEqual([line, 'refused']);
        continue;
      }
      const recorded = cases[number - 1];
      const outcomes = recorded?.targets.map(({ target, outcome }) => [target, outcome]).sort();
      expect([line, number, outcomes]).toEqual([line, number, results.toSorted()]);
      expect(recorded?.state).not.toBe('pending');
    }
    this.#acknowledged = [];
  }

  /** What a case calls done was carried out; what it calls failed was not; and nothing was carried out twice. */
  #checkExecuted(cases: readonly ModerationCase[]): void {
    const allowed = allowedCounts(cases);
    const { counts } = this.executed;
    for (const key of new Set([...allowed.keys(), ...counts.keys()])) {
      const { least, most } = allowed.get(key) ?? { least: 0, most: 0 };
      const count = counts.get(key) ?? 0;
      if (count >= least && count <= most) continue;
      const about = cases.filter(({ changes }) => changes.some((change) => keyOf(change) === key));
      expect.unreachable(
        `${key} was carried out ${count} times, and the cases say ${least} to ${most}: ${JSON.stringify(about)}`,
      );
    }
  }

  #checkStates(cases: readonly ModerationCase[]): void {
    for (const record of cases.slice(this.#seen)) {
      const original = record.undoes === null ? record : cases[record.undoes - 1];
      if (original === undefined) throw new Error(`case ${record.number} undoes none`);
      for (const target of record.targets) {
        const states = this.#states.get(target.target);
        if (states === undefined) continue;
        this.#states.set(target.target, statesAfter(states, record, original, target));
      }
    }
    for (const [target, states] of this.#states) {
      const state = stateOf(this.#group, target, this.chat.world.now());
      if (states.some((one) => isSame(one, state))) continue;
      const about = cases.slice(this.#seen).filter((one) => one.targets.some((two) => two.target === target));
      expect.unreachable(
        `${target} is ${JSON.stringify(state)}; by the cases ${JSON.stringify(states)}: ${JSON.stringify(about)}`,
      );
    }
  }

  /** Puts back into the group whom the commands put out, and writes messages to recall. */
  #replenish(): void {
    const { world } = this.chat;
    for (const account of [...MEMBERS, ...CROWDED]) {
      if (!this.#group.has(account) && !world.isBanned('guild', account)) world.addMember('guild', account);
    }
  }

  #readStates(): void {
    const seqs = this.#group.messages.map(({ seq }) => String(seq));
    for (const target of [...MEMBERS, 'guild', ...seqs]) {
      this.#states.set(target, [stateOf(this.#group, target, this.chat.world.now())]);
    }
  }

  async #openReader(): Promise<Store> {
    const store = await openStore(this.databaseUrl, { clock: Date, logger, readOnly: true });
    onTestFinished(() => store.close());
    return store;
  }

  /** By number. */
  async #allCases({ cases }: Store): Promise<readonly ModerationCase[]> {
    const all: ModerationCase[] = [];
    let before: string | undefined;
    do {
      const page = await cases.list({ group: 'guild' }, { limit: 1_000, before });
      all.push(...page.cases);
      before = page.next ?? undefined;
    } while (before !== undefined);
    return all.sort((a, b) => a.number - b.number);
  }
}

/** Gives a life its commands, so many at a time. @returns the number that was given when all are told, or it ended */
async function command(life: Life, stage: Stage, most: number): Promise<void> {
  let given = 0;
  let told = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const give = () => {
    given += 1;
    life.send(stage.commander.next());
  };
  life.onDone = (acknowledged) => {
    stage.hear(acknowledged);
    told += 1;
    if (given < most) give();
    else if (told === most) resolve();
  };
  while (given < Math.min(IN_FLIGHT, most)) give();
  await Promise.race([promise, life.ended]);
}

/** Lets a life work until the moment of its end, and kills it. */
async function workAndKill(life: Life, stage: Stage, moment: Moment): Promise<void> {
  const { chat } = stage;
  const kill = () => void life.process.kill('SIGKILL');
  let left = moment.after;
  const stop = chat.onRequest((record) => {
    if (moment.kind === 'told' || (moment.kind !== 'request' && !isChange(record))) return;
    left -= 1;
    if (left <= 0) kill();
    else if (left === 1 && moment.kind === 'down') breakChanges(chat);
  });
  const before = stage.told;
  const working = command(life, stage, COMMANDS);
  const { onDone } = life;
  life.onDone = (acknowledged) => {
    onDone(acknowledged);
    if (moment.kind === 'told' && stage.told - before >= moment.after) kill();
  };
  await working;
  kill();
  await life.ended;
  stop();
  chat.faults.clear();
}

/** From now on, no change is carried out. */
function breakChanges({ faults }: ChatService): void {
  for (const name of endpointNames) {
    if (changing.has(name)) faults.next(name, { kind: 'reset', when: 'before' }, 1_000);
  }
}

async function setStage(databaseUrl: string, random: Random): Promise<Stage> {
  const chat = await startChatService({ app: sandboxApp, rateLimits: false });
  onTestFinished(() => chat.close());
  fillDefaultWorld(chat.world);
  for (const [index, account] of [...MEMBERS, ...CROWDED].entries()) {
    chat.world.addMember('guild', account, { nameCard: `Player ${index}`, fields: { team: 'red' } });
  }
  for (let count = 0; count < ROUNDS * COMMANDS; count += 1) {
    chat.world.addMessage('guild', { from: 'player0', text: `message ${count}` });
  }
  return new Stage(chat, databaseUrl, random);
}

for (const database of databases) {
  describe.skipIf(database.missing)(`kill -9 on ${database.name}`, () => {
    it('leaves a true record, twenty times over', { timeout: 600_000 }, async () => {
      onTestFailed(() => void process.stderr.write(`KILL_SEED=${SEED} makes the same choices again\n`));
      const random = createRandom(SEED);
      const stage = await setStage(await database.fresh(), random);
      const begin = () => beginLife(stage.chat.url, stage.databaseUrl);
      let next = begin();
      for (let round = 0; round <= ROUNDS; round += 1) {
        const life = next;
        await life.hears('ready');
        life.send('open');
        // Some lives take commands while they settle what the one before left.
        const eager = random.chance(0.5) ? command(life, stage, 6) : Promise.resolve();
        await Promise.all([life.hears('settled'), eager]);
        await stage.check();
        if (round === ROUNDS) break;
        next = begin();
        await workAndKill(life, stage, momentOf(random));
        await stage.look();
        stage.commander.restart();
      }
      expect(stage.inside).toBeGreaterThan(ROUNDS / 2);
    });
  });
}
