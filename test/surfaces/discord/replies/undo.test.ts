// Undo in Discord: the command, and the button under what was done.
import { describe, expect, it } from 'vitest';
import { type Bot, startAll, textOf, typeAndConfirm } from '../harness.ts';

const promoteBob = (bot: Bot) =>
  typeAndConfirm(bot, { as: 'ada', command: 'promote', options: { member: '@bob' } });
const roleOfBob = ({ chat }: Bot) => chat.world.member('guild', 'bob')?.role;

function undoId(reply: { readonly components: readonly object[] }): string {
  return /"custom_id":"([^"]+)"/.exec(JSON.stringify(reply.components))?.[1] ?? 'no button';
}

describe('/undo', () => {
  it('takes back the latest of the asker, and says so to everybody', async () => {
    const bot = await startAll();
    await promoteBob(bot);
    const reply = await bot.discord.type({ as: 'ada', command: 'undo', options: { reason: 'a slip' } });
    expect(textOf(reply)).toMatch(/^Bob \(bob\): \/promote was undone\.\nReason: a slip$/);
    expect(reply.ephemeral).toBe(false);
    expect(roleOfBob(bot)).toBe('Member');
  });

  it('with nothing to take back is refused, for the asker alone', async () => {
    const bot = await startAll();
    const reply = await bot.discord.type({ as: 'ada', command: 'undo' });
    expect(textOf(reply)).toMatch(/nothing here that can be undone/);
    expect(reply.ephemeral).toBe(true);
  });
});

describe('the Undo button', () => {
  it('stands under what can be taken back, with the number of the case', async () => {
    const bot = await startAll();
    const done = await promoteBob(bot);
    expect(undoId(done)).toBe('chat-marshal-undo:1:guild');
    expect(done.embeds[0]?.footer?.text).toBe('/promote · guild · #1');
    const recalled = await bot.discord.type({
      as: 'ada',
      command: 'recall',
      options: { messages: 'last 1' },
    });
    expect(recalled.components).toEqual([]);
    const refused = await bot.discord.type({
      as: 'ada',
      command: 'mute',
      options: { member: 'olivia', duration: '60' },
    });
    expect(refused.components).toEqual([]);
  });

  it('undoes once, whoever presses it', async () => {
    const bot = await startAll();
    const done = await promoteBob(bot);
    const customId = undoId(done);
    const undone = await bot.discord.click({ as: 'olivia', message: done, customId });
    expect(textOf(undone)).toMatch(/\/promote was undone/);
    expect(roleOfBob(bot)).toBe('Member');
    const again = await bot.discord.click({ as: 'ada', message: done, customId });
    expect(textOf(again)).toMatch(/it was undone already, by case 2/);
    expect(again.ephemeral).toBe(true);
  });

  it('asks the policy: somebody without the permission is refused', async () => {
    const bot = await startAll();
    const done = await promoteBob(bot);
    const pressed = await bot.discord.click({ as: 'dave', message: done, customId: undoId(done) });
    expect(textOf(pressed)).toMatch(/You may not use \/undo here/);
    expect(pressed.ephemeral).toBe(true);
    expect(roleOfBob(bot)).toBe('Admin');
  });
});
