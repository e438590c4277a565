// Callbacks: which answer each type of interaction may get.

import type { APIModalInteractionResponseCallbackData, Interaction } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { DiscordService, Reply } from '../../../../src/sandbox/discord/index.ts';
import { call, login, startService } from '../harness.ts';

const COMMANDS = [
  {
    name: 'find',
    description: 'Finds a member',
    options: [{ type: 3, name: 'member', description: 'Who', autocomplete: true }],
  },
];
const BUTTONS = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
const MODAL = {
  custom_id: 'why',
  title: 'Why',
  components: [{ type: 1, components: [{ type: 4, custom_id: 'reason', style: 1, label: 'Reason' }] }],
};
const DATA: Record<number, object> = {
  4: { content: 'hi' },
  5: {},
  6: {},
  7: { content: 'hi' },
  8: { choices: [{ name: 'Bob', value: 'bob' }] },
  9: MODAL,
};

/** Does what makes an interaction of each type, after preparing it through the bot. */
const ACTIONS: Record<string, (service: DiscordService) => Promise<unknown>> = {
  command: (service) => service.type({ as: 'bob', command: 'find' }),
  autocomplete: (service) => service.autocomplete({ as: 'bob', command: 'find', focused: 'member' }),
  component: async (service) => {
    const [message] = service.messages('general');
    return message && service.click({ as: 'bob', message, customId: 'go' });
  },
  'modal from a command': async (service) => {
    const modal = await service.type({ as: 'bob', command: 'find' });
    return service.submitModal({ modal, fields: { reason: 'spam' } });
  },
  'modal from a component': async (service) => {
    const [message] = service.messages('general');
    const modal = message && (await service.click({ as: 'bob', message, customId: 'go' }));
    return modal && service.submitModal({ modal, fields: { reason: 'spam' } });
  },
};

/** Answers by hand: opens the modal where one is wanted first, and tries `type` on what comes last. */
async function attempt(kind: string, type: number): Promise<{ status: number; body: string }> {
  const service = await startService();
  const { promise, resolve } = Promise.withResolvers<{ status: number; body: string }>();
  const respond = (interaction: Interaction, body: object) =>
    call(service, 'POST', `/interactions/${interaction.id}/${interaction.token}/callback`, body);
  const client = await login(service, async (interaction) => {
    if (kind.startsWith('modal') && !interaction.isModalSubmit()) {
      await respond(interaction, { type: 9, data: MODAL });
    } else {
      const response = await respond(interaction, { type, data: DATA[type] ?? {} });
      resolve({ status: response.status, body: await response.text() });
    }
  });
  await client.application.commands.set(COMMANDS);
  const general = `/channels/${service.world.channels.general?.id}/messages`;
  await call(service, 'POST', general, { content: 'press', components: BUTTONS });
  // What is answered wrongly is never settled; closing the service ends the wait.
  const action = ACTIONS[kind]?.(service).catch((error: unknown) => error);
  const outcome = await promise;
  await service.close();
  await action;
  return outcome;
}

const ALLOWED: Record<string, number[]> = {
  command: [4, 5, 9],
  component: [4, 5, 6, 7, 9],
  autocomplete: [8],
  'modal from a command': [4, 5],
  'modal from a component': [4, 5, 6, 7],
};
const TYPES = [0, 1, 4, 5, 6, 7, 8, 9, 10, 12];

describe.each(Object.keys(ALLOWED))('an interaction of kind %s', (kind) => {
  it.each(TYPES)('and an answer of type %i', async (type) => {
    const { status, body } = await attempt(kind, type);
    if (ALLOWED[kind]?.includes(type)) expect({ status, body }).toEqual({ status: 204, body: '' });
    else expect(JSON.parse(body)).toMatchObject({ code: 50035, errors: { type: {} } });
  });
});

describe('the body of an answer is refused', () => {
  async function refusedBy(kind: 'autocomplete' | 'command', body: object): Promise<unknown> {
    const service = await startService();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    const client = await login(service, async (interaction) => {
      const path = `/interactions/${interaction.id}/${interaction.token}/callback`;
      resolve(await (await call(service, 'POST', path, body)).json());
    });
    await client.application.commands.set(COMMANDS);
    const action = ACTIONS[kind]?.(service).catch((error: unknown) => error);
    const answer = await promise;
    await service.close();
    await action;
    return answer;
  }

  const choice = { name: 'Bob', value: 'bob' };
  it.each<[string, object, string[]]>([
    ['26 choices', { choices: Array(26).fill(choice) }, ['choices']],
    ['no choices', {}, ['choices']],
    ['a choice without a name', { choices: [{ ...choice, name: '' }] }, ['choices', '0', 'name']],
    ['a long name', { choices: [{ ...choice, name: 'a'.repeat(101) }] }, ['choices', '0', 'name']],
    ['a long value', { choices: [{ ...choice, value: 'a'.repeat(101) }] }, ['choices', '0', 'value']],
    ['a number for a text', { choices: [{ ...choice, value: 1 }] }, ['choices', '0', 'value']],
  ])('autocomplete: %s', async (_why, data, path) => {
    const answer = await refusedBy('autocomplete', { type: 8, data });
    expect(answer).toMatchObject({ code: 50035 });
    expect(answer).toHaveProperty(['errors', ...path, '_errors']);
  });

  const input = { type: 4, custom_id: 'reason', style: 1, label: 'Reason' };
  const rowOf = (component: object) => ({ type: 1, components: [component] });
  it.each<[string, object, string[]]>([
    ['no title', { ...MODAL, title: '' }, ['title']],
    ['a long title', { ...MODAL, title: 'a'.repeat(46) }, ['title']],
    ['no components', { ...MODAL, components: [] }, ['components']],
    ['6 components', { ...MODAL, components: Array(6).fill(rowOf(input)) }, ['components']],
    ['a long custom id', { ...MODAL, custom_id: 'a'.repeat(101) }, ['custom_id']],
    ['a button', { ...MODAL, components: BUTTONS }, ['components', '0', 'components', '0', 'type']],
    [
      'two inputs of one id',
      { ...MODAL, components: [rowOf(input), rowOf(input)] },
      ['components', '1', 'components', '0', 'custom_id'],
    ],
  ])('modal: %s', async (_why, data, path) => {
    const answer = await refusedBy('command', { type: 9, data });
    expect(answer).toMatchObject({ code: 50035 });
    expect(answer).toHaveProperty(['errors', ...path, '_errors']);
  });
});

describe('a modal', () => {
  it('is filled in and submitted, with the fields that discord.js reads', async () => {
    const service = await startService();
    const client = await login(service, async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.showModal(labelled());
      if (interaction.isModalSubmit())
        await interaction.reply(interaction.fields.getTextInputValue('reason'));
    });
    await client.application.commands.set(COMMANDS);
    const modal: Reply = await service.type({ as: 'bob', command: 'find' });
    expect(modal).toMatchObject({ kind: 'modal', modal: { custom_id: 'why', title: 'Why' } });
    const missing = service.submitModal({ modal, fields: {} });
    await expect(missing).rejects.toMatchObject({ reason: 'missing-option' });
    const unknown = service.submitModal({ modal, fields: { reason: 'spam', other: 'x' } });
    await expect(unknown).rejects.toMatchObject({ reason: 'unknown-option' });
    const reply = await service.submitModal({ modal, fields: { reason: 'spam' } });
    expect(reply).toMatchObject({ kind: 'message', content: 'spam' });
    expect(reply.raw?.interaction_metadata).toMatchObject({
      triggering_interaction_metadata: { id: modal.interactionId, type: 2 },
    });
  });
});

function labelled(): APIModalInteractionResponseCallbackData {
  const component = { type: 4, custom_id: 'reason', style: 1 } as const;
  return { custom_id: 'why', title: 'Why', components: [{ type: 18, label: 'Reason', component }] };
}
