// The endpoint table: every Chat call the product or its sandbox knows. Types, validation, limits, pacing
// and the sandbox's routes are read from here.
import { z } from 'zod';
import { communityEndpoints } from './community-endpoints.ts';
import {
  accounts,
  all,
  type Endpoint,
  endpoint,
  group,
  live,
  liveRoom,
  login,
  memberList,
  memberResults,
  nothing,
  page,
  profileFilters,
  withAdmins,
  withMembers,
  withMute,
} from './endpoint.ts';
import {
  account,
  type GroupType,
  groupId,
  groupInfo,
  groupType,
  keyValue,
  listOf,
  memberProfile,
  messageElement,
  msgFlags,
  storedMessage,
  uint32,
} from './schemas.ts';
import { serviceEndpoints } from './service-endpoints.ts';
import { stateEndpoints } from './state-endpoints.ts';

export type { Endpoint } from './endpoint.ts';

export const endpoints = {
  // Changes that commands make.
  modify_group_member_info: endpoint({
    service: group,
    command: 'modify_group_member_info',
    body: z.object({
      GroupId: groupId,
      Member_Account: account,
      Role: z.enum(['Admin', 'Member']).optional(),
      MsgFlag: z.enum(msgFlags).optional(),
      NameCard: z.string().optional(),
      AppMemberDefinedData: z.array(keyValue).optional(),
      MuteTime: uint32.optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: withMembers,
    fieldGroupTypes: { Role: withAdmins, MuteTime: withAdmins },
    // 0 unmutes, and an empty text takes the name card away.
    zeros: ['MuteTime', 'NameCard'],
    page: page(34900),
  }),
  forbid_send_msg: endpoint({
    service: group,
    command: 'forbid_send_msg',
    body: z.object({
      GroupId: groupId,
      Members_Account: accounts,
      MuteTime: uint32,
      TopicId: z.string().optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: withMute,
    batch: { field: 'Members_Account', max: 500 },
    page: page(34951),
  }),
  delete_group_member: endpoint({
    service: group,
    command: 'delete_group_member',
    body: z.object({
      GroupId: groupId,
      MemberToDel_Account: accounts,
      Silence: z.int().optional(),
      Reason: z.string().optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: withMembers,
    // The use-limits page says 500, the call's own page 100.
    batch: { field: 'MemberToDel_Account', max: 100 },
    page: page(34949),
  }),
  ban_group_member: endpoint({
    service: group,
    command: 'ban_group_member',
    body: z.object({
      GroupId: groupId,
      Members_Account: accounts,
      Duration: uint32,
      Description: z.string().optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    batch: { field: 'Members_Account', max: 20 },
    page: page(50296),
  }),
  unban_group_member: endpoint({
    service: group,
    command: 'unban_group_member',
    body: z.object({ GroupId: groupId, Members_Account: accounts }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    batch: { field: 'Members_Account', max: 20 },
    page: page(50297),
  }),
  modify_group_base_info: endpoint({
    service: group,
    command: 'modify_group_base_info',
    body: z.object({
      GroupId: groupId,
      From_Account: account.optional(),
      Name: z.string().optional(),
      Introduction: z.string().optional(),
      Notification: z.string().optional(),
      FaceUrl: z.string().optional(),
      MaxMemberNum: z.int().optional(),
      ApplyJoinOption: z.enum(['FreeAccess', 'NeedPermission', 'DisableApply']).optional(),
      InviteJoinOption: z.enum(['FreeAccess', 'NeedPermission', 'DisableInvite']).optional(),
      MuteAllMember: z.enum(['On', 'Off']).optional(),
      HistoryMsgBeforeJoin: z.enum(['On', 'Off']).optional(),
      EnablePermission: z.int().optional(),
      DefaultPermission: z.int().optional(),
      AppDefinedData: z.array(keyValue).optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    fieldGroupTypes: { HistoryMsgBeforeJoin: ['Private', 'Public', 'ChatRoom'] },
    zeros: ['EnablePermission', 'DefaultPermission'],
    page: page(34962),
  }),
  group_msg_recall: endpoint({
    service: group,
    command: 'group_msg_recall',
    body: z.object({
      GroupId: groupId,
      MsgSeqList: z.array(z.object({ MsgSeq: z.int().min(1) })),
      TopicId: z.string().optional(),
      Reason: z.string().optional(),
    }),
    answer: z.looseObject({
      RecallRetList: listOf(z.looseObject({ MsgSeq: z.number(), RetCode: z.number() })),
    }),
    effect: 'change',
    groupTypes: all,
    batch: { field: 'MsgSeqList', max: 10 },
    page: page(34965),
  }),
  delete_group_msg_by_sender: endpoint({
    service: group,
    command: 'delete_group_msg_by_sender',
    body: z.object({ GroupId: groupId, Sender_Account: account, TopicId: z.string().optional() }),
    answer: nothing,
    effect: 'change',
    // A live room answers success and does nothing, so it does not count as allowed.
    groupTypes: withMembers,
    page: page(34970),
  }),

  // Facts that commands read.
  get_group_info: endpoint({
    service: group,
    command: 'get_group_info',
    body: z.object({
      GroupIdList: z.array(groupId),
      ResponseFilter: z
        .object({
          GroupBaseInfoFilter: z.array(z.string()).optional(),
          MemberInfoFilter: z.array(z.string()).optional(),
          AppDefinedDataFilter_Group: z.array(z.string()).optional(),
          AppDefinedDataFilter_GroupMember: z.array(z.string()).optional(),
        })
        .optional(),
    }),
    answer: z.looseObject({ GroupInfo: listOf(groupInfo) }),
    effect: 'read',
    groupTypes: all,
    batch: { field: 'GroupIdList', max: 50 },
    page: page(34961),
  }),
  get_specified_group_member_info: endpoint({
    service: group,
    command: 'get_specified_group_member_info',
    body: z.object({ GroupId: groupId, Member_List_Account: accounts, ...profileFilters }),
    answer: z.looseObject({ MemberList: listOf(memberProfile) }),
    effect: 'read',
    groupTypes: withMembers,
    batch: { field: 'Member_List_Account', max: 50 },
    page: page(64897),
  }),
  get_group_member_info: endpoint({
    service: group,
    command: 'get_group_member_info',
    body: z.object({
      GroupId: groupId,
      ...profileFilters,
      Limit: z.int().optional(),
      Offset: z.int().optional(),
      Next: z.string().optional(),
    }),
    answer: z.looseObject({
      MemberNum: z.number().nullish(),
      MemberList: listOf(memberProfile),
      Next: z.coerce.string().nullish(),
    }),
    effect: 'read',
    groupTypes: withMembers,
    page: page(34948),
  }),
  get_role_in_group: endpoint({
    service: group,
    command: 'get_role_in_group',
    body: z.object({ GroupId: groupId, User_Account: accounts }),
    answer: z.looseObject({
      UserIdList: listOf(z.looseObject({ Member_Account: z.string(), Role: z.string() })),
    }),
    effect: 'read',
    groupTypes: withMembers,
    batch: { field: 'User_Account', max: 500 },
    page: page(34963),
  }),
  get_group_muted_account: endpoint({
    service: group,
    command: 'get_group_muted_account',
    body: z.object({ GroupId: groupId, TopicId: z.string().optional() }),
    answer: z.looseObject({
      MutedAccountList: listOf(z.looseObject({ Member_Account: z.string(), MutedUntil: z.number() })),
    }),
    effect: 'read',
    groupTypes: all,
    page: page(34964),
  }),
  get_group_ban_member: endpoint({
    service: group,
    command: 'get_group_ban_member',
    body: z.object({ GroupId: groupId, Limit: z.int().max(100).optional(), Offset: z.int() }),
    answer: z.looseObject({
      BannedAccountList: listOf(z.looseObject({ Member_Account: z.string(), BannedUntil: z.number() })),
      NextOffset: z.number().nullish(),
    }),
    effect: 'read',
    groupTypes: all,
    page: page(50295),
  }),
  group_msg_get_simple: endpoint({
    service: group,
    command: 'group_msg_get_simple',
    body: z.object({
      GroupId: groupId,
      ReqMsgNumber: z.int().min(1).max(20),
      ReqMsgSeq: z.int().optional(),
      WithRecalledMsg: z.int().optional(),
      TopicId: z.string().optional(),
    }),
    answer: z.looseObject({
      IsFinished: z.number().nullish(),
      RspMsgList: listOf(storedMessage),
      // The page's field table calls the list so, its sample as above.
      MsgList: listOf(storedMessage),
    }),
    effect: 'read',
    groupTypes: withMembers,
    page: page(34971),
  }),
  get_appid_group_list: endpoint({
    service: group,
    command: 'get_appid_group_list',
    body: z.object({
      Limit: z.int().max(10_000).optional(),
      Next: z.int().optional(),
      GroupType: z.string().optional(),
    }),
    answer: z.looseObject({
      TotalCount: z.number().nullish(),
      GroupIdList: listOf(z.looseObject({ GroupId: z.string() })),
      Next: z.number().nullish(),
    }),
    effect: 'read',
    groupTypes: all,
    callsPerSecond: 1,
    page: page(34960),
  }),
  get_admin_list: endpoint({
    service: liveRoom,
    command: 'get_admin_list',
    body: z.object({ GroupId: groupId }),
    answer: z.looseObject({ Admin_List: listOf(z.looseObject({ Admin_Account: z.string() })) }),
    effect: 'read',
    groupTypes: live,
    page: 'https://cloud.tencent.com/document/product/269/102858',
  }),
  account_check: endpoint({
    service: login,
    command: 'account_check',
    body: z.object({ CheckItem: z.array(z.object({ UserID: account })) }),
    answer: z.looseObject({
      ResultItem: listOf(
        z.looseObject({
          UserID: z.string(),
          ResultCode: z.number().nullish(),
          AccountStatus: z.string().nullish(),
        }),
      ),
    }),
    effect: 'read',
    groupTypes: all,
    batch: { field: 'CheckItem', max: 100 },
    callsPerSecond: 100,
    page: page(34956),
  }),
  portrait_get: endpoint({
    service: 'profile',
    command: 'portrait_get',
    body: z.object({ To_Account: accounts, TagList: z.array(z.string()) }),
    answer: z.looseObject({
      UserProfileItem: listOf(
        z.looseObject({
          To_Account: z.string(),
          ProfileItem: listOf(z.looseObject({ Tag: z.string(), Value: z.unknown() })),
          ResultCode: z.number().nullish(),
        }),
      ),
    }),
    effect: 'read',
    groupTypes: all,
    batch: { field: 'To_Account', max: 100 },
    page: page(34917),
  }),

  // Calls that build a world: accounts, groups, memberships, messages.
  account_import: endpoint({
    service: login,
    command: 'account_import',
    body: z.object({ UserID: account, Nick: z.string().optional(), FaceUrl: z.string().optional() }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(34953),
  }),
  multiaccount_import: endpoint({
    service: login,
    command: 'multiaccount_import',
    body: z.object({ Accounts: accounts }),
    answer: z.looseObject({ FailAccounts: listOf(z.string()) }),
    effect: 'change',
    groupTypes: all,
    batch: { field: 'Accounts', max: 100 },
    callsPerSecond: 100,
    page: page(34954),
  }),
  portrait_set: endpoint({
    service: 'profile',
    command: 'portrait_set',
    body: z.object({
      From_Account: account,
      ProfileItem: z.array(z.object({ Tag: z.string(), Value: z.unknown() })),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(34916),
  }),
  create_group: endpoint({
    service: group,
    command: 'create_group',
    body: z.object({
      Type: groupType,
      Name: z.string(),
      Owner_Account: account.optional(),
      GroupId: groupId.optional(),
      Introduction: z.string().optional(),
      Notification: z.string().optional(),
      FaceUrl: z.string().optional(),
      MaxMemberCount: z.int().optional(),
      ApplyJoinOption: z.enum(['FreeAccess', 'NeedPermission', 'DisableApply']).optional(),
      InviteJoinOption: z.enum(['FreeAccess', 'NeedPermission', 'DisableInvite']).optional(),
      AppDefinedData: z.array(keyValue).optional(),
      MemberList: z
        .array(
          z.object({
            Member_Account: account,
            Role: z.enum(['Admin']).optional(),
            AppMemberDefinedData: z.array(keyValue).optional(),
          }),
        )
        .optional(),
      SupportTopic: z.int().optional(),
      EnablePermission: z.int().optional(),
      DefaultPermission: z.int().optional(),
    }),
    answer: z.looseObject({ GroupId: z.string() }),
    effect: 'change',
    groupTypes: all,
    batch: { field: 'MemberList', max: 100 },
    page: page(34895),
  }),
  destroy_group: endpoint({
    service: group,
    command: 'destroy_group',
    body: z.object({ GroupId: groupId }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(34896),
  }),
  change_group_owner: endpoint({
    service: group,
    command: 'change_group_owner',
    body: z.object({ GroupId: groupId, NewOwner_Account: account }),
    answer: nothing,
    effect: 'change',
    groupTypes: withMembers,
    page: page(34966),
  }),
  add_group_member: endpoint({
    service: group,
    command: 'add_group_member',
    body: z.object({ GroupId: groupId, Silence: z.int().optional(), MemberList: memberList }),
    answer: memberResults,
    effect: 'change',
    groupTypes: withMembers,
    // The use-limits page says 100, the call's own page 300.
    batch: { field: 'MemberList', max: 300 },
    page: page(34921),
  }),
  import_group_member: endpoint({
    service: group,
    command: 'import_group_member',
    body: z.object({
      GroupId: groupId,
      MemberList: z.array(
        z.object({
          Member_Account: account,
          Role: z.enum(['Admin']).optional(),
          JoinTime: z.int().optional(),
          UnreadMsgNum: z.int().optional(),
        }),
      ),
    }),
    answer: memberResults,
    effect: 'change',
    groupTypes: withMembers,
    batch: { field: 'MemberList', max: 300 },
    page: page(34969),
  }),
  get_joined_group_list: endpoint({
    service: group,
    command: 'get_joined_group_list',
    body: z.object({
      Member_Account: account,
      WithHugeGroups: z.int().optional(),
      WithNoActiveGroups: z.int().optional(),
      Limit: z.int().min(1).max(5000).optional(),
      Offset: z.int().min(0).optional(),
      GroupType: z.string().optional(),
      SupportTopic: z.int().optional(),
      ResponseFilter: z
        .object({
          GroupBaseInfoFilter: z.array(z.string()).optional(),
          SelfInfoFilter: z.array(z.string()).optional(),
        })
        .optional(),
    }),
    // 0: only groups without topics.
    zeros: ['SupportTopic'],
    answer: z.looseObject({
      TotalCount: z.number().nullish(),
      GroupIdList: listOf(z.looseObject({ GroupId: z.string() })),
    }),
    effect: 'read',
    groupTypes: all,
    page: page(34925),
  }),
  send_group_msg: endpoint({
    service: group,
    command: 'send_group_msg',
    body: z.object({
      GroupId: groupId,
      Random: uint32,
      MsgBody: z.array(messageElement),
      From_Account: account.optional(),
      MsgPriority: z.string().optional(),
      OnlineOnlyFlag: z.int().optional(),
      ForbidCallbackControl: z.array(z.string()).optional(),
      CloudCustomData: z.string().optional(),
      GroupAtInfo: z
        .array(z.looseObject({ GroupAtAllFlag: z.int().optional(), GroupAt_Account: account.optional() }))
        .optional(),
      TopicId: z.string().optional(),
    }),
    answer: z.looseObject({
      MsgTime: z.number(),
      MsgSeq: z.number(),
      MsgDropReason: z.string().nullish(),
    }),
    effect: 'change',
    groupTypes: all,
    page: page(34959),
  }),
  send_group_system_notification: endpoint({
    service: group,
    command: 'send_group_system_notification',
    body: z.object({
      GroupId: groupId,
      Content: z.string(),
      ToMembers_Account: accounts.optional(),
      TopicId: z.string().optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    fieldGroupTypes: { ToMembers_Account: withMembers },
    batch: { field: 'ToMembers_Account', max: 500 },
    page: page(34958),
  }),
  batchsendmsg: endpoint({
    service: 'openim',
    command: 'batchsendmsg',
    body: z.object({
      To_Account: accounts,
      MsgRandom: uint32,
      MsgBody: z.array(messageElement),
      From_Account: account.optional(),
      /** 1: the sender's own devices get a copy, 2: they do not. */
      SyncOtherMachine: z.int().optional(),
      MsgSeq: uint32.optional(),
      MsgLifeTime: z.int().optional(),
      OnlineOnlyFlag: z.int().optional(),
      CloudCustomData: z.string().optional(),
    }),
    answer: z.looseObject({
      MsgKey: z.string().nullish(),
      // The envelope says success as long as one account was reached.
      ErrorList: listOf(z.looseObject({ To_Account: z.string(), ErrorCode: z.number() })),
    }),
    effect: 'change',
    groupTypes: all,
    batch: { field: 'To_Account', max: 500 },
    // 0: only those who are online.
    zeros: ['MsgLifeTime'],
    page: page(34920),
  }),
  modify_admin: endpoint({
    service: liveRoom,
    command: 'modify_admin',
    body: z.object({ GroupId: groupId, CommandType: z.int().min(1).max(2), Admin_Account: accounts }),
    answer: nothing,
    effect: 'change',
    groupTypes: live,
    batch: { field: 'Admin_Account', max: 5 },
    page: page(60525),
  }),

  ...communityEndpoints,
  ...serviceEndpoints,
  ...stateEndpoints,
} as const;

export type EndpointName = keyof typeof endpoints;
/** The body that a call takes, as it goes over the wire. */
export type BodyOf<Name extends EndpointName> = z.input<(typeof endpoints)[Name]['body']>;
/** What a call answers, cleaned by the answer schema. */
export type AnswerOf<Name extends EndpointName> = z.output<(typeof endpoints)[Name]['answer']>;

export const endpointNames = Object.keys(endpoints) as readonly EndpointName[];

/** The entry of the table under its plain type, for code that treats all calls alike. */
export const endpointOf = (name: EndpointName): Endpoint => endpoints[name];

/**
 * Whether a group type allows a call, and a field of its body where one is named.
 * Read it before calling: Chat answers 10007 or, worse, success without effect.
 */
export function allowsGroupType(name: EndpointName, type: GroupType, field?: string): boolean {
  const entry = endpointOf(name);
  const forField = field === undefined ? undefined : entry.fieldGroupTypes?.[field];
  return (forField ?? entry.groupTypes).includes(type);
}
