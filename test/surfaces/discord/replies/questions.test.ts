// Questions in Discord: what is asked of whom, what each button does, and what becomes of a question that nobody answers.
import { describe, expect, it, vi } from 'vitest';
import { askedByPage } from '../../../../src/surfaces/discord/replies/page-buttons.ts';
import { createQuestions } from '../../../../src/surfaces/discord/replies/questions.ts';
import { type Bot, buttonOf, choose, setStage, startAll, startBot, textOf } from '../harness.ts';

const type = ({ discord }: Bot, command: string, options: Record<string, string>, as = 'ada') =>
  discord.type({ as, command, options });
const casesOf = async ({ discord }: Bot) =>
  textOf(await discord.type({ as: 'ada', command: 'case', options: { action: 'list' } }));

describe('a command that asks first', () => {
  it('names what and whom, to the asker alone, and has done nothing yet', async () => {
    const bot = await startAll();
    const asked = await type(bot, 'ban', { member: 'bob dave', duration: '1d' });
    expect(asked.ephemeral).toBe(true);
    expect(textOf(asked)).toMatch(/^\/ban in Moonlight Guild, for 2\. Go ahead\?\nBob \(bob\)\n/);
    expect(textOf(asked)).toMatch(/Answer within 60 seconds\. Nothing has been done yet\.$/);
    expect(bot.chat.world.isBanned('guild', 'bob')).toBe(false);
    expect(await casesOf(bot)).toMatch(/no cases/);
  });

  it('does it when confirmed, says so to everybody, and takes the question away', async () => {
    const bot = await startAll();
    const asked = await type(bot, 'ban', { member: 'bob', duration: '1d', reason: 'raid' });
    const done = await choose(bot, asked, 'confirm', 'ada');
    expect(textOf(done)).toMatch(/^Bob \(bob\) is banned for 1 day.*\nReason: raid$/s);
    expect(done.ephemeral).toBe(false);
    expect(bot.chat.world.isBanned('guild', 'bob')).toBe(true);
    const left = bot.discord.messages('general').map(({ id }) => id);
    expect(left).toContain(done.id);
    expect(left).not.toContain(asked.id);
  });

  it('does nothing when cancelled, and keeps no case', async () => {
    const bot = await startAll();
    const asked = await type(bot, 'promote', { member: 'bob' });
    const cancelled = await choose(bot, asked, 'cancel', 'ada');
    expect(textOf(cancelled)).toBe('Cancelled. Nothing was done.');
    expect(cancelled.ephemeral).toBe(true);
    expect(bot.chat.world.member('guild', 'bob')?.role).toBe('Member');
    expect(await casesOf(bot)).toMatch(/no cases/);
  });

  it('does nothing when nobody answers in time, and says so in place of the question', async () => {
    const stage = await setStage();
    const bot = await startBot(stage, { answerWithin: 30 });
    const asked = await type(bot, 'promote', { member: 'bob' });
    expect(buttonOf(asked, ':confirm')).toMatch(/^chat-marshal-ask:/);
    await vi.waitFor(() =>
      expect(bot.discord.requests.at(-1)).toMatchObject({
        method: 'PATCH',
        path: expect.stringMatching(/\/messages\/@original$/),
        body: { components: [], embeds: [{ description: 'Nobody answered in time. Nothing was done.' }] },
      }),
    );
    expect(bot.chat.world.member('guild', 'bob')?.role).toBe('Member');
  });

  it('is asked about more than five members, whatever it is', async () => {
    const bot = await startAll();
    const six = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6'];
    for (const account of six) bot.chat.world.addMember('guild', account);
    const asked = await type(bot, 'mute', { member: six.join(' '), duration: '60' });
    expect(textOf(asked)).toMatch(/^\/mute in Moonlight Guild, for 6\. Go ahead\?/);
    expect(textOf(await choose(bot, asked, 'confirm', 'ada'))).toMatch(/^\/mute: 6 done/);
    const five = await type(bot, 'nick', { member: six.slice(1).join(' '), name: 'x' });
    expect(textOf(five)).toMatch(/^\/nick: 5 done/);
  });

  it('is refused when what was asked about has changed meanwhile', async () => {
    const bot = await startAll();
    const asked = await type(bot, 'promote', { member: 'bob dave' });
    const dave = bot.chat.world.member('guild', 'dave');
    if (dave !== undefined) dave.role = 'Admin';
    const refused = await choose(bot, asked, 'confirm', 'ada');
    expect(textOf(refused)).toMatch(/^Something has changed since you were asked/);
    expect(bot.chat.world.member('guild', 'bob')?.role).toBe('Member');
  });

  it('counts once: a second press is told so', async () => {
    const bot = await startAll();
    const asked = await type(bot, 'promote', { member: 'bob' });
    const customId = buttonOf(asked, ':confirm');
    const [first, second] = await Promise.all([
      bot.discord.click({ as: 'ada', message: asked, customId }),
      bot.discord.click({ as: 'ada', message: asked, customId }),
    ]);
    expect([textOf(first), textOf(second)].sort()).toEqual([
      'Bob (bob) is now an admin.',
      'You have answered this question already; what came of it stands in the reply.',
    ]);
  });

  it('is over when the bot was started anew', async () => {
    const stage = await setStage();
    const before = await startBot(stage);
    const asked = await type(before, 'promote', { member: 'bob' });
    await before.running.close();
    const after = await startBot(stage);
    const stale = { ...asked, id: asked.id };
    const pressed = await after.discord
      .click({ as: 'ada', message: stale, customId: buttonOf(asked, ':confirm') })
      .catch((error: unknown) => error);
    // The old bot ended the question when it closed, so that there is no button to press any more.
    expect(String(pressed)).toMatch(/no component|is over/);
    expect(after.chat.world.member('guild', 'bob')?.role).toBe('Member');
  });
});

describe('a mute of somebody who is muted already', () => {
  const until = ({ chat }: Bot) => chat.world.group('guild').mutes.get('carol') ?? 0;

  it.each([
    ['extend', (before: number) => before + 3_600],
    ['until', (before: number) => before],
    ['replace', (_before: number, now: number) => now + 3_600],
  ])('%s', async (way, expected) => {
    const bot = await startAll();
    const before = Math.floor(Date.now() / 1_000) + 7_200;
    bot.chat.world.group('guild').mutes.set('carol', before);
    const asked = await type(bot, 'mute', { member: 'carol', duration: '1h' });
    expect(asked.ephemeral).toBe(true);
    expect(textOf(asked)).toMatch(/^Carol \(carol\) is already muted\. What should 1 hour mean\?/);
    await choose(bot, asked, way, 'ada');
    expect(Math.abs(until(bot) - expected(before, Math.floor(Date.now() / 1_000)))).toBeLessThanOrEqual(2);
  });

  it('is a choice first and a confirmation then, where there are many', async () => {
    const bot = await startAll();
    const five = ['p1', 'p2', 'p3', 'p4', 'p5'];
    for (const account of five) bot.chat.world.addMember('guild', account);
    const first = await type(bot, 'mute', { member: ['carol', ...five].join(' '), duration: '5h' });
    const second = await choose(bot, first, 'extend', 'ada');
    expect(textOf(second)).toMatch(/for 6\. Go ahead\?/);
    expect(textOf(await choose(bot, second, 'confirm', 'ada'))).toMatch(/^\/mute: 6 done/);
  });
});

describe('a press', () => {
  const question = { message: { id: 'consent.head' }, lines: [], choices: ['confirm'] } as const;
  const translator = { locale: 'en', text: () => 'x' } as const;
  const press = (customId: string, id: string) =>
    ({ customId, user: { id } }) as Parameters<ReturnType<typeof createQuestions>['take']>[0];

  it('of anybody but the asker counts for nothing', async () => {
    const questions = createQuestions();
    const { reply, press: pressed } = questions.open('1', question, translator);
    const id = buttonOf({ components: [...(reply.body.components ?? [])] as never }, ':confirm');
    expect(questions.take(press(id, '2'))).toBe('not yours');
    expect(questions.take(press(id, '1'))).toBe('taken');
    expect((await pressed)?.choice).toBe('confirm');
    expect(questions.take(press(id, '1'))).toBe('answered');
    expect(questions.take(press('somebody-elses:button', '1'))).toBe('foreign');
  });
});

describe('pages', () => {
  it('of cases go back to the oldest and forth to the newest, in place', async () => {
    const bot = await startAll();
    for (let index = 0; index < 45; index += 1) {
      await type(bot, 'nick', { member: 'bob', name: `n${index}` });
    }
    const newest = await type(bot, 'case', { action: 'list', command: 'nick' });
    expect(textOf(newest)).toMatch(/#45 ·/);
    expect(buttonOf(newest, 'no')).toBe('no button');
    const older = (page: Awaited<ReturnType<typeof type>>) =>
      bot.discord.click({ as: 'ada', message: page, customId: pageButton(page, 'Older') });
    const second = await older(newest);
    expect(second.id).toBe(newest.id);
    expect(textOf(second)).toMatch(/#25 ·.*#6 ·/s);
    const last = await older(second);
    expect(textOf(last)).toMatch(/#5 ·.*#1 ·/s);
    expect(pageButton(last, 'Older')).toBe('no button');
    const again = await bot.discord.click({
      as: 'ada',
      message: last,
      customId: pageButton(last, 'Newest'),
    });
    expect(textOf(again)).toMatch(/#45 ·/);
  });

  it('are of commands that change nothing: a forged button is none of ours', async () => {
    const { moderation } = await setStage();
    const asked = (line: string) =>
      askedByPage(`chat-marshal-page:${line}`, moderation.registry)?.command.name;
    expect(asked('case action:"list"')).toBe('case');
    expect(asked('ban @bob 1d')).toBeUndefined();
    expect(asked('undo')).toBeUndefined();
  });

  it('an export is a file of JSON Lines', async () => {
    const bot = await startAll();
    await type(bot, 'nick', { member: 'bob', name: 'x' });
    const exported = await type(bot, 'case', { action: 'export' });
    expect(textOf(exported)).toMatch(/^One case as JSON Lines/);
    expect(JSON.stringify(exported)).toContain('cases.jsonl');
  });
});

function pageButton({ components }: { readonly components: readonly object[] }, label: string): string {
  const rows = components as readonly { components?: readonly { label: string; custom_id: string }[] }[];
  const buttons = rows.flatMap((row) => row.components ?? []);
  return buttons.find((one) => one.label === label)?.custom_id ?? 'no button';
}
