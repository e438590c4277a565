// A reason has at most 512 characters: a longer one ends every command before anything is sent or written.
import type { Interaction } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { changesAnything } from '../../src/command/command.ts';
import { parseLine } from '../../src/command/text.ts';
import type { Outcome } from '../../src/request/outcome.ts';
import { bodiesOf } from '../../src/surfaces/discord/registration/bodies.ts';
import { program, startService } from '../cli/harness.ts';
import { type App, granted, startApp } from '../support/app.ts';
import { type Bot, startAll, textOf } from '../surfaces/discord/harness.ts';

const TOO_LONG = 'x'.repeat(513);

/** What each command needs besides, so that nothing else is wrong with it. */
const rest: Readonly<Record<string, string>> = {
  mute: '@bob 1h',
  unmute: '@carol',
  promote: '@bob',
  demote: '@ken',
  nick: '@bob Sir Bob',
  notify: '@bob block',
  field: '@bob team blue',
  kick: '@bob',
  ban: '@bob 1d',
  unban: '@mallory',
  lock: '',
  unlock: '',
  recall: '1',
  purge: '@bob',
  warn: '@bob',
  undo: '',
  group: 'link',
  case: 'list',
  timers: '',
  link: '100000000000000001 @bob',
  unlink: '100000000000000001',
  log: 'here',
};
const changing = commands.filter(changesAnything).map(({ name }) => name);

describe('in every command', () => {
  let app: App;
  beforeAll(async () => {
    app = await startApp();
  });
  afterAll(() => app.close());

  const expectNothing = async (before: number) => {
    expect(app.chat.requests.length).toBe(before);
    expect((await app.cases.list({}, { limit: 1 })).cases).toEqual([]);
  };

  /** A command with a reason, as any surface hands it in. */
  function ask(name: string, reason: string, dryRun: boolean): Promise<Outcome> {
    const parsed = parseLine(`/${name} ${rest[name]}`, app.moderation.registry);
    if (!parsed.ok) throw new Error(`cannot read /${name}: ${parsed.problem.id}`);
    const options = { ...parsed.value.options, reason };
    const request = {
      actor: granted(),
      command: name,
      options,
      defaultGroup: 'guild',
      dryRun,
      questions: 'confirmed',
    } as const;
    return app.moderation.pipeline.handle(request);
  }

  it.each(changing)('/%s, 513 characters are refused', async (name) => {
    const before = app.chat.requests.length;
    for (const reason of [TOO_LONG, '禁'.repeat(513), '🙂'.repeat(513)]) {
      for (const dryRun of [false, true]) {
        const outcome = await ask(name, reason, dryRun);
        expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.tooLong' }, requests: [] });
      }
    }
    await expectNothing(before);
  });

  it.each(changing)('/%s, 512 get past it', async (name) => {
    expect((await ask(name, '🙂'.repeat(512), true)).message.id).not.toBe('refused.tooLong');
  });

  it('at the end of a line as well', async () => {
    const before = app.chat.requests.length;
    for (const line of [`/mute @bob 1h ${TOO_LONG}`, `/kick @bob ${TOO_LONG}`, `/ban @bob 1d ${TOO_LONG}`]) {
      expect((await app.type(line)).message.id).toBe('refused.tooLong');
    }
    await expectNothing(before);
  });
});

describe('for a case that is there', () => {
  it.each(['reason', 'note'])('/case %s is refused, and the case stays as it was', async (action) => {
    const app = await startApp();
    try {
      await app.type('/lock reason:first');
      expect((await app.type(`/case ${action} 1 ${TOO_LONG}`)).message.id).toBe('refused.tooLong');
      expect((await app.cases.reasons('guild', 1)).map(({ reason }) => reason)).toEqual(['first']);
      expect(await app.cases.notes('guild', 1)).toEqual([]);
    } finally {
      await app.close();
    }
  });
});

describe('in the terminal', () => {
  const line = `/kick @bob ${TOO_LONG}`;

  it.each([
    ['run', ['run', line], undefined],
    ['piped into serve', [], [line]],
  ] as const)('%s, it is refused with the number of characters', async (_how, argv, lines) => {
    const { environment, changes } = await startService();
    const { code, stdout } = await program(argv, { environment, ...(lines && { lines }) });
    expect(code).toBe(1);
    expect(stdout).toMatch(/513 characters; at most 512 are allowed/);
    expect(changes()).toEqual([]);
  });
});

describe('in Discord', () => {
  /** Discord's own clients keep to the limit; what comes past them is as long as it likes. */
  function lengthen({ running }: Bot): void {
    running.client.prependListener('interactionCreate', (interaction: Interaction) => {
      if (interaction.isChatInputCommand()) {
        Object.assign(interaction.options.get('reason') ?? {}, { value: TOO_LONG });
      } else if (interaction.isModalSubmit()) {
        Object.assign(interaction.fields.getField('reason'), { value: TOO_LONG });
      }
    });
  }

  async function expectRefused(bot: Bot, reply: Parameters<typeof textOf>[0]): Promise<void> {
    expect(textOf(reply)).toMatch(/513 characters; at most 512 are allowed/);
    expect(bot.chat.requests).toEqual([]);
    expect((await bot.store.cases.list({}, { limit: 1 })).cases).toEqual([]);
  }

  it('every command tells the limit to the people who type', async () => {
    const bot = await startAll();
    const limits = bodiesOf(bot.moderation.registry).flatMap((body) =>
      ('options' in body ? (body.options ?? []) : [])
        .filter(({ name }) => name === 'reason')
        .map((option) => [body.name, 'max_length' in option ? option.max_length : null]),
    );
    expect(limits).toEqual(changing.map((name) => [name, 512]));
  });

  it('a command with a longer one is refused', async () => {
    const bot = await startAll();
    lengthen(bot);
    const options = { member: 'bob', duration: '1h', reason: 'short' };
    await expectRefused(bot, await bot.discord.type({ as: 'ada', command: 'mute', options }));
  });

  it('a form with a longer one is refused', async () => {
    const bot = await startAll();
    lengthen(bot);
    const modal = await bot.discord.userMenu({ as: 'ada', command: 'Ban', target: 'bob' });
    const fields = { duration: '1h', reason: 'short' };
    await expectRefused(bot, await bot.discord.submitModal({ modal, fields }));
  });
});
