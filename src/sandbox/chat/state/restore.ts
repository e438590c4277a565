// Fills a world from a world file, in place of what was in it.
import type { Group } from '../world/group.ts';
import type { Place } from '../world/place.ts';
import { textBody, type World } from '../world/world.ts';
import type { GroupEntry, MessageEntry, ReadWorldFile } from './format.ts';

/**
 * Empties the world and fills it. Times that are relative are so to the clock's time now.
 *
 * @param admins accounts of the app's admins, which are always there
 */
export function restoreWorld(world: World, file: ReadWorldFile, admins: readonly string[]): void {
  world.clear();
  for (const userId of admins) world.addAccount({ userId });
  const now = world.now();
  for (const entry of file.accounts ?? []) restoreAccount(world, entry, now);
  for (const key of file.memberFields ?? []) world.memberFields.add(key);
  for (const entry of file.groups ?? []) restoreGroup(world, entry, now);
  for (const { from, to, text = '', body, time, random, seq, customData, platform, state } of file.oneToOne ??
    []) {
    world.oneToOne.push({
      ...{ from, to, seq: seq ?? world.nextRandom(), random: random ?? world.nextRandom() },
      ...{ time: time?.(now) ?? now, body: body ?? textBody(text), cloudCustomData: customData ?? '' },
      ...{ platform: platform ?? 'Web', state: state ?? 'normal' },
    });
  }
}

function restoreAccount(
  world: World,
  entry: NonNullable<ReadWorldFile['accounts']>[number],
  now: number,
): void {
  const account = world.addAccount({ userId: entry.id, nick: entry.nick, faceUrl: entry.avatar });
  for (const [tag, value] of Object.entries(entry.profile ?? {})) account.profile.set(tag, value);
  if (entry.online !== undefined) world.online.set(entry.id, entry.online);
  if (entry.muted !== undefined) {
    const { groups, oneToOne } = entry.muted;
    world.silences.set(entry.id, { groups: groups?.(now) ?? 0, oneToOne: oneToOne?.(now) ?? 0 });
  }
  for (const { text, from, time, group, topic, random } of entry.inbox ?? []) {
    world.hand(entry.id, {
      ...{ text, from, time: time?.(now) ?? now },
      ...(group !== undefined && { group }),
      ...(topic !== undefined && { topic }),
      ...(random !== undefined && { random }),
    });
  }
}

function restoreGroup(world: World, entry: GroupEntry, now: number): void {
  const { id, type, name, owner, supportTopic } = entry;
  const created = entry.created?.(now) ?? now;
  const group = world.addGroup({
    ...{ id, type, name, secondsAgo: now - created },
    ...(owner !== undefined && { owner }),
    ...(supportTopic !== undefined && { supportTopic }),
  });
  Object.assign(group.profile, entry.profile);
  for (const member of entry.members ?? []) restoreMember(group, member, created, now);
  for (const account of entry.online ?? []) group.online.add(account);
  for (const account of entry.liveAdmins ?? []) group.liveAdmins.add(account);
  for (const [account, ban] of Object.entries(entry.bans ?? {})) {
    group.bans.set(account, { until: ban.until(now), description: ban.description ?? '' });
  }
  fill(group.fields, entry.fields);
  fill(group.attributes, entry.attributes);
  fill(group.counters, entry.counters);
  for (const topic of entry.topics ?? []) restoreTopic(world, group, topic, now);
  for (const one of entry.permissionGroups ?? []) restorePermissionGroup(world, group, one, now);
  restoreTalk(world, group, entry, now);
  for (const member of entry.members ?? []) {
    const known = group.members.get(member.account);
    if (known !== undefined && member.lastSpoke !== undefined) known.lastSendMsgTime = member.lastSpoke(now);
  }
  group.infoSeq = entry.infoSeq ?? 0;
  group.lastInfoTime = entry.lastInfo?.(now) ?? created;
}

function restoreMember(
  group: Group,
  entry: NonNullable<GroupEntry['members']>[number],
  created: number,
  now: number,
): void {
  const member = group.join(entry.account, entry.joined?.(now) ?? created, entry.role);
  if (member === undefined) return;
  member.joinTime = entry.joined?.(now) ?? created;
  member.nameCard = entry.nameCard ?? '';
  member.msgFlag = entry.msgFlag ?? member.msgFlag;
  member.readSeq = entry.readSeq ?? 0;
  fill(member.fields, entry.fields);
}

function fill<Value>(target: Map<string, Value>, values: Readonly<Record<string, Value>> = {}): void {
  for (const [key, value] of Object.entries(values)) target.set(key, value);
}

function restoreTopic(
  world: World,
  group: Group,
  entry: NonNullable<GroupEntry['topics']>[number],
  now: number,
): void {
  const topic = world.addTopic(group.id, entry.id, entry.name, now - (entry.created?.(now) ?? now));
  Object.assign(topic.profile, entry.profile);
  restoreTalk(world, topic, entry, now);
}

function restorePermissionGroup(
  world: World,
  group: Group,
  entry: NonNullable<GroupEntry['permissionGroups']>[number],
  now: number,
): void {
  const { id, name, permission, customString, created } = entry;
  const made = world.addPermissionGroup(group.id, { id, name, permission, customString }, created?.(now));
  for (const account of entry.members ?? []) made.members.add(account);
  fill(made.topics, entry.topics);
}

function restoreTalk(
  world: World,
  place: Place,
  entry: Pick<GroupEntry, 'mutes' | 'messages'>,
  now: number,
): void {
  for (const [account, until] of Object.entries(entry.mutes ?? {})) place.mutes.set(account, until(now));
  for (const message of entry.messages ?? []) restoreMessage(world, place, message, now);
}

function restoreMessage(world: World, place: Place, entry: MessageEntry, now: number): void {
  const { from, text = '', body, time, random, customData, platform, priority, system, state } = entry;
  const stored = place.store({
    ...{ from, body: body ?? textBody(text), time: time?.(now) ?? now, random: random ?? world.nextRandom() },
    ...{ priority: priority ?? 2, isSystem: system ?? false },
    ...{ cloudCustomData: customData ?? '', platform: platform ?? 'Web' },
  });
  stored.state = state ?? 'normal';
}
