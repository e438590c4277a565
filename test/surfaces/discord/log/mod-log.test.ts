// The log in Discord: every settled case is told in the channel of its group, and no command waits for it.
import { setTimeout } from 'node:timers/promises';
import { Colors, REST } from 'discord.js';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { CaseDraft } from '../../../../src/moderation/cases/case.ts';
import type { CaseActor } from '../../../../src/moderation/people/actor.ts';
import { defaultSettings, defaults, type GroupSettings } from '../../../../src/moderation/settings.ts';
import { type DiscordService, startDiscordService } from '../../../../src/sandbox/discord/index.ts';
import { openStore, type Store } from '../../../../src/store/store.ts';
import { createModLog, type ModLogDeps } from '../../../../src/surfaces/discord/log/mod-log.ts';
import { doneTarget, draft } from '../../../store/cases/drafts.ts';
import { type Bot, createLog, type Log, setStage, startAll, startBot } from '../harness.ts';
import { complaintsAbout } from '../judge.ts';

const MOD_LOG = 'mod-log';
const HOUR = 3_600_000;
const by: CaseActor = { surface: 'terminal', id: 'operator', name: 'operator', account: null };

/** As `/log here` has it, which is a case itself. */
const logHere = ({ discord, store }: Bot) =>
  store.places.setLog(
    'guild',
    { surface: 'discord', guild: discord.guildId, channel: discord.world.channels[MOD_LOG]?.id ?? '' },
    by,
  );

const mute = ({ discord }: Bot, member = '@bob') =>
  discord.type({ as: 'ada', command: 'mute', options: { member, duration: '1h', reason: 'spam' } });

const told = (discord: DiscordService) =>
  discord.messages(MOD_LOG).map(({ embeds: [embed] }) => embed?.description ?? '');

const heads = (discord: DiscordService) => told(discord).map((text) => text.split('\n')[0]);

const warnings = (logs: readonly Log[]) => logs.filter(({ level }) => level !== 'info');

const posts = ({ requests }: DiscordService) =>
  requests.filter(({ route }) => route === '/channels/:channel/messages');

/** Waits until the channel holds so many messages. */
const toldOf = (discord: DiscordService, count: number) =>
  vi.waitFor(() => expect(told(discord)).toHaveLength(count), 10_000);

const allLogged = ({ cases }: Pick<Store, 'cases'>) =>
  vi.waitFor(async () => expect(await cases.unlogged(1)).toEqual([]), 10_000);

/** Writes a settled case, as any process on the same record does. */
async function write({ cases }: Pick<Store, 'cases'>, parts: Partial<CaseDraft> = {}): Promise<void> {
  const opened = await cases.open(draft({ group: 'guild', ...parts }));
  const { group, number } = opened.case;
  const targets = parts.targets ?? [doneTarget('bob')];
  await cases.settle(group, number, { state: 'applied', targets });
}

const settingsOf = (settings: Partial<GroupSettings>) => () => ({
  ...defaultSettings,
  group: () => ({ ...defaults, ...settings }),
});

describe('the channel that /log chose', () => {
  it('is told a mute: what, who, until when, whom and why, and pings nobody', async () => {
    const bot = await startAll();
    await logHere(bot);
    await mute(bot);
    await toldOf(bot.discord, 1);
    const [message] = bot.discord.messages(MOD_LOG);
    expect(told(bot.discord)[0]).toMatch(
      /^Case 1: \/mute, done\nBy Ada \(discord\), <t:\d+:F> \(<t:\d+:R>\)\nEnds <t:.*\nbob: done\nReason: spam$/,
    );
    expect(message?.embeds).toMatchObject([{ color: Colors.Green, footer: { text: '/mute · guild · #1' } }]);
    expect(message?.allowedMentions).toEqual({ parse: [] });
  });

  it('is told an undo as a case of its own', async () => {
    const bot = await startAll();
    await logHere(bot);
    await mute(bot);
    await toldOf(bot.discord, 1);
    await bot.discord.type({ as: 'ada', command: 'undo' });
    await toldOf(bot.discord, 2);
    expect(told(bot.discord)[1]).toMatch(/^Case 2: \/undo, done\n.*\nUndoes case 1\nbob: done$/);
    expect(bot.discord.messages(MOD_LOG)[0]?.edits).toBe(0);
  });

  it('is told in order what another process wrote', async () => {
    const bot = await startAll();
    await logHere(bot);
    for (const command of ['mute', 'kick', 'ban', 'warn']) await write(bot.store, { command });
    await toldOf(bot.discord, 4);
    expect(heads(bot.discord)).toEqual([
      'Case 1: /mute, done',
      'Case 2: /kick, done',
      'Case 3: /ban, done',
      'Case 4: /warn, done',
    ]);
  });

  it('shows names and reasons letter by letter', async () => {
    const bot = await startAll();
    await logHere(bot);
    const name = '[safe](https://evil.example) @everyone\n# Case 9';
    await write(bot.store, { actor: { ...by, name }, reason: '<@1100000000000000042> **x** `y`\u202e' });
    await toldOf(bot.discord, 1);
    const [text = ''] = told(bot.discord);
    expect(text).toContain('By \\[safe\\]\\(https\\://evil.example\\) @\u200beveryone \\# Case 9 (terminal)');
    expect(text).toMatch(/Reason: \\<@1100000000000000042\\> \\\*\\\*x\\\*\\\* \\`y\\`$/);
    expect(text.split('\n')).toHaveLength(4);
  });

  it('counts the targets of a long list that do not fit, and keeps the reason', async () => {
    const bot = await startAll();
    await logHere(bot);
    const targets = Array.from({ length: 500 }, (_, index) => doneTarget(`member-${index}`));
    await write(bot.store, { targets });
    await toldOf(bot.discord, 1);
    expect(told(bot.discord)[0]).toMatch(/member\\-0: done\n.*… and \d+ more\nReason: spam$/s);
  });
});

describe('a group', () => {
  it('has its log in its language', async () => {
    const stage = await setStage();
    const moderation = { ...stage.moderation, settings: settingsOf({ language: 'ja' }) };
    const bot = await startBot(stage, { moderation });
    await logHere(bot);
    await mute(bot);
    await toldOf(bot.discord, 1);
    expect(told(bot.discord)[0]).toMatch(/^ケース 1/);
  });

  it('has the channel of the settings where /log chose none', async () => {
    const stage = await setStage();
    const log = stage.discord.world.channels[MOD_LOG]?.id ?? '';
    const bot = await startBot(stage, { moderation: { ...stage.moderation, settings: settingsOf({ log }) } });
    await mute(bot);
    await toldOf(bot.discord, 1);
  });

  it('without a channel is passed over, and its cases are not told later', async () => {
    const bot = await startAll();
    await mute(bot);
    await allLogged(bot.store);
    await logHere(bot);
    await mute(bot, '@dave');
    await toldOf(bot.discord, 1);
    expect(heads(bot.discord)).toEqual(['Case 2: /mute, done']);
    expect(warnings(bot.logs)).toEqual([]);
  });
});

describe('a channel', () => {
  const deny = (bit: bigint) => (discord: DiscordService) =>
    void discord.world.channels[MOD_LOG]?.overwrites?.push({ member: 'marshal', deny: bit });

  it.each<[string, number, (discord: DiscordService) => void]>([
    ['that is gone', 10003, (discord) => discord.deleteChannel(MOD_LOG)],
    ['that the bot does not see', 50001, deny(1n << 10n)],
    ['in which the bot may not write', 50013, deny(1n << 11n)],
    ['in which the bot may not embed', 50013, deny(1n << 14n)],
  ])('%s stops no command, and is complained about once', async (_which, code, spoil) => {
    const bot = await startAll();
    await logHere(bot);
    spoil(bot.discord);
    for (const member of ['@bob', '@dave']) {
      expect((await mute(bot, member)).embeds[0]?.color).toBe(Colors.Green);
    }
    await allLogged(bot.store);
    await vi.waitFor(() => expect(posts(bot.discord)).toHaveLength(2));
    await vi.waitFor(() => expect(warnings(bot.logs)).not.toEqual([]));
    expect(warnings(bot.logs)).toMatchObject([
      { level: 'warn', fields: { group: 'guild', case: 1, failure: { code } } },
    ]);
  });
});

/** A clock that stands still until it is moved. */
function createClock() {
  let now = Date.UTC(2026, 0, 1);
  return {
    now: () => now,
    advance(ms: number) {
      now += ms;
    },
  };
}

/** A stand-in, a record whose group "guild" is told in it, and logs as processes of their own would have them. */
async function setScene() {
  const discord = await startDiscordService();
  onTestFinished(() => discord.close());
  onTestFinished(() => expect(complaintsAbout(discord.requests)).toEqual([]));
  const clock = createClock();
  const store = await openStore('sqlite::memory:', { clock, logger: pino({ level: 'silent' }) });
  onTestFinished(() => store.close());
  const channel = discord.world.channels[MOD_LOG]?.id ?? '';
  await store.places.setLog('guild', { surface: 'discord', guild: discord.guildId, channel }, by);
  const { logs, logger } = createLog();
  const listeners = new Set<() => void>();
  const moderation: ModLogDeps['moderation'] = {
    settings: () => defaultSettings,
    onSettled(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function open(parts: Partial<ModLogDeps> = {}) {
    const rest = new REST({ api: discord.api, retries: 0 }).setToken(discord.token);
    const log = createModLog({ ...store, moderation, rest, logger, clock, retryAfter: 1, ...parts });
    onTestFinished(() => log.close());
    return log;
  }
  const wake = () => {
    for (const listener of listeners) listener();
  };
  return { discord, store, clock, logs, open, wake };
}

const CASES = 12;
const inOrder = Array.from({ length: CASES }, (_, index) => `Case ${index + 1}: /mute, done`);

describe('Discord in trouble', () => {
  it.each([
    ['fails', { kind: 'status', status: 503 }, 5],
    ['breaks the connection', { kind: 'reset' }, 5],
    ['has had enough for a moment', { kind: 'rateLimit', retryAfterS: 0.01 }, 2],
  ] as const)('that %s is told everything later, in order and once', async (_how, fault, times) => {
    const { discord, store, logs, open } = await setScene();
    for (let number = 1; number <= CASES; number += 1) await write(store);
    discord.failNext({ method: 'POST', path: /\/messages$/ }, fault, times);
    open().start();
    await toldOf(discord, CASES);
    expect(heads(discord)).toEqual(inOrder);
    expect(warnings(logs)).toEqual([]);
  });

  it('that does not take a line for an hour is told the next one', async () => {
    const { discord, store, clock, logs, open } = await setScene();
    await write(store);
    await write(store);
    discord.failNext({ method: 'POST' }, { kind: 'status', status: 500 }, Number.POSITIVE_INFINITY);
    open().start();
    await vi.waitFor(() => expect(posts(discord).length).toBeGreaterThan(1));
    clock.advance(HOUR);
    await vi.waitFor(() => expect(warnings(logs)).toMatchObject([{ level: 'warn', fields: { case: 1 } }]));
    discord.clearFaults();
    await toldOf(discord, 1);
    expect(heads(discord)).toEqual(['Case 2: /mute, done']);
  });

  it('keeps nobody waiting at the end, and the next log goes on', async () => {
    const { discord, store, open } = await setScene();
    for (let number = 1; number <= 3; number += 1) await write(store);
    discord.failNext({ method: 'POST' }, { kind: 'status', status: 500 }, Number.POSITIVE_INFINITY);
    const log = open({ retryAfter: HOUR });
    log.start();
    await vi.waitFor(() => expect(posts(discord)).toHaveLength(1));
    await log.close();
    discord.clearFaults();
    open().start();
    await toldOf(discord, 2);
    expect(heads(discord)).toEqual(inOrder.slice(1, 3));
  });

  it('that stays without a channel is complained about once an hour', async () => {
    const { discord, store, clock, logs, open, wake } = await setScene();
    discord.deleteChannel(MOD_LOG);
    open().start();
    for (const seen of [1, 2, 3]) {
      await write(store);
      wake();
      await vi.waitFor(() => expect(posts(discord)).toHaveLength(seen), 10_000);
      // The request is seen before its refusal is read: the hour must not pass in between.
      await setTimeout(200);
      if (seen > 1) clock.advance(HOUR);
    }
    await vi.waitFor(() => expect(warnings(logs)).toHaveLength(2));
    expect(warnings(logs)).toMatchObject([{ fields: { case: 1 } }, { fields: { case: 3 } }]);
  });
});

describe('the record', () => {
  it('is told once by several processes', async () => {
    const { discord, store, open } = await setScene();
    for (let number = 1; number <= CASES; number += 1) await write(store);
    for (const log of [open(), open(), open()]) log.start();
    await toldOf(discord, CASES);
    await allLogged(store);
    expect(heads(discord).toSorted()).toEqual(inOrder.toSorted());
    expect(posts(discord)).toHaveLength(CASES);
  });

  it('of more than a day ago is told no more', async () => {
    const { discord, store, clock, open } = await setScene();
    for (let number = 1; number <= 250; number += 1) await write(store);
    clock.advance(24 * HOUR + 1);
    await write(store);
    clock.advance(23 * HOUR);
    open().start();
    await toldOf(discord, 1);
    await allLogged(store);
    expect(heads(discord)).toEqual(['Case 251: /mute, done']);
  });
});
