// World files: saved, started from again, written by hand, and refused with words that help.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { fillDefaultWorld, sandboxApp } from '../../../src/sandbox/chat/index.ts';
import {
  readWorldFile,
  restoreWorld,
  snapshotOf,
  type WorldFile,
  WorldFileFault,
} from '../../../src/sandbox/chat/state/index.ts';
import { World } from '../../../src/sandbox/chat/world/world.ts';
import { manualClock } from '../../../src/sandbox/clock.ts';
import { NOW, START, start } from './harness.ts';

const admins = sandboxApp.admins;

function worldOf(file: WorldFile): World {
  const world = new World(manualClock(START));
  restoreWorld(world, readWorldFile(file), admins);
  return world;
}

it('comes back the same, with everything that can be in it', async () => {
  const { call, service } = await start();
  const plaza = { GroupId: '@TGS#_plaza' };
  await service.say('guild', 'bob', 'hello');
  await service.whisper('bob', 'carol', 'psst');
  await service.logIn('bob', 'iOS');
  await call('setnospeaking', { Set_Account: 'dave', GroupmsgNospeakingTime: 60 });
  await call('portrait_set', {
    From_Account: 'bob',
    ProfileItem: [{ Tag: 'Tag_Profile_IM_Level', Value: 7 }],
  });
  await call('set_group_attr', { ...plaza, GroupAttr: [{ key: 'a', value: 'b' }] });
  await call('update_group_counter', { GroupId: 'guild', GroupCounter: [{ Key: 'likes', Value: 2 }] });
  await call('modify_group_base_info', { GroupId: 'guild', AppDefinedData: [{ Key: 'season', Value: '7' }] });
  const TopicId = '@TGS#_plaza@TOPIC#_trade';
  await call('forbid_send_msg', { ...plaza, TopicId, Members_Account: ['bob'], MuteTime: 60 });
  const PermissionGroupId = '@PMG#_x';
  await call('create_permission_group', {
    ...plaza,
    PermissionGroupId,
    PermissionGroupName: 'X',
    Permission: 64,
  });
  const helpers = { ...plaza, PermissionGroupId };
  await call('add_permission_group_member', { ...helpers, MemberList: [{ Member_Account: 'bob' }] });
  await call('add_topic_permission_group', { ...helpers, TopicPermissionList: [{ TopicId, Permission: 8 }] });

  // Through JSON, as a file goes.
  const saved = JSON.parse(JSON.stringify(snapshotOf(service.world)));
  const again = worldOf(saved);
  expect(snapshotOf(again)).toEqual(saved);
  for (const part of ['accounts', 'groups', 'silences', 'online', 'memberFields', 'oneToOne'] as const) {
    expect([part, again[part]]).toEqual([part, service.world[part]]);
  }
  expect(again.inbox('carol')).toEqual(service.world.inbox('carol'));
});

it('is small where little is said', () => {
  const world = worldOf({
    version: 1,
    accounts: [{ id: 'ann', nick: 'Ann' }, { id: 'ben' }],
    groups: [
      {
        id: 'g',
        type: 'Public',
        name: 'G',
        owner: 'ann',
        created: 'now-2d',
        members: [{ account: 'ben', joined: '2025-12-31T23:00:00Z' }],
        mutes: { ben: 'now+1h' },
        bans: { ann: { until: NOW + 5 } },
        messages: [{ from: 'ben', text: 'hi', time: 'now-90s' }],
      },
    ],
  });
  expect([...world.accounts.keys()]).toEqual([...admins, 'ann', 'ben']);
  expect(world.group('g')).toMatchObject({ createTime: NOW - 172_800, owner: 'ann' });
  expect(world.member('g', 'ben')).toMatchObject({ joinTime: NOW - 3600, lastSendMsgTime: NOW - 90 });
  expect(world.group('g').mutes.get('ben')).toBe(NOW + 3600);
  expect(world.isBanned('g', 'ann')).toBe(true);
  expect(world.messages('g')).toMatchObject([{ seq: 1, from: 'ben', time: NOW - 90, platform: 'Web' }]);
});

it('is as the documentation shows it', async () => {
  const page = await readFile(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
  const [, example = ''] = /```json\n(\{\n {2}"version"[\s\S]*?)```/.exec(page) ?? [];
  const world = worldOf(JSON.parse(example));
  expect(world.member('lobby', 'ben')).toMatchObject({ role: 'Admin', nameCard: 'Ben' });
  expect(world.isMuted('lobby', 'ben')).toBe(true);
});

it('holds the default world', () => {
  const world = new World(manualClock(START));
  fillDefaultWorld(world);
  expect(snapshotOf(worldOf(snapshotOf(world))).groups).toEqual(snapshotOf(world).groups);
});

describe('is refused with the place, the reason and what would be right', () => {
  const ann = { accounts: [{ id: 'ann' }] };
  const group = (more: object) => ({
    version: 1,
    ...ann,
    groups: [{ id: 'g', type: 'Public', name: 'G', ...more }],
  });
  it.each<[string, unknown, RegExp]>([
    ['no version', {}, /^version: .*expected 1/],
    ['another version', { version: 2 }, /^version: .*expected 1/],
    ['an unknown key', { version: 1, acounts: [] }, /Unrecognized key: "acounts"/],
    ['an unknown type', group({ type: 'Guild' }), /^groups\[0\]\.type: unknown group type "Guild"/],
    ['a wrong time', group({ created: 'yesterday' }), /^groups\[0\]\.created: .*now-90s/],
    ['an unknown owner', group({ owner: 'bob' }), /^groups\[0\]\.owner: "bob" is no account; add/],
    [
      'an unknown member',
      group({ members: [{ account: 'bob' }] }),
      /^groups\[0\]\.members\[0\]\.account: "bob"/,
    ],
    [
      'an unknown sender',
      group({ messages: [{ from: 'bob', text: 'x' }] }),
      /^groups\[0\]\.messages\[0\]\.from/,
    ],
    ['an empty message', group({ messages: [{ from: 'ann' }] }), /either text or body/],
    ['a live room with members', group({ type: 'AVChatRoom', members: [] }), /say who is inside in online/],
    ['topics elsewhere', group({ topics: [] }), /"supportTopic": true/],
    [
      'an admin in a Work group',
      group({ type: 'Work', members: [{ account: 'ann', role: 'Admin' }] }),
      /no Admin/,
    ],
    ['a group twice', { version: 1, groups: [group({}).groups[0], group({}).groups[0]] }, /is there already/],
    [
      "another group's topic",
      group({ type: 'Community', supportTopic: true, topics: [{ id: 'x', name: 'X' }] }),
      /begins with g@TOPIC#_/,
    ],
  ])('%s', (_name, file, words) => {
    const fault = refusalOf(file);
    expect(fault?.faults.join('\n')).toMatch(words);
  });

  it('counts what it does not show', () => {
    const messages = Array.from({ length: 14 }, () => ({ from: 'bob', text: 'x' }));
    const faults = refusalOf(group({ messages }))?.faults;
    expect(faults).toHaveLength(11);
    expect(faults?.at(-1)).toBe('and 4 more');
  });
});

function refusalOf(file: unknown): WorldFileFault | undefined {
  try {
    readWorldFile(file);
    return undefined;
  } catch (error) {
    if (error instanceof WorldFileFault) return error;
    throw error;
  }
}
