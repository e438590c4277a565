// Components: buttons and menus under a message, as members use them.

import { type Interaction, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { login, startService } from '../harness.ts';

describe('components', () => {
  const button = (custom_id: string, more: object = {}) =>
    ({ type: 2, style: 1, label: custom_id, custom_id, ...more }) as const;
  const rows = [
    { type: 1, components: [button('undo'), button('off', { disabled: true })] },
    { type: 1, components: [{ type: 5, custom_id: 'who' }] },
  ] as const;

  async function withButtons(onPress: (interaction: Interaction) => unknown, flags?: MessageFlags.Ephemeral) {
    const service = await startService();
    const client = await login(service, async (interaction) => {
      if (interaction.isChatInputCommand()) {
        await interaction.reply({ content: 'muted', components: rows, ...(flags ? { flags } : {}) });
      } else await onPress(interaction);
    });
    await client.application.commands.set([{ name: 'show', description: 'Shows buttons' }]);
    return { service, message: await service.type({ as: 'bob', command: 'show' }) };
  }

  it('update the message that they are on', async () => {
    const { service, message } = await withButtons(async (interaction) => {
      if (interaction.isButton()) await interaction.update({ content: 'undone', components: [] });
    });
    const reply = await service.click({ as: 'alice', message, customId: 'undo' });
    expect(reply).toMatchObject({ kind: 'update', id: message.id, content: 'undone', edits: 0 });
    expect(message).toMatchObject({ content: 'undone', components: [], edits: 1 });
  });

  it('update it later when the update was deferred', async () => {
    const { service, message } = await withButtons(async (interaction) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await interaction.editReply(`undone by ${interaction.user.username}`);
    });
    const reply = await service.click({ as: 'alice', message, customId: 'undo' });
    expect(reply).toMatchObject({ kind: 'update', deferred: true, pending: false });
    expect(message.content).toBe('undone by alice');
  });

  it('may be answered by a message of their own', async () => {
    const { service, message } = await withButtons(async (interaction) => {
      if (interaction.isButton()) await interaction.reply({ content: 'no', flags: MessageFlags.Ephemeral });
    });
    const reply = await service.click({ as: 'alice', message, customId: 'undo' });
    expect(reply).toMatchObject({ kind: 'message', content: 'no', ephemeral: true });
    expect(message.content).toBe('muted');
  });

  it('of a menu carry what was chosen', async () => {
    const { service, message } = await withButtons(async (interaction) => {
      if (interaction.isUserSelectMenu())
        await interaction.reply(interaction.users.map((user) => user.username).join());
    });
    const reply = await service.click({ as: 'alice', message, customId: 'who', values: ['bob', 'carol'] });
    expect(reply.content).toBe('bob,carol');
  });

  it('cannot be pressed when absent, disabled, or on a message for another', async () => {
    const { service, message } = await withButtons(() => undefined, MessageFlags.Ephemeral);
    for (const [as, customId] of [
      ['bob', 'other'],
      ['bob', 'off'],
      ['alice', 'undo'],
    ] as const) {
      await expect(service.click({ as, message, customId })).rejects.toMatchObject({
        reason: 'unknown-component',
      });
    }
  });
});
