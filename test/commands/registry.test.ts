// Walks the whole registry: no command without its capability, no target without the rank check.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { capabilities } from '../../src/moderation/capability.ts';
import { type App, granted, memberActor, startApp } from '../support/app.ts';

/** A line for each command that would do something to bob, or to his message. */
const lines: Readonly<Record<string, (members: string) => string>> = {
  mute: (members) => `/mute ${members} 60`,
  unmute: (members) => `/unmute ${members}`,
  promote: (members) => `/promote ${members}`,
  demote: (members) => `/demote ${members}`,
  nick: (members) => `/nick ${members} Somebody`,
  notify: (members) => `/notify ${members} silent`,
  field: (members) => `/field ${members} badge x`,
  kick: (members) => `/kick ${members}`,
  ban: (members) => `/ban ${members} 60`,
  unban: (members) => `/unban ${members}`,
  lock: () => '/lock',
  unlock: () => '/unlock',
  recall: () => '/recall 1',
  purge: (members) => `/purge ${members}`,
  whois: (members) => `/whois ${members}`,
  members: () => '/members',
  messages: (members) => `/messages ${members}`,
  muted: () => '/muted',
  banned: () => '/banned',
  group: () => '/group',
  undo: () => '/undo',
  case: () => '/case list',
  history: (members) => `/history ${members}`,
  mod: (members) => `/mod ${members}`,
  warn: (members) => `/warn ${members}`,
  timers: () => '/timers',
  link: (members) => `/link <@100000000000000001> ${members}`,
  unlink: () => '/unlink <@100000000000000001>',
  links: () => '/links',
  log: () => '/log show',
  why: (members) => `/why @alice mute ${members}`,
};
const lineOf = (name: string, members: string): string => {
  const line = lines[name];
  if (line === undefined) throw new Error(`no line for ${name}`);
  return line(members);
};

const guarded = commands.filter((command) => command.capability !== null);
const onMembers = commands.filter(
  (command) =>
    command.kind === 'changing' &&
    Object.values(command.options).some(({ subject }) => subject?.kind === 'members'),
);

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

describe('no command runs without its capability', () => {
  it('only /me and /help need none', () => {
    expect(commands.filter((command) => command.capability === null).map(({ name }) => name)).toEqual([
      'me',
      'help',
    ]);
  });

  it.each(guarded.map((command) => [command.name, command] as const))('/%s', async (name, command) => {
    const others = capabilities.filter((capability) => capability !== command.capability);
    const before = app.chat.requests.length;
    const outcome = await app.type(lineOf(name, '@bob'), { as: granted(3, others) });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.capability' }, requests: [] });
    expect(app.chat.requests.length).toBe(before);
  });

  it.each(guarded.map(({ name }) => name))('/%s as an ordinary member', async (name) => {
    const outcome = await app.type(lineOf(name, '@bob'), { as: memberActor('dave') });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.capability' } });
    expect(app.changes()).toEqual([]);
  });
});

describe('every target passes the rank check', () => {
  it.each(onMembers.map(({ name }) => name))('/%s on a peer', async (name) => {
    const outcome = await app.type(lineOf(name, '@alice'), { as: granted(2) });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.rank' }, requests: [] });
    expect(app.changes()).toEqual([]);
  });

  it.each(onMembers.map(({ name }) => name))('/%s on the owner, by the highest rank', async (name) => {
    const outcome = await app.type(lineOf(name, '@olivia'), { as: granted(3) });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.owner' }, requests: [] });
    expect(app.changes()).toEqual([]);
  });

  it.each(onMembers.map(({ name }) => name))('/%s on the bot itself', async (name) => {
    const outcome = await app.type(lineOf(name, '@administrator'));
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.botAccount' }, requests: [] });
    expect(app.changes()).toEqual([]);
  });

  it.each(onMembers.map(({ name }) => name))(
    '/%s in a list, by account, name card and mention',
    async (name) => {
      const members = 'member:"@dave @alice @健 <@77> @olivia @administrator"';
      const outcome = await app.type(lineOf(name, members), {
        as: granted(2),
        dryRun: true,
        mentions: { 77: 'alice' },
      });
      const protectedTargets = outcome.results.filter((result) => result.target !== 'dave');
      expect(protectedTargets.map((result) => [result.target, result.message.id]).sort()).toEqual([
        ['administrator', 'refused.botAccount'],
        ['alice', 'refused.rank'],
        ['ken', 'refused.rank'],
        ['olivia', 'refused.owner'],
      ]);
      expect(JSON.stringify(outcome.requests)).not.toMatch(/alice|ken|olivia/);
      expect(app.changes()).toEqual([]);
    },
  );

  it('/recall on messages by the owner and admins', async () => {
    const seqs = app.chat.world
      .messages('guild')
      .filter((message) => ['olivia', 'alice', 'ken'].includes(message.from))
      .map((message) => message.seq);
    expect(seqs.length).toBeGreaterThan(0);
    const outcome = await app.type(`/recall ${seqs.join(' ')}`, { as: granted(2) });
    expect(outcome.kind).toBe('refused');
    expect(app.changes()).toEqual([]);
  });
});

describe('oneself', () => {
  it.each(['mute', 'unmute', 'kick', 'ban', 'promote', 'demote'])('/%s', async (name) => {
    const outcome = await app.type(lineOf(name, '@bob'), { as: granted(3, capabilities, 'bob') });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.self' } });
    expect(app.changes()).toEqual([]);
  });

  it('by a mention of oneself', async () => {
    const outcome = await app.type('/mute <@77> 60', {
      as: granted(3, capabilities, 'bob'),
      mentions: { 77: 'bob' },
    });
    expect(outcome.message.id).toBe('refused.self');
  });
});

describe('the rights of a Chat role', () => {
  it('an admin mutes a member but promotes nobody', async () => {
    expect((await app.type('/mute @erin 60', { as: memberActor('alice') })).kind).toBe('done');
    expect((await app.type('/promote @erin', { as: memberActor('alice') })).message.id).toBe(
      'refused.capability',
    );
  });

  it('an admin has no power over an admin, the owner has', async () => {
    expect((await app.type('/mute @ken 60', { as: memberActor('alice') })).message.id).toBe('refused.rank');
    expect((await app.type('/mute @ken 60', { as: memberActor('olivia') })).kind).toBe('done');
  });

  it('somebody who is not in the group has none', async () => {
    expect((await app.type('/muted', { as: memberActor('mallory') })).message.id).toBe('refused.capability');
  });

  it("a live room's owner and admins act by the room's own lists", async () => {
    const as = memberActor('olivia');
    expect((await app.type('/mute @bob 60', { as, group: 'live' })).kind).toBe('done');
    expect((await app.type('/mute @carol 60', { as: memberActor('alice'), group: 'live' })).kind).toBe(
      'done',
    );
    const dave = await app.type('/mute @carol 60', { as: memberActor('dave'), group: 'live' });
    expect(dave.message.id).toBe('refused.capability');
  });
});
