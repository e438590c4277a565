// Places: from where a group is moderated, and where its cases are told.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/moderation/capability.ts';
import type { Place } from '../../src/moderation/place.ts';
import { type App, discordUser, english, settingsWith, startApp } from '../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const server: Place = { surface: 'discord', guild: '900', channel: null };
const channel: Place = { ...server, channel: '910' };
const thread: Place = { ...server, channel: '911' };
const inServer = [{ ...server, channel: '999' }, server];
const inChannel = [channel, server];
const inThread = [thread, channel, server];

const ann = discordUser('100000000000000001');

/** Types a line somewhere, with no usual group. */
const typeIn = (places: readonly Place[], line: string, as = ann) =>
  app.type(line, { as, group: null, request: { places } });

const bind = async (places: readonly Place[], line: string) =>
  expect((await typeIn(places, line)).message.id).toBe('group.linked');

const groupIn = async (places: readonly Place[], line = '/group') => (await typeIn(places, line)).group;

describe('a place that is linked to a group', () => {
  it('needs no group in its commands', async () => {
    expect((await typeIn(inChannel, '/mute bob 1h')).kind).toBe('refused');
    await bind(inChannel, '/group link group:guild');
    expect((await typeIn(inChannel, '/mute bob 1h')).kind).toBe('done');
    expect(await app.cases.find('guild', 1)).not.toBeNull();
    expect((await typeIn(inServer, '/mute dave 1h')).kind).toBe('refused');
  });

  it('is the narrowest: a thread before its channel, the channel before the server, a named group before all', async () => {
    await bind(inChannel, '/group link group:guild scope:server');
    expect(await groupIn(inThread)).toBe('guild');
    await bind(inChannel, '/group link group:arena');
    expect(await groupIn(inThread)).toBe('arena');
    await bind(inThread, '/group link group:team scope:channel');
    expect(await groupIn(inThread)).toBe('team');
    expect(await groupIn(inChannel)).toBe('arena');
    expect(await groupIn(inServer)).toBe('guild');
    expect(await groupIn(inThread, '/group show group:live')).toBe('live');
  });

  it('is left again for the wider one', async () => {
    await bind(inChannel, '/group link group:guild scope:server');
    await bind(inChannel, '/group link group:arena');
    expect((await typeIn(inChannel, '/group unlink')).message.id).toBe('group.unlinked');
    expect(await groupIn(inChannel)).toBe('guild');
    expect((await typeIn(inChannel, '/group unlink')).message.id).toBe('refused.notBound');
    expect((await typeIn(inChannel, '/group unlink scope:server')).message.id).toBe('group.unlinked');
    expect(await groupIn(inServer)).toBeUndefined();
  });

  it('is linked anew in place of the earlier group', async () => {
    await bind(inChannel, '/group link group:guild');
    await bind(inChannel, '/group link group:arena');
    expect(await groupIn(inChannel)).toBe('arena');
    expect(await app.store.places.bindings('guild')).toEqual([]);
  });

  it('is shown', async () => {
    await bind(inChannel, '/group link group:guild');
    await bind(inChannel, '/group link group:guild scope:server');
    const shown = english(await typeIn(inChannel, '/group'));
    expect(shown).toContain('channel 910');
    expect(shown).toContain('server 900');
    expect(english(await typeIn(inChannel, '/group group:arena'))).not.toContain('910');
  });

  it('completes from its group', async () => {
    await bind(inChannel, '/group link group:arena');
    const asked = { actor: ann, command: 'mute', option: 'member', typed: '', group: undefined };
    const suggested = await app.moderation.completion.suggest({
      ...asked,
      places: inChannel,
      defaultGroup: 'guild',
    });
    expect(suggested.map(({ value }) => value)).toContain('@taro');
    expect(suggested.map(({ value }) => value)).not.toContain('@erin');
    const named = await app.moderation.completion.suggest({ ...asked, places: inChannel, group: 'guild' });
    expect(named.map(({ value }) => value)).toContain('@erin');
  });
});

describe('to link and unlink', () => {
  const onlyLookup = discordUser('100000000000000002', { capabilities: new Set(['lookup']) });
  const allowedByName = discordUser('100000000000000003', {
    capabilities: new Set(),
    commands: new Map([
      ['group', 'allow'],
      ['log', 'allow'],
    ]),
  });

  it.each([
    '/group link group:guild',
    '/group link group:guild scope:server',
    '/group unlink group:guild',
    '/log here group:guild',
    '/log off group:guild',
  ])('%s takes the capability configure, whatever the Integrations page allows', async (line) => {
    for (const as of [onlyLookup, allowedByName]) {
      expect((await typeIn(inChannel, line, as)).message.id).toBe('refused.capability');
    }
    expect(await app.store.places.bindings('guild')).toEqual([]);
    expect(await app.store.places.logOf('guild')).toBeNull();
  });

  it('takes nothing more to look', async () => {
    expect((await typeIn(inChannel, '/group show group:guild', allowedByName)).kind).toBe('answer');
    expect((await typeIn(inChannel, '/log show group:guild', allowedByName)).kind).toBe('answer');
  });

  it('takes a place: nowhere there is none', async () => {
    expect((await typeIn([], '/group link group:guild')).message.id).toBe('refused.noPlace');
    expect((await typeIn([server], '/log here group:guild')).message.id).toBe('refused.noPlace');
  });

  it('takes an existing group', async () => {
    expect((await typeIn(inChannel, '/group link group:nothing')).kind).toBe('refused');
    expect(await app.store.places.groupOf(inChannel)).toBeNull();
  });

  it('one group, it takes the right in that very group', async () => {
    await app.close();
    const host = new Map([['host', { allow: everything, deny: new Set<never>(), rank: null }]]);
    app = await startApp({}, { settings: settingsWith({}, { arena: { discordRoles: [host] } }) });
    await bind(inChannel, '/group link group:guild');
    const as = discordUser('100000000000000004', { capabilities: new Set(['lookup']), roles: ['host'] });
    expect((await typeIn(inChannel, '/group unlink group:arena', as)).message.id).toBe('refused.notBound');
    expect(await groupIn(inChannel)).toBe('guild');
    // A place that another group has is not taken away from it either.
    const taken = await typeIn(inChannel, '/group link group:arena', as);
    expect(taken.message.id).toBe('refused.boundElsewhere');
    expect(await groupIn(inChannel)).toBe('guild');
    expect((await typeIn(inThread, '/group link group:arena', as)).message.id).toBe('group.linked');
  });
});

describe('the log of a group', () => {
  it('is written here, shown, and off again', async () => {
    expect((await typeIn(inThread, '/log here group:guild')).message.id).toBe('log.here');
    expect(await app.store.places.logOf('guild')).toEqual({ ...thread, surface: 'discord' });
    expect(english(await typeIn(inChannel, '/log show group:guild'))).toContain('911');
    expect((await typeIn(inChannel, '/log off group:guild')).message.id).toBe('log.none');
    expect(await app.store.places.logOf('guild')).toBeNull();
  });
});
