// The record does not depend on Discord: what Chat did is applied, whatever became of the reply.
import { describe, expect, it, vi } from 'vitest';
import { type Bot, buttonOf, startAll } from './harness.ts';

type Fault = Parameters<Bot['discord']['failNext']>[1];

const faults: readonly (readonly [string, Fault])[] = [
  ['50013', { kind: 'error', code: 50013 }],
  ['10062', { kind: 'error', code: 10062 }],
  ['429', { kind: 'rateLimit', retryAfterS: 0.02 }],
];

const MUTE = { as: 'ken', command: 'mute', options: { member: 'bob', duration: '1h' } } as const;

/** Every way to a reply. */
const replies = { path: /\/callback$|\/webhooks\// };

const sent = ({ chat }: Bot, name: string) => chat.requests.filter(({ endpoint }) => endpoint === name);

async function expectApplied(bot: Bot): Promise<void> {
  expect(await bot.store.cases.find('guild', 1)).toMatchObject({
    state: 'applied',
    targets: [{ target: 'bob', outcome: 'done' }],
  });
  expect(await bot.store.cases.find('guild', 2)).toBeNull();
  expect(sent(bot, 'modify_group_member_info')).toHaveLength(1);
}

/** Does the same under every fault at once, each with a bot of its own: the stand-in waits 3 s for a lost reply. */
const underEach = (work: (bot: Bot, fail: () => void) => Promise<void>): Promise<unknown> =>
  Promise.all(
    faults.map(async ([, fault]) => {
      const bot = await startAll();
      await work(bot, () => bot.discord.failNext(replies, fault, 3));
    }),
  );

describe('50013, 10062 and 429 from Discord', () => {
  it('to the reply leave the case applied', () =>
    underEach(async (bot, fail) => {
      fail();
      await bot.discord.type(MUTE);
      await expectApplied(bot);
      expect(bot.chat.world.isMuted('guild', 'bob')).toBe(true);
    }));

  it('to the reply that was promised leave the case applied', () =>
    underEach(async (bot, fail) => {
      const promised = Promise.withResolvers<void>();
      bot.chat.faults.next('modify_group_member_info', { kind: 'held', hold: () => promised.promise });
      // Whoever typed may see the promise to the end.
      void Promise.allSettled([bot.discord.type(MUTE)]);
      const callbacks = () => bot.discord.requests.filter(({ path }) => path.endsWith('/callback'));
      await vi.waitFor(() => expect(callbacks()).toHaveLength(1), 5_000);
      fail();
      promised.resolve();
      await vi.waitFor(async () => expect((await bot.store.cases.find('guild', 1))?.state).toBe('applied'));
      await bot.running.close();
      await expectApplied(bot);
    }));

  it('to what was confirmed leave the case applied', () =>
    underEach(async (bot, fail) => {
      const question = await bot.discord.type({ as: 'ada', command: 'promote', options: { member: 'bob' } });
      fail();
      await bot.discord.click({ as: 'ada', message: question, customId: buttonOf(question, ':confirm') });
      await vi.waitFor(async () => expect((await bot.store.cases.find('guild', 1))?.state).toBe('applied'));
      await expectApplied(bot);
      expect(bot.chat.world.member('guild', 'bob')?.role).toBe('Admin');
    }));

  it('to the question let nothing be done without an answer', () =>
    underEach(async (bot, fail) => {
      fail();
      await bot.discord.type({ as: 'ada', command: 'promote', options: { member: 'bob' } });
      await bot.running.close();
      expect(await bot.store.cases.find('guild', 1)).toBeNull();
      expect(sent(bot, 'modify_group_member_info')).toEqual([]);
    }));
});
