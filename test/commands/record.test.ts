// Walks every command that changes something, in Chat or in the bot's own records: dry run, reason, case and undo.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { changesAnything, isUndoable, optionsOf } from '../../src/command/command.ts';
import { type App, discordUser, granted, startApp } from '../support/app.ts';

const ANN = '100000000000000001';
const here = { surface: 'discord', guild: '200000000000000001', channel: '300000000000000001' };

interface Sample {
  /** What must be done before, so that there is something to change. */
  readonly given?: readonly string[];
  readonly line: string;
  /** Set where there is no way back: the sentence that says so. */
  readonly noWayBack?: string;
}

/** For each command a line that changes something about bob, or about the group. */
const samples: Readonly<Record<string, readonly Sample[]>> = {
  mute: [{ line: '/mute @bob 1h' }],
  unmute: [{ given: ['/mute @bob 1h'], line: '/unmute @bob' }],
  promote: [{ line: '/promote @bob' }],
  demote: [{ given: ['/promote @bob'], line: '/demote @bob' }],
  nick: [{ line: '/nick @bob Robert' }],
  notify: [{ line: '/notify @bob silent' }],
  field: [{ line: '/field @bob badge gold' }],
  kick: [{ line: '/kick @bob' }],
  ban: [{ line: '/ban @bob 1d' }],
  unban: [{ given: ['/ban @bob 1d'], line: '/unban @bob' }],
  lock: [{ line: '/lock' }],
  unlock: [{ given: ['/lock'], line: '/unlock' }],
  recall: [{ line: '/recall 1', noWayBack: 'undo.impossible' }],
  purge: [{ line: '/purge @bob', noWayBack: 'undo.impossible' }],
  warn: [{ line: '/warn @bob' }],
  link: [{ line: `/link ${ANN} bob` }],
  unlink: [{ given: [`/link ${ANN} bob`], line: `/unlink ${ANN}` }],
  group: [{ line: '/group link' }, { given: ['/group link'], line: '/group unlink' }],
  log: [{ line: '/log here' }, { given: ['/log here'], line: '/log off' }],
  timers: [{ given: ['/promote @bob duration:7d'], line: '/timers cancel 1' }],
  case: [{ given: ['/mute @bob 1h'], line: '/case reason 1 better' }],
};

/** Commands that have no sample, and why. */
const exempt: Readonly<Record<string, string>> = { undo: 'it is the way back itself' };

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const places = [here, { ...here, channel: null }];
const type = (line: string) => app.type(line, { request: { places } });

/** All that the bot keeps besides cases. */
async function records() {
  const { links, places: kept, cases } = app.store;
  return {
    links: (await links.list(10)).map(({ user, account, rank }) => ({ user, account, rank })),
    bindings: (await kept.bindings('guild')).map(({ place, group }) => ({ place, group })),
    log: await kept.logOf('guild'),
    timer: await cases.nextTimer(),
  };
}

/** A line with an option by name, which stands before any free text. */
const withOption = (line: string, option: string) =>
  line.replace(/^\/\S+/, (command) => `${command} ${option}`);

const newest = async () => (await app.cases.list({ group: 'guild' }, { limit: 1 })).cases[0];

describe('every command that changes something', () => {
  const changing = commands.filter(changesAnything);

  it('has a sample here, or a reason why not', () => {
    const missing = changing.filter(({ name }) => samples[name] === undefined && exempt[name] === undefined);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it.each(changing.map((command) => [command.name, command] as const))(
    '/%s takes a reason and a dry run',
    (_name, command) => {
      const names = optionsOf(command).map(([name]) => name);
      expect(names).toEqual(expect.arrayContaining(['reason', 'dry-run']));
    },
  );
});

describe.each(
  Object.entries(samples).flatMap(([name, list]) =>
    list.map((sample) => [sample.line, name, sample] as const),
  ),
)('%s', (line, name, { given = [], noWayBack }) => {
  beforeEach(async () => {
    for (const one of given) expect((await type(one)).kind).toBe('done');
    app.changes();
  });

  it('as a dry run changes nothing and opens no case', async () => {
    const [before, last] = [await records(), await newest()];
    expect((await type(withOption(line, 'dry-run:true'))).kind).toBe('preview');
    expect(app.changes()).toEqual([]);
    expect(await records()).toEqual(before);
    expect(await newest()).toEqual(last);
  });

  it('is a case with its reason, and is undone or says why not', async () => {
    const before = await records();
    const outcome = await type(withOption(line, 'reason:"because"'));
    expect(outcome).toMatchObject({ kind: 'done', case: expect.any(Number) });
    const record = await app.cases.find('guild', outcome.case ?? 0);
    expect(record).toMatchObject({ command: name, state: 'applied', reason: 'because' });
    const undone = await type(`/undo ${outcome.case}`);
    if (noWayBack !== undefined) {
      expect(undone).toMatchObject({ kind: 'refused', message: { id: noWayBack } });
      return;
    }
    expect(undone.kind).toBe('done');
    expect(await app.cases.find('guild', outcome.case ?? 0)).toMatchObject({ state: 'undone' });
    expect(await records()).toEqual(before);
  });
});

it('an undone change of a reason puts the first one back', async () => {
  await type('/mute @bob 1h loud');
  await type('/case reason 1 better');
  expect((await app.cases.find('guild', 1))?.reason).toBe('better');
  await type('/undo 2');
  expect((await app.cases.find('guild', 1))?.reason).toBe('loud');
});

describe('a write of the bot’s own records', () => {
  it('is not undone where somebody changed the same since', async () => {
    await type('/log here');
    await app.store.places.setLog(
      'guild',
      { ...here, channel: '300000000000000002' },
      {
        surface: 'terminal',
        id: 'operator',
        name: 'operator',
        account: null,
      },
    );
    expect((await type('/undo 1')).message.id).toBe('refused.recordChanged');
    expect(await app.store.places.logOf('guild')).toMatchObject({ channel: '300000000000000002' });
  });

  it('of rank 3 is not undone by rank 2', async () => {
    await app.type(`/link ${ANN} bob`, { as: granted(3) });
    const as = discordUser('100000000000000009', { rank: 2 });
    expect((await app.type('/undo 1', { as })).message.id).toBe('refused.linkRank');
    expect(await app.store.links.ofUser('discord', ANN)).not.toBeNull();
  });

  it('happens for no request that may only read', async () => {
    const outcome = await app.type(`/link ${ANN} bob`, { request: { readOnly: true } });
    expect(outcome.message.id).toBe('refused.readOnly');
    expect((await app.type('/case list', { request: { readOnly: true } })).kind).toBe('answer');
    expect(await app.store.links.list(10)).toEqual([]);
  });
});

describe('a note', () => {
  it('is no case, has a dry run, and is removed by who wrote it or by rank 3', async () => {
    await type('/mute @bob 1h');
    expect((await type('/case note 1 "look again" dry-run:true')).message.id).toBe('case.wouldNote');
    expect(await app.cases.notes('guild', 1)).toEqual([]);
    expect((await type('/case note 1 "look again"')).kind).toBe('answer');
    const other = discordUser('100000000000000009', { rank: 2 });
    expect((await app.type('/case note 1 remove:1', { as: other })).message.id).toBe('refused.foreignNote');
    expect((await type('/case note 1 remove:2')).message.id).toBe('refused.unknownNote');
    expect((await type('/case note 1 remove:1 dry-run:true')).message.id).toBe('case.wouldRemoveNote');
    expect(await app.cases.notes('guild', 1)).toHaveLength(1);
    expect((await type('/case note 1 remove:1')).message.id).toBe('case.noteRemoved');
    expect(await app.cases.notes('guild', 1)).toEqual([]);
    expect((await newest())?.number).toBe(1);
  });
});

it('only the way back has no way back of its own', () => {
  const without = commands.filter((command) => changesAnything(command) && !isUndoable(command));
  expect(without.map(({ name }) => name)).toEqual(['recall', 'purge', 'undo']);
});
