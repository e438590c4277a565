// The webhooks about groups: their bodies by command (pages 34368 to 34378, 46979, 48734, 49462 to 49466, 60393).
import { z } from 'zod';
import {
  about,
  accountField,
  groupTypeField,
  loose,
  memberList,
  mentions,
  messageBody,
  plain,
  text,
  whole,
} from './fields.ts';

/** What every webhook about one message of a group says; a message that is not sent yet has no number. */
const message = {
  From_Account: accountField,
  /** Who made the request: the app admin for a REST call. */
  Operator_Account: text,
  Random: loose(whole),
  OnlineOnlyFlag: loose(whole),
  MsgBody: messageBody,
  CloudCustomData: text,
  TopicId: text,
  MsgId: text,
  GroupAtInfo: mentions,
};

const sent = { ...message, MsgSeq: loose(whole), /** Unix seconds. */ MsgTime: loose(whole) };

/** The texts of a group that can change. */
const profile = { Name: text, Introduction: text, Notification: text, FaceUrl: text };

const keyValues = loose(z.array(z.looseObject({ Key: text, Value: text })));

export const groupWebhooks = {
  'Group.CallbackBeforeSendMsg': about(message),
  'Group.CallbackAfterSendMsg': about(sent),
  'Group.CallbackSendMsgException': about({ ...message, ErrorCode: loose(whole), ErrorInfo: text }),
  'Group.CallbackAfterRecallMsg': about({
    Operator_Account: text,
    MsgSeqList: z.array(z.looseObject({ MsgSeq: whole, MsgId: text })),
    TopicId: text,
  }),
  'Group.CallbackAfterReadReceipt': about({}),

  'Group.CallbackBeforeApplyJoinGroup': about({ Requestor_Account: accountField }),
  'Group.CallbackBeforeInviteJoinGroup': about({ Operator_Account: text, DestinationMembers: memberList }),
  'Group.CallbackAfterNewMemberJoin': about({
    JoinType: text,
    Operator_Account: text,
    NewMemberList: memberList,
  }),
  'Group.CallbackAfterMemberExit': about({
    ExitType: text,
    Operator_Account: text,
    ExitMemberList: memberList,
  }),
  'Group.CallbackAfterGroupFull': about({}),
  'Group.CallbackOnMemberStateChange': about({ EventType: text, EventCause: text, MemberList: memberList }),
  'Group.CallbackAfterMemberFieldChanged': about({
    Operator_Account: text,
    Modified_Account: text,
    Member_Account: text,
    Role: text,
    NameCard: text,
    // One page calls the member `Modified_Account`, another `Member_Account`.
  }).transform(({ Modified_Account, Member_Account, ...rest }) => ({
    ...rest,
    Member_Account: Modified_Account ?? Member_Account,
  })),

  'Group.CallbackBeforeCreateGroup': plain({
    Operator_Account: text,
    Owner_Account: text,
    Type: groupTypeField,
    Name: text,
    CreateGroupNum: loose(whole),
    MemberList: memberList,
  }),
  'Group.CallbackAfterCreateGroup': about({
    Operator_Account: text,
    Owner_Account: text,
    Name: text,
    MemberList: memberList,
    UserDefinedDataList: keyValues,
  }),
  'Group.CallbackAfterGroupDestroyed': about({ Owner_Account: text, Name: text, MemberList: memberList }),
  'Group.CallbackAfterGroupInfoChanged': about({ Operator_Account: text, ...profile }),
  'Group.CallbackAfterChangeGroupOwner': about({
    Operator_Account: text,
    OldOwner_Account: text,
    NewOwner_Account: text,
  }),
  'Group.CallbackAfterGroupAttrChanged': about({
    Operator_Account: text,
    OptionType: text,
    GroupAttr: loose(z.array(z.looseObject({ key: text, value: text }))),
  }),
  'Group.CallbackBeforeCreateTopic': plain({
    GroupId: text,
    Operator_Account: text,
    Type: groupTypeField,
    Name: text,
  }),
  'Group.CallbackAfterCreateTopic': about({ Operator_Account: text, TopicId: text, Name: text }),
  'Group.CallbackAfterTopicDestroyed': about({
    Operator_Account: text,
    TopicIdList: loose(z.array(z.unknown())),
  }),
  'Group.CallbackAfterTopicInfoChanged': about({ Operator_Account: text, TopicId: text, ...profile }),
  'Group.CallbackOnDailyGroupQuotaAlarm': plain({ QuotaUsed: loose(whole), Quota: loose(whole) }),
};
