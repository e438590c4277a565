// The part of the endpoint table about states of accounts and groups: global mutes, presence, attributes, imports.
import { z } from 'zod';
import { accounts, all, endpoint, group, live, login, nothing, page, withMembers } from './endpoint.ts';
import { account, groupId, groupType, listOf, messageElement, uint32 } from './schemas.ts';

const settings = 'openconfigsvr';
const attribute = z.object({ key: z.string().min(1), value: z.string() });
const counter = z.object({ Key: z.string().min(1), Value: z.int() });
const counters = z.looseObject({
  GroupCounter: listOf(z.looseObject({ Key: z.string(), Value: z.number() })),
});
const withCounters = ['Private', 'Public', 'ChatRoom', 'AVChatRoom'] as const;

const accountResults = z.looseObject({
  ResultItem: listOf(
    z.looseObject({ UserID: z.string(), ResultCode: z.number().nullish(), ResultInfo: z.string().nullish() }),
  ),
});

export const stateEndpoints = {
  // Accounts.
  setnospeaking: endpoint({
    service: settings,
    command: 'setnospeaking',
    body: z.object({
      Set_Account: account,
      /** Seconds; 0 unmutes, 4294967295 is without end. At least one of the two is given. */
      C2CmsgNospeakingTime: uint32.optional(),
      GroupmsgNospeakingTime: uint32.optional(),
    }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    zeros: ['C2CmsgNospeakingTime', 'GroupmsgNospeakingTime'],
    page: page(34923),
  }),
  getnospeaking: endpoint({
    service: settings,
    command: 'getnospeaking',
    body: z.object({ Get_Account: account }),
    /** Seconds that are left. */
    answer: z.looseObject({
      C2CmsgNospeakingTime: z.number().nullish(),
      GroupmsgNospeakingTime: z.number().nullish(),
    }),
    effect: 'read',
    groupTypes: all,
    page: page(34924),
  }),
  kick: endpoint({
    service: login,
    command: 'kick',
    body: z.object({ UserID: account }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(34957),
  }),
  account_delete: endpoint({
    service: login,
    command: 'account_delete',
    body: z.object({ DeleteItem: z.array(z.object({ UserID: account })) }),
    answer: accountResults,
    effect: 'change',
    groupTypes: all,
    batch: { field: 'DeleteItem', max: 100 },
    callsPerSecond: 100,
    page: page(34955),
  }),
  query_online_status: endpoint({
    service: 'openim',
    command: 'query_online_status',
    body: z.object({ To_Account: accounts, IsNeedDetail: z.int().optional() }),
    answer: z.looseObject({
      QueryResult: listOf(z.looseObject({ To_Account: z.string(), Status: z.string() })),
      ErrorList: listOf(z.looseObject({ To_Account: z.string(), ErrorCode: z.number() })),
    }),
    effect: 'read',
    groupTypes: all,
    batch: { field: 'To_Account', max: 500 },
    page: page(35477),
  }),

  // Attributes and counters of groups.
  get_group_attr: endpoint({
    service: 'group_open_attr_http_svc',
    command: 'get_group_attr',
    body: z.object({ GroupId: groupId }),
    answer: z.looseObject({
      GroupAttrAry: listOf(z.looseObject({ key: z.string(), value: z.string() })),
    }),
    effect: 'read',
    groupTypes: all,
    page: page(44187),
  }),
  modify_group_attr: endpoint({
    service: group,
    command: 'modify_group_attr',
    body: z.object({ GroupId: groupId, GroupAttr: z.array(attribute).min(1) }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(44188),
  }),
  clear_group_attr: endpoint({
    service: group,
    command: 'clear_group_attr',
    body: z.object({ GroupId: groupId }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(44189),
  }),
  set_group_attr: endpoint({
    service: group,
    command: 'set_group_attr',
    body: z.object({ GroupId: groupId, GroupAttr: z.array(attribute).min(1) }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(44190),
  }),
  delete_group_attr: endpoint({
    service: group,
    command: 'delete_group_attr',
    body: z.object({ GroupId: groupId, GroupAttr: z.array(z.object({ key: z.string().min(1) })).min(1) }),
    answer: nothing,
    effect: 'change',
    groupTypes: all,
    page: page(59499),
  }),
  update_group_counter: endpoint({
    service: group,
    command: 'update_group_counter',
    body: z.object({
      GroupId: groupId,
      GroupCounter: z.array(counter).min(1),
      Mode: z.enum(['Set', 'Increase', 'Decrease']).optional(),
    }),
    answer: counters,
    effect: 'change',
    groupTypes: withCounters,
    page: page(53428),
  }),
  delete_group_counter: endpoint({
    service: group,
    command: 'delete_group_counter',
    body: z.object({ GroupId: groupId, GroupCounterKeys: z.array(z.string().min(1)).min(1) }),
    answer: nothing,
    effect: 'change',
    groupTypes: withCounters,
    page: page(53429),
  }),
  get_group_counter: endpoint({
    service: group,
    command: 'get_group_counter',
    body: z.object({ GroupId: groupId, GroupCounterKeys: z.array(z.string().min(1)).optional() }),
    answer: counters,
    effect: 'read',
    groupTypes: withCounters,
    page: page(53427),
  }),
  get_online_member_num: endpoint({
    service: group,
    command: 'get_online_member_num',
    body: z.object({ GroupId: groupId }),
    answer: z.looseObject({ OnlineMemberNum: z.number() }),
    effect: 'read',
    groupTypes: live,
    page: page(38521),
  }),

  // Imports: nobody is told of them.
  import_group: endpoint({
    service: group,
    command: 'import_group',
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
      SupportTopic: z.int().optional(),
      /** Unix seconds; now unless told. */
      CreateTime: z.int().optional(),
    }),
    answer: z.looseObject({ GroupId: z.string() }),
    effect: 'change',
    groupTypes: withMembers,
    page: page(34967),
  }),
  import_group_msg: endpoint({
    service: group,
    command: 'import_group_msg',
    body: z.object({
      GroupId: groupId,
      RecentContactFlag: z.int().optional(),
      MsgList: z.array(
        z.object({
          From_Account: account,
          /** Unix seconds, between the making of the group and now. */
          SendTime: z.int(),
          Random: uint32.optional(),
          MsgBody: z.array(messageElement),
        }),
      ),
    }),
    answer: z.looseObject({
      ImportMsgResult: listOf(
        z.looseObject({
          Result: z.number(),
          MsgSeq: z.number().nullish(),
          MsgTime: z.number().nullish(),
        }),
      ),
    }),
    effect: 'change',
    groupTypes: withMembers,
    batch: { field: 'MsgList', max: 20 },
    page: page(34968),
  }),
};
