// Reads a world file: JSON, then its format, then whether what it names is there. Every fault is named with its place.
import type { z } from 'zod';
import { type GroupEntry, type ReadWorldFile, worldFile } from './format.ts';

/** A world file that cannot be used; `faults` name each place, why, and what would be right. */
export class WorldFileFault extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`the world file cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'WorldFileFault';
    this.faults = faults;
  }
}

/** More faults than this are counted, not shown. */
const SHOWN = 10;

/** Takes the text of a world file apart, unchecked. @throws WorldFileFault for what is no JSON */
export function parseWorldText(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new WorldFileFault([`it is no JSON: ${error.message}`]);
  }
}

/** Checks a world file. @throws WorldFileFault */
export function readWorldFile(value: unknown): ReadWorldFile {
  const read = worldFile.safeParse(value);
  const faults = read.success ? faultsIn(read.data) : read.error.issues.map(wordsOf);
  if (!read.success || faults.length > 0) {
    const more = faults.length - SHOWN;
    throw new WorldFileFault([...faults.slice(0, SHOWN), ...(more > 0 ? [`and ${more} more`] : [])]);
  }
  return read.data;
}

const wordsOf = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${placeOf(path)}: ${message}`;

/** A place such as `groups[0].members[2].role`. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');

/** What a correct format can still get wrong: names of what is not there, and what a group type cannot have. */
function faultsIn(file: ReadWorldFile): string[] {
  const accounts = new Set(file.accounts?.map(({ id }) => id));
  const missing = (place: string, id: string | undefined): string[] =>
    id === undefined || accounts.has(id)
      ? []
      : [`${place}: ${JSON.stringify(id)} is no account; add {"id": ${JSON.stringify(id)}} to accounts`];
  return [
    ...repeated('accounts', file.accounts),
    ...repeated('groups', file.groups),
    ...(file.groups ?? []).flatMap((group, index) => faultsOfGroup(group, `groups[${index}]`, missing)),
    ...(file.oneToOne ?? []).flatMap((message, index) => [
      ...missing(`oneToOne[${index}].from`, message.from),
      ...missing(`oneToOne[${index}].to`, message.to),
      ...contentFaults(message, `oneToOne[${index}]`),
    ]),
  ];
}

const repeated = (place: string, list: readonly { readonly id: string }[] = []): string[] =>
  list.flatMap(({ id }, index) =>
    list.findIndex((other) => other.id === id) < index
      ? [`${place}[${index}].id: ${JSON.stringify(id)} is there already`]
      : [],
  );

type Missing = (place: string, id: string | undefined) => string[];

function faultsOfGroup(group: GroupEntry, place: string, missing: Missing): string[] {
  return [
    ...shapeFaults(group, place),
    ...missing(`${place}.owner`, group.owner),
    ...(group.members ?? []).flatMap((one, index) =>
      missing(`${place}.members[${index}].account`, one.account),
    ),
    ...(group.online ?? []).flatMap((one, index) => missing(`${place}.online[${index}]`, one)),
    ...(group.liveAdmins ?? []).flatMap((one, index) => missing(`${place}.liveAdmins[${index}]`, one)),
    ...Object.keys({ ...group.mutes, ...group.bans }).flatMap((one) =>
      missing(`${place}.mutes or bans`, one),
    ),
    ...messageFaults(group.messages, `${place}.messages`, missing),
    ...repeated(`${place}.topics`, group.topics),
    ...(group.topics ?? []).flatMap((topic, index) => [
      ...topicFaults(group, topic.id, `${place}.topics[${index}]`),
      ...messageFaults(topic.messages, `${place}.topics[${index}].messages`, missing),
    ]),
    ...(group.permissionGroups ?? []).flatMap((one, index) =>
      permissionFaults(group, one, `${place}.permissionGroups[${index}]`),
    ),
  ];
}

/** What a group type cannot have. */
function shapeFaults(group: GroupEntry, place: string): string[] {
  const isLive = group.type === 'AVChatRoom';
  const hasTopics = group.topics !== undefined || group.permissionGroups !== undefined;
  return [
    ...(isLive && group.members
      ? [`${place}.members: a live room has none; say who is inside in online`]
      : []),
    ...(!isLive && (group.online || group.liveAdmins)
      ? [`${place}: only an AVChatRoom has online and liveAdmins`]
      : []),
    ...(hasTopics && !(group.type === 'Community' && group.supportTopic)
      ? [`${place}: topics and permissionGroups need "type": "Community" and "supportTopic": true`]
      : []),
    ...(group.type === 'Private' && group.members?.some(({ role }) => role === 'Admin')
      ? [`${place}.members: a Work group has no Admin`]
      : []),
  ];
}

function messageFaults(list: GroupEntry['messages'], place: string, missing: Missing): string[] {
  return (list ?? []).flatMap((message, index) => [
    ...(message.system ? [] : missing(`${place}[${index}].from`, message.from)),
    ...contentFaults(message, `${place}[${index}]`),
  ]);
}

const contentFaults = (content: { text?: unknown; body?: unknown }, place: string): string[] =>
  (content.text === undefined) === (content.body === undefined)
    ? [`${place}: a message has either text or body`]
    : [];

const topicFaults = (group: GroupEntry, id: string, place: string): string[] =>
  id.startsWith(`${group.id}@TOPIC#_`) ? [] : [`${place}.id: it begins with ${group.id}@TOPIC#_`];

function permissionFaults(
  group: GroupEntry,
  one: NonNullable<GroupEntry['permissionGroups']>[number],
  place: string,
): string[] {
  const topics = new Set(group.topics?.map(({ id }) => id));
  const members = new Set([group.owner, ...(group.members ?? []).map(({ account }) => account)]);
  return [
    ...Object.keys(one.topics ?? {}).flatMap((id) =>
      topics.has(id) ? [] : [`${place}.topics: ${JSON.stringify(id)} is no topic of the group`],
    ),
    ...(one.members ?? []).flatMap((id) =>
      members.has(id) ? [] : [`${place}.members: ${JSON.stringify(id)} is no member of the group`],
    ),
  ];
}
