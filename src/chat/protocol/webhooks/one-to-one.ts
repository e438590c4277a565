// The webhooks about one-to-one messages, and those about accounts and the app (pages 34364, 34365, 34357, 43465, 43466, 48733).
import { z } from 'zod';
import { accountField, loose, messageBody, plain, text, whole } from './fields.ts';

/** One-to-one webhooks name no operator: `OptPlatform` alone tells a client from a REST call. */
const message = {
  From_Account: accountField,
  To_Account: accountField,
  /** Chosen by the sender; may repeat. */
  MsgSeq: loose(whole),
  MsgRandom: loose(whole),
  /** Unix seconds. */
  MsgTime: loose(whole),
  /** Names the message, such as `48374_2837546_1557481126`. */
  MsgKey: text,
  MsgId: text,
  OnlineOnlyFlag: loose(whole),
  MsgBody: messageBody,
  CloudCustomData: text,
};

export const oneToOneWebhooks = {
  'C2C.CallbackBeforeSendMsg': plain(message),
  /** Comes also for a message that could not be sent: `SendMsgResult` is not 0 then. */
  'C2C.CallbackAfterSendMsg': plain({
    ...message,
    SendMsgResult: loose(whole),
    ErrorInfo: text,
    /** -1 where sending failed. */
    UnreadMsgNum: loose(whole),
  }),
  'C2C.CallbackAfterMsgWithDraw': plain({ From_Account: text, To_Account: text, MsgKey: text }),
  /** The read receipt, not a report of abuse. */
  'C2C.CallbackAfterMsgReport': plain({
    Report_Account: text,
    Peer_Account: text,
    LastReadTime: loose(whole),
  }),
};

export const otherWebhooks = {
  'State.StateChange': plain({
    Info: z.looseObject({ Action: text, To_Account: text, Reason: text }),
    KickedDevice: loose(z.array(z.looseObject({ Platform: text }))),
  }),
  'Profile.CallbackPortraitSet': plain({
    Operator_Account: text,
    From_Account: text,
    ProfileItem: loose(z.array(z.looseObject({ Tag: z.string(), Value: z.unknown() }))),
  }),
  'Alert.RequestOverLimit': plain({
    ServiceName: text,
    Command: text,
    Request: loose(whole),
    Limit: loose(whole),
  }),
  'ContentCallback.ResultNotify': plain({
    Scene: text,
    From_Account: text,
    ContentType: text,
    MsgID: loose(z.union([z.string(), z.number().transform(String)])),
    /** 1: blocked, 0: passed. */
    CtxcbResult: loose(whole),
    CtxcbKeywords: loose(z.array(z.string())),
    CtxcbSuggestion: text,
    CtxcbLabel: text,
  }),
};
