// Limits of the settings: commands that need a reason, and how many members one person may act on.
import { afterEach, describe, expect, it } from 'vitest';
import { everything } from '../../src/moderation/capability.ts';
import type { GroupSettings } from '../../src/moderation/settings.ts';
import { manualClock } from '../../src/sandbox/clock.ts';
import { type App, discordUser, english, memberActor, settingsWith, startApp } from '../support/app.ts';

let app: App;
afterEach(() => app.close());

const clock = manualClock(Date.now());
const start = async (settings: Partial<GroupSettings>, groups = {}) => {
  app = await startApp({}, { settings: settingsWith(settings, groups), clock });
};

const ANN = '100000000000000001';
const ann = discordUser(ANN);

describe('a required reason', () => {
  it.each(['/ban bob 1d', '/undo', '/lock', '/ban bob 1d "  "'])('is missed in %s', async (line) => {
    await start({ reasons: new Set(['ban', 'undo', 'lock']) });
    const outcome = await app.type(line);
    expect(outcome.message.id).toBe('refused.reasonNeeded');
    expect(app.changes()).toEqual([]);
    expect(await app.cases.find('guild', 1)).toBeNull();
  });

  it.each(['/ban bob 1d spam', '/ban bob 1d reason:spam'])('is there in %s', async (line) => {
    await start({ reasons: new Set(['ban']) });
    expect((await app.type(line)).kind).toBe('done');
  });

  it('is asked for in its group only, and for its command', async () => {
    await start({}, { arena: { reasons: new Set(['mute']) } });
    expect((await app.type('/mute bob 1h')).kind).toBe('done');
    expect((await app.type('/mute bob 1h', { group: 'arena' })).message.id).toBe('refused.reasonNeeded');
    expect((await app.type('/kick dave', { group: 'arena' })).kind).toBe('done');
  });
});

/** Adds members with the names m0, m1, … */
function addMembers(count: number): readonly string[] {
  const names = Array.from({ length: count }, (_, index) => `m${index}`);
  for (const name of names) {
    app.chat.world.addAccount({ userId: name, nick: name });
    app.chat.world.addMember('guild', name, {});
    app.chat.world.addMember('arena', name, {});
  }
  return names;
}

describe('the quota', () => {
  it('is 60 members in 10 minutes, over commands, lists and groups', async () => {
    await start({});
    const names = addMembers(60);
    const as = ann;
    expect((await app.type(`/mute ${names.slice(0, 30).join(', ')} 1h`, { as })).kind).toBe('done');
    expect((await app.type(`/kick ${names.slice(0, 20).join(', ')}`, { as, group: 'arena' })).kind).toBe(
      'done',
    );
    expect((await app.type(`/warn ${names.slice(0, 9).join(', ')}`, { as })).kind).toBe('done');
    app.changes();
    const tooMany = await app.type('/mute m50, m51 1h', { as });
    expect(tooMany.message.id).toBe('refused.quota');
    expect(english(tooMany)).toMatch(/59 of 60 in 10 minutes/);
    expect(app.changes()).toEqual([]);
    expect((await app.type('/mute m50 1h', { as })).kind).toBe('done');
    expect((await app.type('/unmute m50', { as })).message.id).toBe('refused.quota');
    expect((await app.type('/undo', { as })).message.id).toBe('refused.quota');
    expect(app.changes()).toEqual(['modify_group_member_info']);
  });

  it('is nothing to whoever has bulk, and nobody else shares it', async () => {
    await start({ quota: { members: 2, seconds: 600 } });
    const admin = discordUser(ANN, { capabilities: everything, rank: 3 });
    expect((await app.type('/mute bob, dave, erin 1h', { as: admin })).kind).toBe('done');
    expect((await app.type('/unmute bob, dave', { as: discordUser('100000000000000002') })).kind).toBe(
      'done',
    );
  });

  it('can be off', async () => {
    await start({ quota: null });
    const names = addMembers(70);
    expect((await app.type(`/mute ${names.join(', ')} 1h`, { as: ann })).kind).toBe('done');
  });

  it('is not used by what was refused, failed, read or only shown', async () => {
    await start({ quota: { members: 2, seconds: 600 } });
    const as = ann;
    await app.type('/mute olivia, alice 1h', { as });
    await app.type('/mute bob, dave 1h --dry-run', { as });
    await app.type('/whois bob, dave', { as });
    await app.type('/mute bob, dave, erin 1h', { as });
    app.chat.faults.next('forbid_send_msg', { kind: 'code', code: 10_007 });
    await app.type('/mute bob, dave 1h', { as });
    expect((await app.type('/mute bob, dave 1h', { as })).kind).toBe('done');
  });

  it('is free again after its time', async () => {
    await start({ quota: { members: 2, seconds: 600 } });
    await app.type('/mute bob, dave 1h', { as: ann });
    clock.advance(600_000);
    expect((await app.type('/mute erin 1h', { as: ann })).message.id).toBe('refused.quota');
    clock.advance(1);
    expect((await app.type('/mute erin 1h', { as: ann })).kind).toBe('done');
  });

  it('refuses before anything is recorded or sent, and says so in the log', async () => {
    await start({ quota: { members: 1, seconds: 600 } });
    const outcome = await app.type('/mute bob, dave 1h', { as: ann });
    expect(outcome).toMatchObject({ kind: 'refused', message: { id: 'refused.quota' }, requests: [] });
    expect(await app.cases.find('guild', 1)).toBeNull();
    expect(app.changes()).toEqual([]);
    expect(app.logged.map((line) => JSON.parse(line))).toMatchObject([
      { level: 40, surface: 'discord', actor: ANN, group: 'guild', members: 2, msg: 'a quota is used up' },
    ]);
  });

  it('is not slipped past by commands at the same time', async () => {
    await start({ quota: { members: 3, seconds: 600 } });
    const lines = ['bob', 'dave', 'erin', 'mei', 'taro', 'minji'].map((name) => `/mute ${name} 1h`);
    const outcomes = await Promise.all(lines.map((line) => app.type(line, { as: ann })));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(3);
  });

  it('is one for one person with two identities, also at the same time', async () => {
    await start({ quota: { members: 3, seconds: 600 } });
    await app.type(`/link ${ANN} alice`);
    const identities = [ann, memberActor('alice')];
    const names = ['bob', 'dave', 'erin', 'mei', 'taro', 'minji'];
    const outcomes = await Promise.all(
      names.map((name, index) => app.type(`/mute ${name} 1h`, { as: identities[index % 2] ?? ann })),
    );
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(3);
    for (const as of identities) {
      expect((await app.type('/kick frank', { as })).message.id).toBe('refused.quota');
    }
  });

  it('does not begin anew with a link, nor without it', async () => {
    await start({ quota: { members: 2, seconds: 600 } });
    const as = discordUser(ANN, { account: ANN });
    await app.type('/mute bob, dave 1h', { as });
    await app.type(`/link ${ANN} frank`);
    expect((await app.type('/mute erin 1h', { as })).message.id).toBe('refused.quota');
    clock.advance(600_001);
    await app.type('/mute mei, taro 1h', { as });
    await app.type(`/unlink ${ANN}`);
    expect((await app.type('/mute erin 1h', { as })).message.id).toBe('refused.quota');
  });
});
