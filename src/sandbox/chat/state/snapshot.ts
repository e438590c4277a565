// Writes a world down as a world file, from which the same world can be made again.
import type { Group, Member } from '../world/group.ts';
import type { Message, Place } from '../world/place.ts';
import type { Topic } from '../world/topic.ts';
import { imageTag, nickTag, type World } from '../world/world.ts';
import type { WorldFile } from './format.ts';

type Entry<Field extends 'accounts' | 'groups' | 'oneToOne'> = NonNullable<WorldFile[Field]>[number];

/** @param clock the clock's time as ISO 8601, where the next start is to go on from it */
export function snapshotOf(world: World, clock?: string): WorldFile {
  return {
    version: 1,
    ...(clock !== undefined && { clock }),
    accounts: [...world.accounts.keys()].map((userId) => accountOf(world, userId)),
    memberFields: [...world.memberFields],
    groups: [...world.groups.values()].map(groupOf),
    oneToOne: world.oneToOne.map(({ cloudCustomData, body, ...message }) => ({
      ...message,
      // Elements are JSON objects: they came in as such.
      body: body as Record<string, unknown>[],
      ...(cloudCustomData !== '' && { customData: cloudCustomData }),
    })),
  };
}

function accountOf(world: World, id: string): Entry<'accounts'> {
  const {
    [nickTag]: nick,
    [imageTag]: avatar,
    ...profile
  } = Object.fromEntries(world.accounts.get(id)?.profile ?? []);
  const muted = world.silences.get(id);
  const online = world.online.get(id);
  const inbox = world.inbox(id);
  return {
    id,
    ...(typeof nick === 'string' && { nick }),
    ...(typeof avatar === 'string' && { avatar }),
    // Values of a profile are texts and numbers, as the tags' own schemas say.
    ...(Object.keys(profile).length > 0 && { profile: profile as Record<string, string | number> }),
    ...(muted !== undefined && { muted }),
    ...(online !== undefined && online !== 'RESTAPI' && { online }),
    ...(inbox.length > 0 && { inbox: [...inbox] }),
  };
}

function groupOf(group: Group): Entry<'groups'> {
  const { Name: name, ...profile } = group.profile;
  return {
    ...{ id: group.id, type: group.type, name },
    ...(group.owner !== '' && { owner: group.owner }),
    ...{ created: group.createTime, lastInfo: group.lastInfoTime, infoSeq: group.infoSeq, profile },
    ...(group.supportTopic && { supportTopic: true }),
    ...(group.keepsMembers
      ? { members: [...group.members.values()].map((member) => memberOf(group, member)) }
      : { online: [...group.online], liveAdmins: [...group.liveAdmins] }),
    ...(group.bans.size > 0 && { bans: Object.fromEntries(group.bans) }),
    ...talkOf(group),
    ...(group.topics.size > 0 && { topics: [...group.topics.values()].map(topicOf) }),
    ...(group.permissionGroups.size > 0 && {
      permissionGroups: [...group.permissionGroups.values()].map((one) => ({
        ...{ id: one.id, name: one.name, permission: one.permission, created: one.createTime },
        ...(one.customString !== '' && { customString: one.customString }),
        ...{ members: [...one.members], topics: Object.fromEntries(one.topics) },
      })),
    }),
    ...record('fields', group.fields),
    ...record('attributes', group.attributes),
    ...record('counters', group.counters),
  };
}

/** A map as an object under that name; nothing when it is empty. */
const record = <Name extends string, Value>(name: Name, map: ReadonlyMap<string, Value>) =>
  // The key is the literal that was handed in; TypeScript widens a computed one.
  (map.size > 0 ? { [name]: Object.fromEntries(map) } : {}) as { [Key in Name]?: Record<string, Value> };

function memberOf(group: Group, member: Member) {
  return {
    account: member.account,
    ...(member.role === 'Admin' && { role: member.role }),
    ...(member.account !== group.owner && member.nameCard === '' ? {} : { nameCard: member.nameCard }),
    ...{ joined: member.joinTime, msgFlag: member.msgFlag },
    ...(member.lastSendMsgTime > 0 && { lastSpoke: member.lastSendMsgTime }),
    ...(member.readSeq > 0 && { readSeq: member.readSeq }),
    ...record('fields', member.fields),
  };
}

function topicOf(topic: Topic) {
  const { TopicName: name, ...profile } = topic.profile;
  return { id: topic.id, name, created: topic.createTime, profile, ...talkOf(topic) };
}

const talkOf = (place: Place) => ({
  ...record('mutes', place.mutes),
  ...(place.messages.length > 0 && { messages: place.messages.map(messageOf) }),
});

function messageOf(message: Message) {
  const { from, time, random, body, priority, cloudCustomData, platform, isSystem, state } = message;
  return {
    // Elements are JSON objects: they came in as such.
    ...{ from, time, random, body: body as Record<string, unknown>[], platform },
    ...(priority !== 2 && { priority }),
    ...(isSystem && { system: true }),
    ...(state !== 'normal' && { state }),
    ...(cloudCustomData !== '' && { customData: cloudCustomData }),
  };
}
