// Looks up groups: what a group is, and which groups there are.
import { type Chat, callOptions } from '../../chat/chat.ts';
import type { GroupInfo } from '../../chat/protocol/schemas.ts';
import { message } from '../../i18n/message.ts';
import type { Clock } from '../../util/clock.ts';
import { nearest } from '../../util/nearest.ts';
import { failed, found, type Result, refused } from '../result.ts';
import type { GroupFacts } from './facts.ts';

export interface GroupName {
  readonly id: string;
  readonly name: string;
}

export interface Groups {
  /** Facts of one group. A group's type never changes, so they are kept for a minute unless `fresh` is set. */
  find(id: string, options: { fresh: boolean; signal: AbortSignal | undefined }): Promise<Result<GroupFacts>>;
  /** The application's groups, kept for a minute: the call is limited to one a second (page 34960). */
  list(): Promise<readonly GroupName[]>;
}

const keepFor = 60_000;
const mostKept = 1_000;
/** Names are read 50 groups a call; an application with more groups than this is listed by identifier. */
const mostNamed = 500;

const baseFields = [
  'Type',
  'Name',
  'Introduction',
  'Owner_Account',
  'CreateTime',
  'MemberNum',
  'MaxMemberNum',
  'MuteAllMember',
  'EnablePermission',
];

export function createGroups(chat: Chat, clock: Clock): Groups {
  const kept = new Map<string, { facts: GroupFacts; until: number }>();
  let directory: { names: readonly GroupName[]; until: number } | undefined;

  function keep(facts: GroupFacts): void {
    if (kept.size >= mostKept) kept.clear();
    kept.set(facts.id, { facts, until: clock.now() + keepFor });
  }

  /** The read under way: whoever asks meanwhile waits for it, and nobody's giving up ends it for the others. */
  let reading: Promise<readonly GroupName[]> | undefined;

  async function list(): Promise<readonly GroupName[]> {
    if (directory !== undefined && directory.until > clock.now()) return directory.names;
    reading ??= readDirectory().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  /** A list that cannot be read leaves the one before it. */
  async function readDirectory(): Promise<readonly GroupName[]> {
    const names = await readNames(chat);
    if (names === null) return directory?.names ?? [];
    directory = { names, until: clock.now() + keepFor };
    return names;
  }

  async function find(id: string, { fresh, signal }: { fresh: boolean; signal: AbortSignal | undefined }) {
    const known = kept.get(id);
    if (!fresh && known !== undefined && known.until > clock.now()) return found(known.facts);
    const read = await readGroup(chat, id, signal);
    if (!read.ok) return read;
    if (read.value === null) return refused(await missing(id, await list()));
    keep(read.value);
    return found(read.value);
  }

  return { find, list };
}

async function missing(id: string, names: readonly GroupName[]) {
  const suggestion = nearest(
    id,
    names.flatMap((group) => [group.id, group.name]),
  );
  const suggested = names.find((group) => group.id === suggestion || group.name === suggestion);
  return suggested === undefined
    ? message('refused.unknownGroup', { group: id })
    : message('refused.unknownGroupDidYouMean', { group: id, suggestion: suggested.id });
}

/** @returns `null` when there is no such group: Chat says so per item (10010, 10015), not in the envelope. */
async function readGroup(chat: Chat, id: string, signal?: AbortSignal): Promise<Result<GroupFacts | null>> {
  const result = await chat.call(
    'get_group_info',
    { GroupIdList: [id], ResponseFilter: { GroupBaseInfoFilter: baseFields } },
    callOptions(signal),
  );
  if (!result.ok) {
    return result.error.code === 10010 || result.error.code === 10015 ? found(null) : failed(result.error);
  }
  const info = result.answer.GroupInfo.find((group) => group.GroupId === id);
  if (
    info !== undefined &&
    (info.ErrorCode ?? 0) !== 0 &&
    info.ErrorCode !== 10010 &&
    info.ErrorCode !== 10015
  ) {
    return failed({
      kind: 'code',
      code: info.ErrorCode ?? 0,
      detail: info.ErrorInfo ?? '',
      uncertain: false,
      attempts: 1,
      request: result.request,
    });
  }
  return found(info === undefined ? null : factsOf(info));
}

function factsOf(info: GroupInfo): GroupFacts | null {
  if (info.Type === undefined) return null;
  return {
    id: info.GroupId,
    type: info.Type,
    name: info.Name ?? '',
    owner: info.Owner_Account || null,
    introduction: info.Introduction ?? '',
    memberCount: info.MemberNum ?? null,
    maxMemberCount: info.MaxMemberNum ?? null,
    createdAt: info.CreateTime ?? null,
    locked: info.MuteAllMember === 'On',
    permissionGroups: info.EnablePermission === 1,
  };
}

async function readNames(chat: Chat): Promise<readonly GroupName[] | null> {
  const listed = await chat.call('get_appid_group_list', { Limit: 1_000, Next: 0 });
  if (!listed.ok) return null;
  const ids = listed.answer.GroupIdList.map((group) => group.GroupId);
  if (ids.length > mostNamed) return ids.map((id) => ({ id, name: '' }));
  const names = new Map<string, string>();
  for (let start = 0; start < ids.length; start += 50) {
    const info = await chat.call('get_group_info', {
      GroupIdList: ids.slice(start, start + 50),
      ResponseFilter: { GroupBaseInfoFilter: ['Name'] },
    });
    if (info.ok) for (const group of info.answer.GroupInfo) names.set(group.GroupId, group.Name ?? '');
  }
  return ids.map((id) => ({ id, name: names.get(id) ?? '' }));
}
