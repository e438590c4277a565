// The world that the sandbox starts with: a small game community in several languages.

import { addTip } from '../acts/tips.ts';
import type { ChatApp } from '../wire/gate.ts';
import type { GroupSpec } from './group.ts';
import type { MemberSpec, World } from './world.ts';

/** Credentials of the sandbox's app. Published on purpose: they open nothing. */
export const sandboxApp: ChatApp = {
  sdkAppId: 1_400_000_000,
  secretKey: '5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c5a4d0b0c',
  admins: ['administrator'],
};

const nicks: Readonly<Record<string, string>> = {
  olivia: 'Olivia',
  alice: 'Alice',
  ken: 'Ken',
  bob: 'Bob',
  carol: 'Carol',
  dave: 'Dave',
  erin: 'Erin',
  mei: '李梅',
  taro: '太郎',
  minji: '민지',
  frank: 'Frank',
  grace: 'Grace',
  mallory: 'Mallory',
};

const groups: readonly GroupSpec[] = [
  {
    id: 'guild',
    type: 'Public',
    name: 'Moonlight Guild',
    owner: 'olivia',
    profile: {
      Introduction: 'A guild for night owls',
      Notification: 'Raid on Friday at 20:00',
      ApplyJoinOption: 'FreeAccess',
    },
  },
  { id: 'team', type: 'Private', name: 'Raid Team', owner: 'olivia' },
  { id: 'arena', type: 'ChatRoom', name: 'Arena', owner: 'olivia' },
  { id: '@TGS#_lounge', type: 'Community', name: 'The Lounge', owner: 'olivia' },
  {
    id: '@TGS#_plaza',
    type: 'Community',
    name: 'The Plaza',
    owner: 'olivia',
    supportTopic: true,
  },
  { id: 'live', type: 'AVChatRoom', name: 'Live from the Arena', owner: 'olivia' },
];

const admin: MemberSpec = { role: 'Admin' };
const plain: MemberSpec = {};

const members: Readonly<Record<string, Readonly<Record<string, MemberSpec>>>> = {
  guild: {
    alice: { ...admin, nameCard: 'Alice', fields: { team: 'red', level: '40' } },
    ken: { ...admin, nameCard: '健' },
    bob: { nameCard: 'Bob', fields: { team: 'red', level: '12' } },
    carol: { nameCard: 'Carol' },
    dave: { nameCard: 'Dave', fields: { team: 'blue' } },
    erin: { fields: { badge: 'founder' } },
    mei: { nameCard: '梅' },
    taro: { nameCard: '太郎' },
    minji: { nameCard: '민지' },
    frank: { nameCard: 'Shadow' },
    grace: { nameCard: 'Shadow' },
  },
  team: { alice: plain, bob: plain, carol: plain, dave: plain },
  arena: { alice: admin, bob: plain, carol: plain, dave: plain, taro: plain },
  '@TGS#_lounge': { alice: admin, bob: plain, carol: plain, dave: plain, mei: plain, minji: plain },
  '@TGS#_plaza': { alice: admin, bob: plain, carol: plain, dave: plain, taro: plain },
  live: { alice: admin, bob: plain, carol: plain, dave: plain, erin: plain, mei: plain },
};

/** Sender and words, oldest first, a minute and a half apart. */
const guildTalk: readonly (readonly [string, string])[] = [
  ['alice', 'Welcome to the Moonlight Guild!'],
  ['bob', 'Hi all, is the raid still on?'],
  ['ken', 'Yes, Friday at eight.'],
  ['mei', '大家好，我第一次参加'],
  ['taro', 'よろしくお願いします'],
  ['minji', '저도 갈게요!'],
  ['dave', 'Cheap gold at gold.example, 50% off'],
  ['carol', 'NO ONE READS THE RULES HERE'],
  ['carol', 'NO ONE!!!'],
  ['erin', 'Please calm down.'],
  ['frank', 'The real Shadow is me.'],
  ['grace', 'No, me.'],
];
const SPACING = 90;

const talk: readonly (readonly [string, string, string])[] = [
  ['team', 'olivia', 'This is where we plan.'],
  ['team', 'bob', 'I bring the potions.'],
  ['arena', 'taro', 'GG'],
  ['arena', 'bob', 'Rematch?'],
  ['@TGS#_lounge', 'minji', '안녕하세요'],
  ['@TGS#_lounge', 'carol', 'Evening everybody'],
  ['live', 'erin', 'First!'],
];

/** Topics of the plaza, with who said what in them. */
const topics: readonly (readonly [string, string, string, string])[] = [
  ['general', 'General', 'taro', 'Good morning, plaza'],
  ['trade', 'Trade', 'bob', 'Selling potions, whisper me'],
];

const HOUR = 3600;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

/**
 * Fills a world with accounts, one group of every type, a Community with topics, and some history. In `guild` carol is muted for an hour,
 * mallory is banned for a week, dave's advertisement has been recalled, and frank and grace share a name card.
 */
export function fillDefaultWorld(world: World): void {
  for (const [userId, nick] of Object.entries(nicks)) world.addAccount({ userId, nick });
  for (const key of ['team', 'level', 'badge']) world.memberFields.add(key);
  for (const spec of groups) world.addGroup({ ...spec, secondsAgo: MONTH });
  for (const [groupId, specs] of Object.entries(members)) {
    for (const [userId, spec] of Object.entries(specs))
      world.addMember(groupId, userId, { ...spec, secondsAgo: MONTH / 2 });
  }
  for (const [groupId, from, text] of talk) world.addMessage(groupId, { from, text, secondsAgo: HOUR });
  for (const [name, title, from, text] of topics) {
    const topicId = `@TGS#_plaza@TOPIC#_${name}`;
    world.addTopic('@TGS#_plaza', topicId, title, MONTH / 2);
    world.addMessage('@TGS#_plaza', { from, text, secondsAgo: HOUR, topicId });
  }
  fillGuild(world);
}

function fillGuild(world: World): void {
  const guild = world.group('guild');
  for (const [index, [from, text]] of guildTalk.entries()) {
    const secondsAgo = (guildTalk.length - index) * SPACING;
    const message = world.addMessage('guild', { from, text, secondsAgo });
    if (from === 'dave') message.state = 'recalled';
  }
  guild.mute('carol', HOUR, world.now());
  guild.ban('mallory', 7 * DAY, world.now(), 'Sold accounts');
  addTip({ world, operator: 'alice' }, guild, 'Muted', ['carol']);
}
