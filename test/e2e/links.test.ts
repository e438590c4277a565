// Links: two identities are one person, and nobody climbs or gets at themselves through the other one.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everything, type Rank } from '../../src/moderation/capability.ts';
import { type App, discordUser, english, granted, settingsWith, startApp } from '../support/app.ts';

const ANN = '100000000000000001';
const BEN = '100000000000000002';
const CAT = '100000000000000003';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

/** Somebody above everybody, who is no Discord user. */
const admin = granted(3);

/** Links by somebody of a rank; the tests rely on its success. */
async function link(user: string, account: string, rank: Rank = 3): Promise<void> {
  const as = { ...granted(rank), id: `linker-${rank}` };
  expect((await app.type(`/link <@${user}> ${account}`, { as })).kind).toBe('done');
}

/** A group in which the guild's owner is nobody, and carol is the owner. */
function addSideGroup(): void {
  app.chat.world.addGroup({ id: 'side', type: 'Public', name: 'Side', owner: 'carol' });
}

describe('a user and an account', () => {
  it('are linked by mention or id, listed, and parted again', async () => {
    expect((await app.type(`/link <@${ANN}> bob`, { as: admin })).message.id).toBe('link.done');
    expect((await app.type(`/link ${BEN} @Carol`, { as: admin })).message.id).toBe('link.done');
    const list = english(await app.type('/links', { as: admin }));
    expect(list).toContain(ANN);
    expect(list).toContain('carol');
    expect((await app.type(`/unlink ${ANN}`, { as: admin })).message.id).toBe('unlink.done');
    expect(await app.store.links.ofUser('discord', ANN)).toBeNull();
    expect((await app.type(`/unlink ${ANN}`, { as: admin })).message.id).toBe('refused.notLinked');
  });

  it('are shown to those who may look people up in every group, not in a single one', async () => {
    await app.close();
    const host = new Map([['host', { allow: everything, deny: new Set<never>(), rank: null }]]);
    app = await startApp({}, { settings: settingsWith({}, { arena: { discordRoles: [host] } }) });
    await link(ANN, 'bob');
    const as = discordUser(BEN, { capabilities: new Set(), roles: ['host'] });
    const shown = await app.type('/links', { as, group: 'arena' });
    expect(shown.message.id).toBe('refused.capability');
    expect(JSON.stringify(shown)).not.toContain(ANN);
    const everywhere = discordUser(BEN, { capabilities: new Set(['lookup']) });
    expect(english(await app.type('/links', { as: everywhere, group: 'arena' }))).toContain(ANN);
  });

  it('are never linked to a second one', async () => {
    await link(ANN, 'bob');
    expect((await app.type(`/link <@${ANN}> dave`, { as: admin })).message.id).toBe('refused.linked');
    expect((await app.type(`/link <@${BEN}> bob`, { as: admin })).message.id).toBe('refused.linked');
    expect((await app.type(`/link <@${BEN}> Bob`, { as: admin })).message.id).toBe('refused.linked');
    expect(await app.store.links.list(10)).toMatchObject([{ user: ANN, account: 'bob' }]);
  });

  it('are linked once when many link them at the same moment', async () => {
    const lines = [
      ...['bob', 'dave', 'erin'].map((account) => `/link ${ANN} ${account}`),
      ...[BEN, CAT].map((user) => `/link ${user} bob`),
    ];
    await Promise.all(lines.map((line) => app.type(line, { as: admin })));
    const links = await app.store.links.list(10);
    expect(new Set(links.map(({ user }) => user)).size).toBe(links.length);
    expect(new Set(links.map(({ account }) => account)).size).toBe(links.length);
  });

  it.each([
    ['the bot', 'administrator', 3, 'refused.botAccount'],
    ['the owner, by rank 2', 'olivia', 2, 'refused.rank'],
    ['two accounts', 'bob, dave', 3, 'refused.oneAccount'],
    ['nobody', 'nobody-at-all', 3, 'refused.unknownMember'],
  ] as const)('are not linked: %s', async (_case, account, rank, id) => {
    const as = { ...granted(rank), id: 'linker' };
    expect((await app.type(`/link <@${ANN}> ${account}`, { as })).message.id).toBe(id);
    expect(await app.store.links.list(10)).toEqual([]);
  });

  it.each(['/link 100000000000000001 bob', '/unlink 100000000000000001'])(
    '%s takes the capability configure',
    async (line) => {
      const as = discordUser(BEN, { capabilities: everything.difference(new Set(['configure'])), rank: 3 });
      expect((await app.type(line, { as })).message.id).toBe('refused.capability');
    },
  );
});

const onOneself = ['/mute WHO 1h', '/kick WHO', '/ban WHO 1d', '/promote WHO', '/warn WHO', '/unmute WHO'];
const names = ['bob', '"Bob"', `<@${ANN}>`, `"Bob", <@${ANN}>, bob`];
const attempts = onOneself.flatMap((line) => names.map((name) => line.replace('WHO', name)));

describe('a linked actor', () => {
  it.each(attempts)('does not act on their own account: %s', async (line) => {
    await link(ANN, 'bob');
    const as = discordUser(ANN, { rank: 3, capabilities: everything, account: ANN });
    const outcome = await app.type(line, { as, mentions: { [ANN]: ANN } });
    expect(outcome.kind).toBe('refused');
    expect(outcome.message.id).toBe('refused.self');
    expect(app.changes()).toEqual([]);
    expect(await app.cases.find('guild', 2)).toBeNull();
  });

  it('does not undo what was done to their own account', async () => {
    await link(ANN, 'bob');
    await app.type('/mute bob 1h', { as: admin });
    await app.type('/warn bob points:5', { as: admin });
    const as = discordUser(ANN, { rank: 3, capabilities: everything });
    expect((await app.type('/undo 2', { as })).message.id).toBe('refused.self');
    expect((await app.type('/undo 3', { as })).message.id).toBe('refused.self');
    expect((await app.cases.find('guild', 3))?.state).toBe('applied');
  });

  it('does not take their own warning back by undoing it for somebody else as well', async () => {
    await link(ANN, 'bob');
    await app.type('/warn bob, dave points:5', { as: admin });
    const as = discordUser(ANN, { rank: 3, capabilities: everything });
    await app.type('/undo 2', { as });
    expect(english(await app.type('/history bob', { as: admin }))).toMatch(/count now: 5 points/);
  });

  it('does not make their own promotion last', async () => {
    await link(ANN, 'bob');
    await app.type('/promote bob duration:1h', { as: admin });
    const as = discordUser(ANN, { rank: 3, capabilities: everything });
    expect((await app.type('/timers cancel 2', { as })).message.id).toBe('refused.self');
    expect(await app.cases.nextTimer()).not.toBeNull();
  });

  it('does act on the account that the surface would have guessed', async () => {
    await link(ANN, 'bob');
    const as = discordUser(ANN, { account: 'dave' });
    expect((await app.type('/mute dave 1h', { as })).kind).toBe('done');
    expect(await app.cases.find('guild', 2)).toMatchObject({ actor: { id: ANN, account: 'bob' } });
  });
});

describe('an account that is linked to somebody else', () => {
  it('is not the actor, whatever the surface guesses', async () => {
    await link(ANN, 'bob');
    const as = discordUser(BEN, { account: 'bob' });
    expect((await app.type('/mute bob 1h', { as })).kind).toBe('done');
    expect(await app.cases.find('guild', 2)).toMatchObject({ actor: { id: BEN, account: null } });
  });

  it('is not the target of a mention', async () => {
    await link(ANN, 'bob');
    const outcome = await app.type(`/mute <@${BEN}> 1h`, { as: admin, mentions: { [BEN]: 'bob' } });
    expect(outcome.message.id).toBe('refused.unlinkedMention');
    expect(app.changes()).toEqual([]);
  });

  it('gives its linked user as the target of a mention, whatever the surface guesses', async () => {
    await link(ANN, 'bob');
    await app.type(`/mute <@${ANN}> 1h`, { as: admin, mentions: { [ANN]: 'dave' } });
    expect(app.chat.world.isMuted('guild', 'bob')).toBe(true);
    expect(app.chat.world.isMuted('guild', 'dave')).toBe(false);
  });
});

describe('the role of a linked account', () => {
  it('counts for the rank where rank 3 made the link', async () => {
    await link(ANN, 'olivia');
    const as = discordUser(ANN);
    expect((await app.type('/mute alice 1h', { as })).kind).toBe('done');
  });

  it('counts for no more than the rank of whoever made the link', async () => {
    addSideGroup();
    const as = { ...granted(2), id: 'configurer' };
    expect((await app.type(`/link ${ANN} olivia`, { as, group: 'side' })).kind).toBe('done');
    expect(await app.store.links.ofUser('discord', ANN)).toMatchObject({ rank: 2 });
    const climber = discordUser(ANN, { rank: 1 });
    expect((await app.type('/mute bob 1h', { as: climber })).kind).toBe('done');
    expect((await app.type('/mute alice 1h', { as: climber })).message.id).toBe('refused.rank');
  });

  it('is not lent: whoever is linked below it has no say over what that account wrote or is', async () => {
    addSideGroup();
    const as = { ...granted(2), id: 'configurer' };
    await app.type(`/link ${ANN} olivia`, { as, group: 'side' });
    app.chat.world.addMessage('guild', { from: 'olivia', text: 'The rules' });
    const outcome = await app.type('/recall last 1', { as: discordUser(ANN) });
    expect(outcome.kind).toBe('refused');
    expect(app.changes()).toEqual([]);
  });

  it('lifts nobody who was linked while the question stood and is not any more', async () => {
    await link(ANN, 'olivia');
    const as = discordUser(ANN);
    const outcome = await app.type('/ban alice 1d', {
      as,
      request: {
        async ask() {
          await app.type(`/unlink ${ANN}`, { as: admin });
          return { kind: 'chosen', choice: 'confirm' };
        },
      },
    });
    expect(outcome.message.id).toBe('refused.changedMeanwhile');
    expect(app.changes()).toEqual([]);
  });
});

describe('a configurer of rank 2', () => {
  it.each([
    ['link themselves', `/link ${ANN} bob`, 'refused.linkSelf'],
    ['give their account to somebody else', `/link ${BEN} dave`, 'refused.linkSelf'],
    ['give their account to somebody else by its name card', `/link ${BEN} @Dave`, 'refused.linkSelf'],
  ])('does not %s', async (_case, line, id) => {
    const as = discordUser(ANN, { account: 'dave' });
    expect((await app.type(line, { as })).message.id).toBe(id);
    expect(await app.store.links.list(10)).toEqual([]);
  });

  it('does not part from their own account', async () => {
    await link(ANN, 'bob', 2);
    const outcome = await app.type(`/unlink ${ANN}`, { as: discordUser(ANN) });
    expect(outcome.message.id).toBe('refused.linkSelf');
    expect(await app.store.links.ofUser('discord', ANN)).not.toBeNull();
  });

  it('does not undo a link that rank 3 made, but one that rank 2 made', async () => {
    await link(BEN, 'bob', 3);
    await link(CAT, 'dave', 2);
    const as = discordUser(ANN);
    expect((await app.type(`/unlink ${BEN}`, { as })).message.id).toBe('refused.linkRank');
    expect((await app.type(`/unlink ${CAT}`, { as })).message.id).toBe('unlink.done');
  });

  it('does not get more out of links by being the owner of some other group', async () => {
    addSideGroup();
    await link(ANN, 'carol');
    await link(BEN, 'bob');
    const as = discordUser(ANN);
    const inSide = (line: string) => app.type(line, { as, group: 'side' });
    expect((await inSide(`/unlink ${ANN}`)).message.id).toBe('refused.linkSelf');
    expect((await inSide(`/unlink ${BEN}`)).message.id).toBe('refused.linkRank');
    expect((await inSide(`/link ${CAT} olivia`)).kind).toBe('done');
    expect(await app.store.links.ofUser('discord', CAT)).toMatchObject({ rank: 2 });
  });
});

describe('rank 3', () => {
  it('may link and part themselves', async () => {
    const as = discordUser(ANN, { rank: 3, account: 'bob' });
    expect((await app.type(`/link ${ANN} olivia`, { as })).message.id).toBe('link.done');
    expect((await app.type(`/unlink ${ANN}`, { as })).message.id).toBe('unlink.done');
  });
});

describe('rights of one group', () => {
  const boss = new Map([['boss', { allow: everything, deny: new Set<never>(), rank: 3 as const }]]);

  it.each([`/link ${BEN} olivia`, `/unlink ${CAT}`])(
    '%s: are not enough for links, which hold everywhere',
    async (line) => {
      await app.close();
      app = await startApp({}, { settings: settingsWith({}, { side: { discordRoles: [boss] } }) });
      addSideGroup();
      await link(CAT, 'dave');
      const as = discordUser(ANN, { rank: 1, capabilities: new Set(), roles: ['boss'] });
      const outcome = await app.type(line, { as, group: 'side' });
      expect(outcome.message.id).toBe('refused.capability');
      expect(await app.store.links.list(10)).toMatchObject([{ user: CAT }]);
    },
  );
});
