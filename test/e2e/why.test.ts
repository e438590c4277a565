// /why: explains what the policy would decide, and changes nothing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/moderation/capability.ts';
import type { GroupSettings } from '../../src/moderation/settings.ts';
import {
  type App,
  discordUser,
  english,
  granted,
  memberActor,
  settingsWith,
  startApp,
  type TypeOptions,
} from '../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const startWith = async (settings: Partial<GroupSettings>) => {
  await app.close();
  app = await startApp({}, { settings: settingsWith(settings) });
};

const ANN = '100000000000000001';
const mention = `<@${ANN}>`;
type Ann = Parameters<typeof discordUser>[1];

/** Asks why, about a Discord user. */
const why = (line: string, ann: Ann = {}, options: TypeOptions = {}) =>
  app.type(line, { moderators: { [ANN]: discordUser(ANN, ann) }, ...options });

describe('/why explains that somebody may', () => {
  it.each<[string, string, Ann]>([
    ['a Discord user', `/why ${mention} mute bob`, {}],
    ['with a slash', `/why ${mention} /mute bob`, {}],
    ['without a target', `/why ${mention} ban`, {}],
    ['a Chat member by account', '/why alice mute bob', {}],
    ['a Chat member by name card', '/why "Alice" kick bob', {}],
    [
      'somebody the Integrations page allows',
      `/why ${mention} ban bob`,
      {
        capabilities: new Set(),
        commands: new Map([['ban', 'allow']]),
      },
    ],
    ['read an owner', `/why ${mention} whois olivia`, {}],
  ])('%s', async (_case, line, ann) => {
    const outcome = await why(line, ann);
    expect(english(outcome)).toMatch(/ may use \//);
    expect(outcome).toMatchObject({ kind: 'answer', message: { id: 'why.allowed' } });
    expect(app.changes()).toEqual([]);
    expect((await app.cases.list({}, { limit: 1 })).cases).toEqual([]);
  });

  it('and says by the link who they are, and what rank it gives', async () => {
    await app.type(`/link ${ANN} olivia`);
    const text = english(await why(`/why ${mention} mute alice`, { rank: 2 }));
    expect(text).toMatch(/Chat account: olivia \(linked\); rank 3/);
  });
});

describe('/why explains that somebody may not', () => {
  it.each<[string, string, Ann, string]>([
    [
      'without the capability',
      `/why ${mention} ban bob`,
      { capabilities: new Set(['mute']) },
      'refused.capability',
    ],
    [
      'forbidden on the Integrations page',
      `/why ${mention} ban bob`,
      { commands: new Map([['ban', 'deny']]) },
      'refused.commandDenied',
    ],
    ['too low', `/why ${mention} mute alice`, {}, 'refused.rank'],
    ['the owner', `/why ${mention} mute olivia`, { rank: 3 }, 'refused.owner'],
    ['the bot', `/why ${mention} mute administrator`, { rank: 3 }, 'refused.botAccount'],
    ['themselves', `/why ${mention} mute bob`, { account: 'bob' }, 'refused.self'],
    ['a Chat member', '/why bob mute dave', {}, 'refused.capability'],
    ['an admin on an admin', '/why alice mute ken', {}, 'refused.rank'],
  ])('%s', async (_case, line, ann, id) => {
    const outcome = await why(line, ann);
    expect(outcome).toMatchObject({ kind: 'answer', message: { id: 'why.refused' } });
    expect(outcome.results.map(({ message }) => message.id)).toContain(id);
  });

  it('because the settings took it away', async () => {
    const roles = new Map([
      ['trainee', { allow: new Set<never>(), deny: new Set(['ban'] as const), rank: null }],
    ]);
    await startWith({ discordRoles: [roles] });
    const outcome = await why(`/why ${mention} ban bob`, { roles: ['trainee'] });
    expect(outcome.message.id).toBe('why.refused');
    expect(outcome.results.map(({ message }) => message.id)).toContain('refused.capabilityTaken');
    expect(english(outcome)).toMatch(/the settings take it away/);
  });

  it('because the group cannot', async () => {
    const outcome = await why(`/why ${mention} mute bob`, {}, { group: 'team' });
    expect(outcome.results.map(({ message }) => message.id)).toContain('refused.groupType');
  });

  it.each([`/why ${mention} mute erin`, `/why ${mention} mute`])(
    'because the quota is used up: %s',
    async (line) => {
      await startWith({ quota: { members: 2, seconds: 600 } });
      await app.type('/mute bob, dave 1h', { as: discordUser(ANN) });
      const outcome = await why(line);
      expect(outcome.message.id).toBe('why.refused');
      expect(outcome.results.map(({ message }) => message.id)).toContain('refused.quota');
      expect((await why(`/why ${mention} lock`)).message.id).toBe('why.allowed');
      expect((await why(line, { capabilities: everything })).message.id).toBe('why.allowed');
    },
  );
});

describe('/why', () => {
  it('says that a reason is needed', async () => {
    await startWith({ reasons: new Set(['ban']) });
    expect(english(await why(`/why ${mention} ban bob`))).toContain('/ban needs a reason here.');
  });

  it('finds a name card of several words', async () => {
    await app.type('/nick alice Sir Alice');
    expect((await app.type('/why "Sir Alice" mute bob')).message.id).toBe('why.allowed');
  });

  it('itself takes lookup', async () => {
    const as = granted(3, everything.difference(new Set(['lookup'])));
    expect((await why(`/why ${mention} mute`, {}, { as })).message.id).toBe('refused.capability');
    expect((await why(`/why ${mention} mute`, {}, { as: memberActor('bob') })).message.id).toBe(
      'refused.capability',
    );
    expect((await why(`/why ${mention} mute`, {}, { as: memberActor('alice') })).kind).toBe('answer');
  });

  it.each([
    ['/why <@100000000000000009> mute', 'refused.unlinkedMention'],
    ['/why nobody-here mute', 'refused.unknownMember'],
    ['/why alice, bob mute', 'refused.onePerson'],
    ['/why alice mut bob', 'refused.unknownCommandDidYouMean'],
  ])('%s is refused: %s', async (line, id) => {
    expect((await app.type(line)).message.id).toBe(id);
  });
});

describe('a mentioned user whom Discord cannot be asked about', () => {
  const fails = () => Promise.reject(new Error('Discord is away'));
  const request = { accountOfMention: fails, actorOfMention: fails };

  it.each([
    `/why ${mention} mute bob`,
    `/mute ${mention} 1h`,
    `/ban ${mention} 1d`,
    `/whois ${mention}`,
    `/history ${mention}`,
    `/link ${ANN} ${mention}`,
  ])('is refused: %s', async (line) => {
    const outcome = await app.type(line, { request });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.mentionUnread' } });
    expect(english(outcome)).toContain(ANN);
    expect(app.changes()).toEqual([]);
    expect(app.logged.join()).toContain('Discord is away');
  });

  it('stops nobody else', async () => {
    const outcome = await app.type(`/mute bob, ${mention} 1h`, { request });
    expect(outcome.kind).toBe('partly');
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(true);
  });

  it('is not asked about where the link says it', async () => {
    await app.type(`/link ${ANN} bob`);
    expect((await app.type(`/mute ${mention} 1h`, { request })).kind).toBe('done');
  });
});
