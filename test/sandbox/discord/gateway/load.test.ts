// Load: many people at once, each of whom gets the answer to what they asked.

import { MessageFlags } from 'discord.js';
import { expect, it } from 'vitest';
import { login, ManualClock, startService } from '../harness.ts';

const ECHO = {
  name: 'echo',
  description: 'Repeats',
  options: [{ type: 4, name: 'number', description: 'What', required: true }],
};

it('500 interactions at once are each deferred and filled', async () => {
  const service = await startService({ clock: new ManualClock() });
  const client = await login(service, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply(String(interaction.options.getInteger('number')));
  });
  await client.application.commands.set([ECHO]);
  const numbers = Array.from({ length: 500 }, (_, index) => index);
  const replies = await Promise.all(
    numbers.map((number) => service.type({ as: 'bob', command: 'echo', options: { number } })),
  );
  expect(replies.map((reply) => Number(reply.content))).toEqual(numbers);
  expect(new Set(replies.map((reply) => reply.id)).size).toBe(500);
});
