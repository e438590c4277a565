// Specification: what the stand-in sends agrees with Discord's public API specification.

import { describe, expect, it } from 'vitest';
import type { DiscordService } from '../../../src/sandbox/discord/index.ts';
import { call, login, startService } from './harness.ts';
import { complaints } from './judge.ts';

const COMMAND = {
  name: 'mute',
  description: 'Mutes a member',
  default_member_permissions: '8',
  contexts: [0],
  options: [
    { type: 3, name: 'member', description: 'Who', required: true, choices: [{ name: 'Bob', value: 'bob' }] },
  ],
};
const EMBED = {
  title: 'Muted',
  description: 'for 1 h',
  color: 0xff0000,
  fields: [{ name: 'Who', value: 'bob' }],
};
const ROW = { type: 1, components: [{ type: 2, style: 4, label: 'Undo', custom_id: 'undo' }] };

async function json(service: DiscordService, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await call(service, method, path, body);
  expect(response.status).toBeLessThan(300);
  return response.json();
}

describe('what REST answers', () => {
  it.each([
    ['GatewayBotResponseSchema', '/gateway/bot'],
    ['GatewayResponseSchema', '/gateway'],
    ['PrivateApplicationResponseSchema', '/applications/@me'],
    ['UserPIIResponseSchema', '/users/@me'],
    ['UserResponseSchema', '/users/1100000000000000042'],
    ['GuildWithCountsResponseSchema', '/guilds/1100000000000000001'],
    ['GuildMemberResponseSchema', '/guilds/1100000000000000001/members/1100000000000000042'],
    ['GuildChannelResponseSchema', '/channels/1100000000000000032'],
  ])('%s', async (schema, path) => {
    const service = await startService();
    expect(complaints(schema, await json(service, 'GET', path))).toEqual([]);
  });

  it('ApplicationCommandResponseSchema', async () => {
    const service = await startService();
    const path = `/applications/${service.applicationId}/commands`;
    expect(
      complaints('ApplicationCommandResponseSchema', await json(service, 'POST', path, COMMAND)),
    ).toEqual([]);
  });

  it('MessageResponseSchema', async () => {
    const service = await startService();
    const path = `/channels/${service.world.channels.general?.id}/messages`;
    const message = await json(service, 'POST', path, {
      content: 'hi <@1100000000000000045>',
      embeds: [EMBED],
      components: [ROW],
    });
    expect(complaints('MessageResponseSchema', message)).toEqual([]);
  });

  it('ErrorSchema', async () => {
    const service = await startService();
    const response = await call(service, 'POST', `/applications/${service.applicationId}/commands`, {});
    expect(response.status).toBe(400);
    // Not ErrorResponseSchema: its nested codes are numbers, while Discord answers names such as
    // BASE_TYPE_REQUIRED.
    expect(complaints('ErrorSchema', await response.json())).toEqual([]);
  });
});

describe('the reply to an interaction', () => {
  it.each(['message', 'deferred'])('agrees with the specification: %s', async (kind) => {
    const service = await startService();
    const client = await login(service, async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      if (kind === 'deferred') await interaction.deferReply();
      if (kind === 'deferred') await interaction.editReply({ embeds: [EMBED], components: [ROW] });
      else await interaction.reply({ embeds: [EMBED], components: [ROW] });
    });
    await client.application.commands.set([COMMAND]);
    const reply = await service.type({ as: 'ada', command: 'mute', options: { member: 'bob' } });
    expect(complaints('MessageResponseSchema', reply.raw)).toEqual([]);
  });

  it('is told by with_response', async () => {
    const service = await startService();
    const told: unknown[] = [];
    const client = await login(service, async (interaction) => {
      const path = `/interactions/${interaction.id}/${interaction.token}/callback?with_response=true`;
      told.push(await json(service, 'POST', path, { type: 4, data: { content: 'hi', flags: 64 } }));
    });
    await client.application.commands.set([COMMAND]);
    await service.type({ as: 'ada', command: 'mute', options: { member: 'bob' } });
    await expect.poll(() => told).toHaveLength(1);
    expect(complaints('InteractionCallbackResponseSchema', told[0])).toEqual([]);
  });
});
