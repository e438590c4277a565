// Refusals: answers to an interaction that Discord does not take.

import { describe, expect, it } from 'vitest';
import { call } from '../harness.ts';
import { mute, start } from '../mute-bot.ts';

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
