// Replies: in time, to the right eyes, and never lost, whatever Chat and Discord do meanwhile.
import { describe, expect, it, vi } from 'vitest';
import { type Bot, setStage, startAll, startBot, textOf } from '../harness.ts';

const MUTE = { command: 'mute', options: { member: 'bob', duration: '1h' } } as const;

/** Longer than a reply is waited for. */
const SLOW = { kind: 'slow', ms: 2_000 } as const;
/** Longer than Discord waits. */
const SLOWER = { kind: 'slow', ms: 3_500 } as const;

const muted = ({ chat }: Bot) => chat.world.isMuted('guild', 'bob');
const errors = ({ logs }: Bot) => logs.filter(({ level }) => level === 'error');

describe('when Chat is slow', () => {
  it('a change is promised to everybody and told when it is done', async () => {
    const bot = await startAll();
    bot.chat.faults.next('modify_group_member_info', SLOWER);
    const reply = await bot.discord.type({ as: 'ken', ...MUTE });
    expect(reply).toMatchObject({ kind: 'message', deferred: true, ephemeral: false, followUps: [] });
    expect(textOf(reply)).toMatch(/is muted for 1 hour/);
    expect(reply.allowedMentions).toMatchObject({ parse: [] });
  });

  it('an answer and a dry run are promised to the asker alone', async () => {
    const bot = await startAll();
    bot.chat.faults.next('get_group_info', SLOW, 2);
    const whois = bot.discord.type({ as: 'ken', command: 'whois', options: { member: 'bob' } });
    const dryRun = bot.discord.type({ as: 'ken', command: 'lock', options: { 'dry-run': true } });
    for (const reply of await Promise.all([whois, dryRun])) {
      expect(reply).toMatchObject({ kind: 'message', deferred: true, ephemeral: true, followUps: [] });
    }
  });

  it('a refusal takes the promise back and is told to the asker alone', async () => {
    const bot = await startAll();
    bot.chat.faults.next('get_specified_group_member_info', SLOW);
    const reply = await bot.discord.type({
      as: 'ken',
      command: 'mute',
      options: { member: 'alice', duration: '1h' },
    });
    await bot.discord.until(reply, ({ followUps }) => followUps.length === 1);
    expect(reply).toMatchObject({ deferred: true, ephemeral: false, deleted: true });
    expect(reply.followUps).toMatchObject([{ ephemeral: true, allowedMentions: { parse: [] } }]);
    expect(reply.followUps.map(textOf).join()).toMatch(/is an admin here/);
    expect(bot.discord.messages('general')).toEqual([]);
  });
});

describe('many at once', () => {
  it('are each answered once, and each done', async () => {
    // The service's clock stands still: how fast this machine is does not decide.
    const now = Date.now();
    const stage = await setStage({ clock: { now: () => now } });
    const bot = await startBot(stage);
    const accounts = Array.from({ length: 250 }, (_, index) => `player${index}`);
    for (const account of accounts) bot.chat.world.addMember('guild', account);
    const replies = await Promise.all(
      accounts.map((account) =>
        bot.discord.type({ as: 'ada', command: 'mute', options: { member: account, duration: '1h' } }),
      ),
    );
    expect(replies.map(({ kind }) => kind)).toEqual(accounts.map(() => 'message'));
    for (const [index, account] of accounts.entries()) {
      const reply = replies[index];
      expect(reply && textOf(reply)).toMatch(new RegExp(`^${account} is muted for 1 hour`));
      expect(reply?.followUps).toEqual([]);
      expect(bot.chat.world.isMuted('guild', account)).toBe(true);
    }
    // Beyond the first hundred, a reply is promised without waiting for Chat.
    expect(replies.filter(({ deferred }) => deferred).length).toBeGreaterThanOrEqual(150);
    expect(errors(bot)).toEqual([]);
  });
});

describe('when Discord does not take the reply', () => {
  const callback = { method: 'POST', path: /\/callback$/ };

  it.each([
    ['a lost connection', { kind: 'reset' }],
    ['a failure of its own', { kind: 'status', status: 500 }],
    ['a rate limit', { kind: 'rateLimit', retryAfterS: 0.05 }],
  ] as const)('because of %s, it is sent again', async (_what, fault) => {
    const bot = await startAll();
    bot.discord.failNext(callback, fault);
    const reply = await bot.discord.type({ as: 'ken', ...MUTE });
    expect(textOf(reply)).toMatch(/is muted for 1 hour/);
    expect(reply.followUps).toEqual([]);
    expect(errors(bot)).toEqual([]);
  });

  it('because it had it already, the reply is filled in', async () => {
    const bot = await startAll();
    const already = { kind: 'error', code: 40060 } as const;
    bot.discord.failNext(callback, already);
    bot.chat.faults.next('modify_group_member_info', SLOW);
    const reply = await bot.discord.type({ as: 'ken', ...MUTE });
    expect(textOf(reply)).toMatch(/is muted for 1 hour/);
    expect(errors(bot)).toEqual([]);
  });

  it('because of an error, it is sent once more', async () => {
    const bot = await startAll();
    bot.discord.failNext(callback, { kind: 'error', code: 50013 });
    expect(textOf(await bot.discord.type({ as: 'ken', ...MUTE }))).toMatch(/is muted for 1 hour/);
    expect(errors(bot)).toEqual([]);
  });

  it.each([50013, 10062] as const)(
    'ever, because of %s, what was done stays done and is logged',
    async (code) => {
      const bot = await startAll();
      bot.discord.failNext(callback, { kind: 'error', code }, 9);
      const reply = await bot.discord.type({ as: 'ken', ...MUTE });
      expect(reply.kind).toBe('late');
      expect(muted(bot)).toBe(true);
      expect(errors(bot)).toMatchObject([{ message: 'a reply to Discord was lost' }]);
      expect(bot.logs).toContainEqual(
        expect.objectContaining({
          fields: expect.objectContaining({ failure: expect.objectContaining({ code }) }),
        }),
      );
      bot.discord.clearFaults();
      const next = await bot.discord.type({ as: 'ken', command: 'unmute', options: { member: 'bob' } });
      expect(textOf(next)).toMatch(/may speak again/);
    },
  );

  it.each([
    ['a missing permission', { kind: 'error', code: 50013 }],
    ['a deleted reply', { kind: 'error', code: 10008 }],
  ] as const)('that it was promised, because of %s, a follow-up holds it', async (_what, fault) => {
    const bot = await startAll();
    bot.discord.failNext({ method: 'PATCH' }, fault);
    bot.chat.faults.next('modify_group_member_info', SLOW);
    const reply = await bot.discord.type({ as: 'ken', ...MUTE });
    expect(reply.deferred).toBe(true);
    expect(textOf(reply)).toMatch(/is muted for 1 hour/);
    expect(errors(bot)).toEqual([]);
  });

  it('no token is logged', async () => {
    const bot = await startAll();
    bot.discord.failNext({ path: /callback|webhooks/ }, { kind: 'error', code: 50013 }, 2);
    await bot.discord.type({ as: 'ken', ...MUTE });
    const paths = bot.discord.requests.map(({ path }) => path);
    const token = paths.map((path) => /interactions\/\d+\/([^/]+)\/callback/.exec(path)?.[1]).find(Boolean);
    expect(token).toBeTruthy();
    expect(JSON.stringify(bot.logs)).not.toContain(token);
    expect(JSON.stringify(bot.logs)).not.toContain(bot.discord.token);
  });
});

describe('a fault inside the bot', () => {
  it('is told with a reference that the log has, too', async () => {
    const stage = await setStage();
    vi.spyOn(stage.moderation.pipeline, 'handle').mockRejectedValue(new Error('a bug'));
    const bot = await startBot(stage);
    const reply = await bot.discord.type({ as: 'ken', ...MUTE });
    expect(reply.ephemeral).toBe(true);
    const reference = /the log has it as ([0-9a-f]{8})\./.exec(textOf(reply))?.[1];
    expect(errors(bot)).toMatchObject([{ fields: { reference, failure: { message: 'a bug' } } }]);
  });
});

describe('the connection to Discord', () => {
  it.each(['is dropped', 'is asked to reconnect'])('%s, and no command is lost', async (how) => {
    const bot = await startAll();
    if (how === 'is dropped') bot.discord.dropConnections();
    else bot.discord.requestReconnect();
    const replies = await Promise.all(
      ['bob', 'dave', 'erin'].map((member) =>
        bot.discord.type({ as: 'ken', command: 'mute', options: { member, duration: '1h' } }),
      ),
    );
    for (const reply of replies) expect(textOf(reply)).toMatch(/is muted for 1 hour/);
    expect(errors(bot)).toEqual([]);
  });

  it('is closed only when the commands in progress are answered', async () => {
    const bot = await startAll();
    bot.chat.faults.next('modify_group_member_info', { kind: 'slow', ms: 500 });
    const typed = bot.discord.type({ as: 'ken', ...MUTE });
    await vi.waitFor(() => expect(bot.chat.requests.length).toBeGreaterThan(0));
    await bot.running.close();
    expect(textOf(await typed)).toMatch(/is muted for 1 hour/);
    expect(bot.running.client.isReady()).toBe(false);
  });
});
