// Replies: slash commands typed at the real discord.js, and every way in which it answers them.

import { type DiscordAPIError, MessageFlags } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { call, ManualClock } from '../harness.ts';
import { mute, start } from '../mute-bot.ts';

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
