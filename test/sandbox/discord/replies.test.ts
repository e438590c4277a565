// Replies: slash commands typed at the real discord.js, and every way in which it answers them.

import { type ChatInputCommandInteraction, type DiscordAPIError, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordService, DiscordServiceOptions } from '../../../src/sandbox/discord/index.ts';
import { call, login, ManualClock, startService } from './harness.ts';

const MUTE = {
  name: 'mute',
  description: 'Mutes a member',
  options: [{ type: 3, name: 'member', description: 'Who', required: true }],
};

type Handler = (interaction: ChatInputCommandInteraction) => Promise<unknown>;

async function start(handle: Handler, options: DiscordServiceOptions = {}): Promise<DiscordService> {
  const service = await startService(options);
  const client = await login(service, async (interaction) => {
    if (interaction.isChatInputCommand()) await handle(interaction);
  });
  await client.application.commands.set([MUTE]);
  return service;
}

function mute(service: DiscordService) {
  return service.type({ as: 'alice', command: 'mute', options: { member: 'bob' } });
}

/** What a call of discord.js was refused with. */
async function codeOf(action: Promise<unknown>): Promise<number | string> {
  return action.then(
    () => 0,
    (error: DiscordAPIError) => error.code,
  );
}

describe('a reply', () => {
  it('arrives with all that it holds', async () => {
    const service = await start((interaction) =>
      interaction.reply({
        content: `muted ${interaction.options.getString('member')}`,
        embeds: [{ title: 'Case 1', fields: [{ name: 'For', value: '1 h' }] }],
        allowedMentions: { parse: [] },
      }),
    );
    const reply = await mute(service);
    expect(reply).toMatchObject({
      kind: 'message',
      content: 'muted bob',
      embeds: [{ title: 'Case 1', fields: [{ name: 'For', value: '1 h', inline: false }] }],
      allowedMentions: { parse: [] },
      ephemeral: false,
      deferred: false,
      edits: 0,
      deleted: false,
      raw: { author: { username: 'marshal', bot: true }, channel_id: service.world.channels.general?.id },
    });
    expect(service.messages('general')).toMatchObject([{ content: 'muted bob' }]);
  });

  it('is seen by one person when it is ephemeral', async () => {
    const service = await start((interaction) =>
      interaction.reply({ content: 'only you', flags: MessageFlags.Ephemeral }),
    );
    const reply = await mute(service);
    expect(reply).toMatchObject({ content: 'only you', ephemeral: true });
    expect(service.messages('general')).toEqual([]);
    const path = `/channels/${reply.channelId}/messages/${reply.id}`;
    expect((await call(service, 'GET', path)).status).toBe(404);
  });

  it('is edited, fetched and deleted by its token', async () => {
    const service = await start(async (interaction) => {
      await interaction.reply('one');
      await interaction.editReply({ content: 'two', embeds: [{ description: 'more' }] });
      await interaction.editReply({ embeds: [] });
      const fetched = await interaction.fetchReply();
      await interaction.followUp(`then ${fetched.content}`);
      await interaction.deleteReply();
    });
    const reply = await service.until(await mute(service), ({ deleted }) => deleted);
    expect(reply).toMatchObject({ content: 'two', embeds: [], edits: 2, deleted: true });
    expect(reply.followUps).toMatchObject([{ content: 'then two' }]);
  });

  it('may bring files', async () => {
    const service = await start((interaction) =>
      interaction.reply({ content: 'log', files: [{ name: 'log.txt', attachment: Buffer.from('hello') }] }),
    );
    expect((await mute(service)).attachments).toMatchObject([{ filename: 'log.txt', size: 5 }]);
    expect(service.requests.at(-1)).toMatchObject({ files: ['log.txt'], body: { data: { content: 'log' } } });
  });

  it('may be laid out by components alone', async () => {
    const service = await start((interaction) =>
      interaction.reply({
        flags: MessageFlags.IsComponentsV2,
        components: [{ type: 17, components: [{ type: 10, content: 'laid out' }] }],
      }),
    );
    expect((await mute(service)).components).toMatchObject([
      { type: 17, components: [{ content: 'laid out' }] },
    ]);
  });
});

describe('a deferred reply', () => {
  it('is waited for until it is filled', async () => {
    const service = await start(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('done');
    });
    expect(await mute(service)).toMatchObject({
      content: 'done',
      ephemeral: true,
      deferred: true,
      pending: false,
      edits: 1,
    });
  });

  it('is filled by the first follow-up and keeps who sees it', async () => {
    const service = await start(async (interaction) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.followUp('fills');
      await interaction.followUp({ content: 'further', flags: MessageFlags.Ephemeral });
    });
    const reply = await service.until(await mute(service), ({ followUps }) => followUps.length > 0);
    expect(reply).toMatchObject({ content: 'fills', ephemeral: true, edits: 1 });
    expect(reply.followUps).toMatchObject([{ content: 'further', ephemeral: true }]);
  });

  it('shows as loading before it is filled', async () => {
    const service = await start(async (interaction) => {
      await interaction.deferReply();
      const { flags } = await interaction.fetchReply();
      await interaction.editReply(flags.has(MessageFlags.Loading) ? 'was loading' : 'was not');
    });
    const reply = await mute(service);
    expect(reply.content).toBe('was loading');
    expect((reply.raw?.flags ?? 0) & MessageFlags.Loading).toBe(0);
  });

  it('may be deleted instead', async () => {
    const service = await start(async (interaction) => {
      await interaction.deferReply();
      await interaction.deleteReply();
    });
    expect(await mute(service)).toMatchObject({ deleted: true, pending: false });
  });

  it('can be given up on', async () => {
    const service = await start((interaction) => interaction.deferReply());
    const options = { member: 'bob' };
    const waiting = service.type({ as: 'alice', command: 'mute', options, signal: AbortSignal.timeout(50) });
    await expect(waiting).rejects.toThrow('timeout');
  });

  it('is not waited for when the service closes', async () => {
    const service = await start((interaction) => interaction.deferReply());
    const waiting = mute(service);
    await expect.poll(() => service.messages('general')).toHaveLength(1);
    const outcome = waiting.catch((error) => error);
    await service.close();
    expect(await outcome).toMatchObject({ reason: 'offline' });
  });
});

describe('the 3 seconds', () => {
  it('end in "late", and the answer after them is refused with 10062', async () => {
    const clock = new ManualClock();
    const { promise: refused, resolve } = Promise.withResolvers<number | string>();
    const service = await start(
      async (interaction) => {
        clock.advance(3_000);
        resolve(await codeOf(interaction.reply('too late')));
      },
      { clock },
    );
    expect(await mute(service)).toMatchObject({ kind: 'late', content: '', afterMs: 3_000 });
    expect(await refused).toBe(10062);
  });

  it('end without an answer when the clock has moved', async () => {
    const clock = new ManualClock();
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    const service = await start(async () => resolve(), { clock });
    const waiting = mute(service);
    await arrived;
    clock.advance(2_999);
    service.settleLate();
    clock.advance(1);
    service.settleLate();
    expect(await waiting).toMatchObject({ kind: 'late', afterMs: 3_000 });
  });

  it('are met by a deferral, after which the token lives for 15 minutes', async () => {
    const clock = new ManualClock();
    const codes: (number | string)[] = [];
    const service = await start(
      async (interaction) => {
        clock.advance(2_999);
        await interaction.deferReply();
        clock.advance(15 * 60_000 - 2_999);
        codes.push(await codeOf(interaction.editReply('in time')));
        clock.advance(1);
        codes.push(await codeOf(interaction.editReply('too late')));
        codes.push(await codeOf(interaction.followUp('too late')));
      },
      { clock },
    );
    expect(await mute(service)).toMatchObject({ content: 'in time', afterMs: 2_999 });
    await expect.poll(() => codes).toEqual([0, 50027, 50027]);
  });
});

describe('an answer is refused', () => {
  it('the second time, with 40060', async () => {
    const service = await start(async (interaction) => {
      await interaction.reply('first');
      const again = await call(
        service,
        'POST',
        `/interactions/${interaction.id}/${interaction.token}/callback`,
        { type: 4, data: { content: 'second' } },
      );
      await interaction.followUp(JSON.stringify(await again.json()));
    });
    const reply = await service.until(await mute(service), ({ followUps }) => followUps.length > 0);
    expect(reply.content).toBe('first');
    expect(reply.followUps[0]?.content).toContain('40060');
  });

  it('to an interaction or token that does not exist, with 10062', async () => {
    const service = await start(async (interaction) => {
      const path = `/interactions/${interaction.id}/wrong/callback`;
      const answer = await call(service, 'POST', path, { type: 4, data: { content: 'hi' } });
      await interaction.reply(await answer.text());
    });
    expect((await mute(service)).content).toContain('10062');
  });

  it('by webhook before the first answer, with 10015', async () => {
    const service = await start(async (interaction) => {
      const path = `/webhooks/${service.applicationId}/${interaction.token}/messages/@original`;
      const answer = await call(service, 'PATCH', path, { content: 'early' });
      await interaction.reply(await answer.text());
    });
    expect((await mute(service)).content).toContain('10015');
  });

  const text = (length: number) => 'a'.repeat(length);
  const button = (customId: string, more: object = {}) => ({
    type: 2,
    style: 1,
    label: 'Go',
    custom_id: customId,
    ...more,
  });
  const row = (...components: object[]) => ({ type: 1, components });
  const menu = { type: 3, custom_id: 'menu', options: [{ label: 'a', value: 'a' }] };
  const embed = { description: 'd' };
  const field = { name: 'n', value: 'v' };

  it.each<[why: string, data: object, code: number, path?: string]>([
    ['nothing to see', {}, 50006],
    ['only spaces', { content: '  \n' }, 50006],
    ['long content', { content: text(2001) }, 50035, 'content'],
    ['content of another type', { content: 5 }, 50035, 'content'],
    ['11 embeds', { embeds: Array(11).fill(embed) }, 50035, 'embeds'],
    ['an empty embed', { embeds: [{}] }, 50035, 'embeds.0.description'],
    ['a long title', { embeds: [{ title: text(257) }] }, 50035, 'embeds.0.title'],
    ['a long description', { embeds: [{ description: text(4097) }] }, 50035, 'embeds.0.description'],
    ['26 fields', { embeds: [{ fields: Array(26).fill(field) }] }, 50035, 'embeds.0.fields'],
    [
      'a long field',
      { embeds: [{ fields: [{ name: 'n', value: text(1025) }] }] },
      50035,
      'embeds.0.fields.0.value',
    ],
    [
      'a field without a name',
      { embeds: [{ fields: [{ name: '', value: 'v' }] }] },
      50035,
      'embeds.0.fields.0.name',
    ],
    ['a long footer', { embeds: [{ footer: { text: text(2049) } }] }, 50035, 'embeds.0.footer.text'],
    ['a colour beyond white', { embeds: [{ title: 't', color: 0x1000000 }] }, 50035, 'embeds.0.color'],
    [
      '6001 characters in embeds',
      { embeds: [{ description: text(4000) }, { description: text(2001) }] },
      50035,
      'embeds',
    ],
    [
      '6 rows',
      { components: Array.from({ length: 6 }, (_, index) => row(button(`b${index}`))) },
      50035,
      'components',
    ],
    [
      '6 buttons in a row',
      { components: [row(...Array.from({ length: 6 }, (_, i) => button(`b${i}`)))] },
      50035,
      'components.0.components',
    ],
    ['an empty row', { components: [row()] }, 50035, 'components.0.components'],
    ['a button outside a row', { components: [button('a')] }, 50035, 'components.0'],
    [
      'two components of one id',
      { components: [row(button('a'), button('a'))] },
      50035,
      'components.0.components.1.custom_id',
    ],
    [
      'a long custom id',
      { components: [row(button(text(101)))] },
      50035,
      'components.0.components.0.custom_id',
    ],
    [
      'a long label',
      { components: [row(button('a', { label: text(81) }))] },
      50035,
      'components.0.components.0.label',
    ],
    [
      'a button without a label',
      { components: [row(button('a', { label: '' }))] },
      50035,
      'components.0.components.0',
    ],
    [
      'a link without an address',
      { components: [row({ type: 2, style: 5, label: 'Go' })] },
      50035,
      'components.0.components.0.url',
    ],
    ['a menu beside a button', { components: [row(menu, button('a'))] }, 50035, 'components.0.components'],
    [
      'a menu without options',
      { components: [row({ ...menu, options: [] })] },
      50035,
      'components.0.components.0.options',
    ],
    ['a flag that cannot be set', { content: 'a', flags: 1 << 1 }, 50035, 'flags'],
    [
      'layout components without their flag',
      { components: [{ type: 10, content: 'a' }] },
      50035,
      'components.0.type',
    ],
    [
      'content beside layout components',
      { content: 'a', flags: 1 << 15, components: [{ type: 10, content: 'a' }] },
      50035,
      'flags',
    ],
    [
      'mentions of all and of some',
      { content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } },
      50035,
      'allowed_mentions',
    ],
    [
      'mentions of no kind',
      { content: 'a', allowed_mentions: { parse: ['all'] } },
      50035,
      'allowed_mentions.parse.0',
    ],
  ])('for its body: %s', async (_why, data, code, path = '') => {
    const answers: unknown[] = [];
    const service = await start(async (interaction) => {
      const url = `/interactions/${interaction.id}/${interaction.token}/callback`;
      answers.push(await (await call(service, 'POST', url, { type: 4, data })).json());
      await interaction.reply('still open');
    });
    expect((await mute(service)).content).toBe('still open');
    expect(answers).toMatchObject([{ code }]);
    if (path) expect(answers[0]).toHaveProperty(['errors', ...path.split('.')]);
  });
});
