// Calls that read groups: details of some, the list of all, and the groups of one account.
import { groupType, groupTypes } from '../../../../chat/protocol/schemas.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, findGroup, plainCall, requireAccounts } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import type { Group } from '../../world/group.ts';
import { profileOf } from '../members/member-reads.ts';

type InfoFilter = NonNullable<Body<'get_group_info'>['ResponseFilter']>;

function groupDetails(call: Call, body: Body<'get_group_info'>): Answer {
  return { GroupInfo: body.GroupIdList.map((groupId) => detailsOf(call, groupId, body.ResponseFilter)) };
}

/** One group, or why it cannot be shown: the outer `ErrorCode` of this call means nothing. */
function detailsOf(call: Call, groupId: string, filter: InfoFilter | undefined): Answer {
  try {
    const group = findGroup(call.world, groupId);
    const members = membersOf(group, filter);
    return {
      GroupId: groupId,
      ErrorCode: 0,
      ErrorInfo: '',
      ...baseInfo(call, group, filter?.GroupBaseInfoFilter),
      ...customFields(group, filter),
      ...(members !== undefined && { MemberList: members }),
    };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { GroupId: groupId, ErrorCode: error.code, ErrorInfo: error.message };
  }
}

/** Fields of a group, all of them or those that the filter names. */
function baseInfo(call: Call, group: Group, wanted: readonly string[] | undefined): Answer {
  const { EnablePermission, DefaultPermission, HistoryMsgBeforeJoin: _written, ...profile } = group.profile;
  const info = {
    Type: group.type,
    Appid: call.sdkAppId,
    ...profile,
    Owner_Account: group.owner,
    CreateTime: group.createTime,
    InfoSeq: group.infoSeq,
    LastInfoTime: group.lastInfoTime,
    LastMsgTime: group.lastMsgTime,
    NextMsgSeq: group.nextMsgSeq,
    MemberNum: group.memberNum,
    ...(group.type === 'Community' && {
      SupportTopic: group.supportTopic ? 1 : 0,
      ...{ EnablePermission, DefaultPermission },
    }),
  };
  const shown = Object.entries(info).filter(([field]) => wanted === undefined || wanted.includes(field));
  return Object.fromEntries(shown);
}

/** Custom fields of the group: those that are asked for, or all of them when there is no filter at all. */
function customFields(group: Group, filter: InfoFilter | undefined): Answer {
  const keys = filter === undefined ? [...group.fields.keys()] : filter.AppDefinedDataFilter_Group;
  if (keys === undefined || (filter === undefined && keys.length === 0)) return {};
  const shown = [...group.fields].filter(([key]) => keys.includes(key));
  return { AppDefinedData: shown.map(([Key, Value]) => ({ Key, Value })) };
}

/** The members, which come unasked when there is no filter at all (page 34961). */
function membersOf(group: Group, filter: InfoFilter | undefined): readonly Answer[] | undefined {
  const isWanted =
    filter === undefined ||
    filter.MemberInfoFilter !== undefined ||
    filter.AppDefinedDataFilter_GroupMember !== undefined;
  if (!isWanted || !group.keepsMembers) return undefined;
  return [...group.members.values()].map((member) => profileOf(group, member, filter ?? {}));
}

/** `Next` of this call goes beyond 32 bits (page 34960). */
const CURSOR_BASE = 4_454_685_361;
const MAX_PAGE = 10_000;

function listGroups(call: Call, body: Body<'get_appid_group_list'>): Answer {
  const groups = [...call.world.groups.values()].filter(hasType(body.GroupType));
  const next = body.Next ?? 0;
  const start = next === 0 ? 0 : next - CURSOR_BASE;
  if (start < 0 || (body.Limit ?? 1) < 1) throw new Failure(10004, 'Limit or Next is out of range');
  const end = start + (body.Limit ?? MAX_PAGE);
  const page = groups.slice(start, end).map((group) => ({ GroupId: group.id }));
  return {
    TotalCount: groups.length,
    GroupIdList: page,
    Next: end < groups.length ? CURSOR_BASE + end : 0,
  };
}

function hasType(name: string | undefined): (group: Group) => boolean {
  if (name === undefined || name === '') return () => true;
  // A type of old that no group has any more.
  if (name === 'BChatRoom') return () => false;
  const type = groupType.safeParse(name).data;
  if (type === undefined) throw new Failure(10004, `GroupType is one of ${groupTypes.join(', ')}`);
  return (group) => group.type === type;
}

function listJoined(call: Call, body: Body<'get_joined_group_list'>): Answer {
  const account = body.Member_Account;
  requireAccounts(call, [account]);
  const joined = [...call.world.groups.values()]
    .filter(hasType(body.GroupType))
    .filter(
      (group) =>
        group.has(account) &&
        (group.keepsMembers || body.WithHugeGroups === 1) &&
        (group.isActive || body.WithNoActiveGroups === 1) &&
        (body.SupportTopic === undefined || (body.SupportTopic === 1) === group.supportTopic),
    );
  const start = body.Offset ?? 0;
  const page = joined.slice(start, start + (body.Limit ?? joined.length));
  const filter = body.ResponseFilter ?? {};
  return {
    TotalCount: joined.length,
    GroupIdList: page.map((group) => ({
      GroupId: group.id,
      ...baseInfo(call, group, filter.GroupBaseInfoFilter ?? []),
      ...(group.supportTopic && {
        ...{ Type: group.type, SupportTopic: 1 },
        GrossTopicNextMsgSeq:
          1 + [...group.topics.values()].reduce((sum, one) => sum + one.messages.length, 0),
      }),
      ...selfInfo(group, account, filter.SelfInfoFilter),
    })),
  };
}

function selfInfo(group: Group, account: string, wanted: readonly string[] | undefined): Answer {
  const member = group.members.get(account);
  if (wanted === undefined || member === undefined) return {};
  const { Member_Account: _account, ...self } = profileOf(group, member, { MemberInfoFilter: wanted });
  return { SelfInfo: self };
}

export const groupReadRoutes = {
  get_group_info: plainCall('get_group_info', groupDetails),
  get_appid_group_list: plainCall('get_appid_group_list', listGroups),
  get_joined_group_list: plainCall('get_joined_group_list', listJoined),
};
