// Every command against the sandbox: what it sends, what it changes, and what it says.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMANENT } from '../../src/chat/protocol/schemas.ts';
import { type App, english, granted, startApp } from '../support/app.ts';

let app: App;
beforeEach(async () => {
  app = await startApp();
});
afterEach(() => app.close());

const bodies = async (line: string, group = 'guild') => {
  const outcome = await app.type(line, { group });
  return {
    kind: outcome.kind,
    bodies: outcome.requests.map((request) => request.body),
    text: english(outcome),
    outcome,
  };
};
const member = (account: string, group = 'guild') => app.chat.world.member(group, account);

describe('the sample requests of page 34900 leave exactly, each by its command', () => {
  const GroupId = '@TGS#2CLUZEAEJ';
  beforeEach(() => {
    const { world } = app.chat;
    world.addGroup({ id: GroupId, type: 'Public', name: 'Sample', owner: 'olivia' });
    world.addMember(GroupId, 'bob', { nameCard: 'Robert' });
  });

  it.each<[string, object]>([
    ['/promote @bob', { Role: 'Admin' }],
    ['/notify @bob silent', { MsgFlag: 'AcceptNotNotify' }],
    ['/nick @bob bob', { NameCard: 'bob' }],
    ['/field @bob team ModifyData1', { AppMemberDefinedData: [{ Key: 'team', Value: 'ModifyData1' }] }],
    ['/mute @bob 86400', { MuteTime: 86_400 }],
  ])('%s', async (line, fields) => {
    const sent = await bodies(line, GroupId);
    expect(sent).toMatchObject({ kind: 'done', bodies: [{ GroupId, Member_Account: 'bob', ...fields }] });
    expect(Object.keys(sent.bodies[0] ?? {})).toEqual(['GroupId', 'Member_Account', ...Object.keys(fields)]);
  });

  it('/demote @bob and /notify @bob all', async () => {
    await app.type('/promote @bob', { group: GroupId });
    expect((await bodies('/demote @bob', GroupId)).bodies).toEqual([
      { GroupId, Member_Account: 'bob', Role: 'Member' },
    ]);
    await app.type('/notify @bob block', { group: GroupId });
    expect((await bodies('/notify @bob all', GroupId)).bodies).toEqual([
      { GroupId, Member_Account: 'bob', MsgFlag: 'AcceptAndNotify' },
    ]);
  });
});

describe('/mute', () => {
  it('one member for a while, and says until when', async () => {
    const sent = await bodies('/mute @bob 3600 spamming the lobby');
    const until = app.chat.world.group('guild').mutes.get('bob') ?? 0;
    expect(sent.text).toContain('muted for 1 hour');
    expect(sent.text).toContain('Reason: spamming the lobby');
    const said = Date.parse(/until (\S+)\.$/m.exec(sent.text)?.[1] ?? '') / 1_000;
    expect(Math.abs(said - until)).toBeLessThanOrEqual(1);
  });

  it('several members in one call', async () => {
    const sent = await bodies('/mute @bob @dave, Carol 3h already:until');
    expect(sent.bodies).toEqual([
      { GroupId: 'guild', Members_Account: ['bob', 'dave', 'carol'], MuteTime: 10_800 },
    ]);
    expect(sent.outcome.results.map((result) => result.outcome)).toEqual(['done', 'done', 'done']);
  });

  it('for good', async () => {
    const sent = await bodies('/mute @bob permanent');
    expect(sent.bodies).toEqual([{ GroupId: 'guild', Members_Account: ['bob'], MuteTime: PERMANENT }]);
    expect((await bodies('/mute @bob 60')).text).toMatch(
      /^Bob \(bob\) is already muted permanently\. Choose one/,
    );
    expect((await bodies('/mute @bob 60 already:until')).text).toBe(
      'Bob (bob) is already muted permanently. Nothing changed; to shorten it, add already:replace.',
    );
  });

  it('lengthens a mute, or shortens it, only when told which', async () => {
    await app.type('/mute @bob 60');
    expect(await bodies('/mute @bob 1h')).toMatchObject({ kind: 'refused', bodies: [] });
    expect((await bodies('/mute @bob 1h already:extend')).bodies).toMatchObject([
      { MuteTime: expect.closeTo(3_660, -1) },
    ]);
    const shorter = await bodies('/mute @bob 30s already:until');
    expect(shorter).toMatchObject({ kind: 'refused', bodies: [] });
    expect(shorter.outcome.message.id).toBe('mute.already');
    const shortened = await bodies('/mute @bob 30s already:replace');
    expect(shortened.outcome.message.id).toBe('mute.shortened');
    expect(shortened.bodies).toMatchObject([{ MuteTime: 30 }]);
    expect((await bodies('/mute @bob 1h already:until')).outcome.message.id).toBe('mute.extended');
    expect((await bodies('/mute @bob permanent')).kind).toBe('done');
  });

  it('in a list leaves those who are muted already, and mutes the others', async () => {
    const sent = await bodies('/mute @bob @carol 1h');
    expect(sent.kind).toBe('partly');
    expect(sent.bodies).toMatchObject([{ Member_Account: 'bob', MuteTime: 3_600 }]);
  });

  it('a mute that has passed does not count, although Chat still stores it', async () => {
    app.chat.world.group('guild').mutes.set('bob', Math.floor(Date.now() / 1_000) - 5);
    expect((await bodies('/unmute @bob')).outcome.message.id).toBe('unmute.notMuted');
    expect((await bodies('/mute @bob 1s')).outcome.message.id).toBe('mute.done');
  });

  it('in a live room, which keeps no profiles', async () => {
    const sent = await bodies('/mute @bob 60', 'live');
    expect(sent).toMatchObject({
      kind: 'done',
      bodies: [{ GroupId: 'live', Members_Account: ['bob'], MuteTime: 60 }],
    });
    expect((await bodies('/unmute @bob', 'live')).bodies).toEqual([
      { GroupId: 'live', Members_Account: ['bob'], MuteTime: 0 },
    ]);
    expect((await bodies('/mute @nobody 60', 'live')).outcome.message.id).toBe('refused.unknownAccount');
    expect((await bodies('/mute @olivia 60', 'live')).outcome.message.id).toBe('refused.owner');
  });

  it('500 members are one call, and no more than 500 are taken', async () => {
    const names = Array.from({ length: 500 }, (_, index) => `u${index}`);
    for (const name of names) {
      app.chat.world.addAccount({ userId: name });
      app.chat.world.addMember('guild', name);
    }
    const sent = await bodies(`/mute ${names.map((name) => `@${name}`).join(' ')} 60`);
    expect(sent.bodies).toHaveLength(1);
    expect(sent.outcome.results.every((result) => result.outcome === 'done')).toBe(true);
    expect(
      (await bodies(`/mute ${names.map((name) => `@${name}`).join(' ')} @bob 60`)).outcome.message.id,
    ).toBe('refused.tooManyMembers');
  });
});

describe('/unmute', () => {
  it('frees a member who left: the mute outlives the membership', async () => {
    await app.type('/mute @dave 1h');
    await app.type('/kick @dave');
    const sent = await bodies('/unmute @dave');
    expect(sent).toMatchObject({ kind: 'done', bodies: [{ Members_Account: ['dave'], MuteTime: 0 }] });
    expect((await bodies('/unmute @dave')).kind).toBe('refused');
  });
});

describe('roles', () => {
  it('an admin is not promoted again, a member not demoted', async () => {
    expect((await bodies('/promote @alice')).outcome.message.id).toBe('promote.already');
    expect((await bodies('/demote @bob')).outcome.message.id).toBe('demote.notAdmin');
  });

  it('permission groups make admins powerless, which is said instead of promoting', async () => {
    app.chat.world.group('@TGS#_lounge').profile.EnablePermission = 1;
    const sent = await bodies('/promote @bob', '@TGS#_lounge');
    expect(sent).toMatchObject({
      kind: 'refused',
      bodies: [],
      outcome: { message: { id: 'promote.permissionGroups' } },
    });
  });
});

describe('names and fields', () => {
  it('/nick sets, keeps and clears', async () => {
    expect((await bodies('/nick @bob Sir Bob')).text).toBe('Bob (bob) is now called Sir Bob.\nCase 1');
    expect(member('bob')?.nameCard).toBe('Sir Bob');
    expect((await bodies('/nick @bob Sir Bob')).outcome.message.id).toBe('nick.same');
    expect((await bodies('/nick @bob -')).bodies).toEqual([
      { GroupId: 'guild', Member_Account: 'bob', NameCard: '' },
    ]);
    expect((await bodies('/nick @bob -')).outcome.message.id).toBe('nick.none');
  });

  it('/nick says how many bytes are too many', async () => {
    const sent = await bodies('/nick @bob 鞍马天狗的弟子鞍马天狗的弟子鞍马天狗');
    expect(sent.text).toContain('has 54 bytes in UTF-8; at most 50 are allowed');
  });

  it('/field sets and clears', async () => {
    expect((await bodies('/field @bob level 13')).kind).toBe('done');
    expect((await bodies('/field @bob level 13')).outcome.message.id).toBe('field.same');
    expect((await bodies('/field @bob level -')).bodies).toEqual([
      { GroupId: 'guild', Member_Account: 'bob', AppMemberDefinedData: [{ Key: 'level', Value: '' }] },
    ]);
    expect((await bodies('/field @bob unknown x')).kind).toBe('failed');
  });

  it.each([
    ['all', 'AcceptAndNotify'],
    ['silent', 'AcceptNotNotify'],
    ['mentions', 'AcceptNotNotifyExceptAt'],
    ['block', 'Discard'],
  ])('/notify %s is %s', async (mode, flag) => {
    await app.type(`/notify @bob ${mode === 'all' ? 'block' : 'all'}`);
    expect((await bodies(`/notify @bob ${mode}`)).bodies).toEqual([
      { GroupId: 'guild', Member_Account: 'bob', MsgFlag: flag },
    ]);
    expect((await bodies(`/notify @bob ${mode}`)).outcome.message.id).toBe('notify.same');
  });
});

describe('removing', () => {
  it('/kick tells Chat the reason', async () => {
    const sent = await bodies('/kick @bob,@dave being rude');
    expect(sent.bodies).toEqual([
      { GroupId: 'guild', MemberToDel_Account: ['bob', 'dave'], Reason: 'being rude' },
    ]);
    expect(member('bob')).toBeUndefined();
    expect((await bodies('/kick @bob')).outcome.message.id).toBe('refused.unknownMember');
  });

  it('/ban reaches members and accounts that never joined, twenty a call', async () => {
    const names = Array.from({ length: 24 }, (_, index) => `raider${index}`);
    for (const userId of names) app.chat.world.addAccount({ userId });
    const sent = await bodies(`/ban @bob ${names.map((name) => `@${name}`).join(' ')} 1d raid`);
    expect(sent.bodies).toHaveLength(2);
    expect(sent.bodies[0]).toMatchObject({ Duration: 86_400, Description: 'raid' });
    expect(app.chat.world.isBanned('guild', 'raider23')).toBe(true);
    expect(member('bob')).toBeUndefined();
  });

  it('/ban upgrades a shorter ban and keeps a longer one', async () => {
    expect((await bodies('/ban @mallory 1h')).outcome.message.id).toBe('ban.already');
    expect((await bodies('/ban @mallory permanent')).kind).toBe('done');
    expect((await bodies('/ban @mallory 10d')).text).toContain('already banned permanently');
  });

  it('/unban frees only the banned', async () => {
    expect((await bodies('/unban @mallory')).bodies).toEqual([
      { GroupId: 'guild', Members_Account: ['mallory'] },
    ]);
    expect((await bodies('/unban @bob')).outcome.message.id).toBe('unban.notBanned');
    expect((await bodies('/unban @mallory')).kind).toBe('refused');
  });
});

describe('the whole group', () => {
  it('/lock and /unlock', async () => {
    expect((await bodies('/lock')).bodies).toEqual([{ GroupId: 'guild', MuteAllMember: 'On' }]);
    expect((await bodies('/lock')).outcome.message.id).toBe('lock.already');
    expect((await bodies('/unlock')).bodies).toEqual([{ GroupId: 'guild', MuteAllMember: 'Off' }]);
    expect((await bodies('/unlock')).outcome.message.id).toBe('unlock.notLocked');
  });
});

describe('messages', () => {
  it('/recall last 12 takes ten a call and says what went', async () => {
    for (let index = 0; index < 12; index += 1)
      app.chat.world.addMessage('guild', { from: 'bob', text: `m${index}` });
    const sent = await bodies('/recall last 12 flood');
    expect(sent.bodies).toHaveLength(2);
    expect(sent.text).toContain('12 done, 0 refused, 0 failed');
    expect(sent.text).toMatch(/by bob was recalled: m11/);
  });

  it('/recall reports each message by its own code', async () => {
    const { seq } = app.chat.world.addMessage('guild', { from: 'bob', text: 'old' });
    app.chat.faults.next('group_msg_recall', { kind: 'code', code: 10_031 });
    expect((await bodies(`/recall ${seq}`)).kind).toBe('failed');
    const sent = await bodies(`/recall ${seq} 9999`);
    expect(sent.kind).toBe('partly');
    expect(sent.outcome.results.map((result) => result.message.id)).toEqual([
      'recall.done',
      'refused.unknownMessage',
    ]);
    expect((await bodies(`/recall ${seq}`)).outcome.message.id).toBe('refused.alreadyRecalled');
  });

  it('in a live room: by number only, and only by the highest rank, as the sender is unknown', async () => {
    expect((await app.type('/recall last 3', { group: 'live' })).message.id).toBe('refused.noHistory');
    const moderator = await app.type('/recall 1', { group: 'live', as: granted(2) });
    expect(moderator).toMatchObject({ kind: 'refused', requests: [] });
  });

  it('/purge reaches somebody who has left', async () => {
    app.chat.world.addMessage('guild', { from: 'bob', text: 'spam' });
    await app.type('/kick @bob');
    expect((await bodies('/purge @bob')).kind).toBe('done');
  });
});

describe('reading', () => {
  it.each([
    ['/whois @carol', /Role: member[\s\S]*Muted until/],
    ['/whois @mallory', /Role: not in this group[\s\S]*Banned until/],
    ['/whois @bob @carol', /2 members/],
    ['/members', /Moonlight Guild \(guild\): 12 members/],
    ['/members owner', /olivia: owner/],
    ['/muted', /carol: until/],
    ['/banned', /mallory: until/],
    ['/group', /Type: Public[\s\S]*Owner: olivia/],
    ['/help', /\/mute member duration \[already:…\] \[reason\]/],
    ['/help mute', /Needs the capability "mute"/],
    ['/help /mute', /Works in: Public, Meeting, live room, and Community/],
  ])('%s', async (line, expected) => {
    const sent = await bodies(line);
    expect(sent.kind).toBe('answer');
    expect(sent.text).toMatch(expected);
    expect(app.changes()).toEqual([]);
  });

  it('a Community is read by its own paging', async () => {
    for (let index = 0; index < 150; index += 1) {
      app.chat.world.addAccount({ userId: `c${index}` });
      app.chat.world.addMember('@TGS#_lounge', `c${index}`, { nameCard: `Card ${index}` });
    }
    expect((await bodies('/members', '@TGS#_lounge')).outcome.message.id).toBe('members.headCut');
    expect((await bodies('/mute "Card 149" 60', '@TGS#_lounge')).kind).toBe('done');
  });
});
