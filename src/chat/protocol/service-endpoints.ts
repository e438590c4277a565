// The part of the endpoint table beside groups and their members: one-to-one messages, edits, and the log of messages.
import { z } from 'zod';
import { all, endpoint, page, withMembers } from './endpoint.ts';
import { account, groupId, listOf, messageElement, uint32 } from './schemas.ts';

const message = 'openim';

/** Files that `get_history` names; texts of time are Beijing's. */
const historyFile = z.looseObject({
  URL: z.string(),
  ExpireTime: z.string().nullish(),
  FileSize: z.number().nullish(),
  FileMD5: z.string().nullish(),
  GzipSize: z.number().nullish(),
  GzipMD5: z.string().nullish(),
});

export const serviceEndpoints = {
  sendmsg: endpoint({
    service: message,
    command: 'sendmsg',
    body: z.object({
      To_Account: account,
      MsgRandom: uint32,
      MsgBody: z.array(messageElement),
      From_Account: account.optional(),
      /** 1: the sender's own devices get a copy, 2: they do not. */
      SyncOtherMachine: z.int().optional(),
      MsgSeq: uint32.optional(),
      /** Seconds; 0: only who is online. */
      MsgLifeTime: z.int().optional(),
      OnlineOnlyFlag: z.int().optional(),
      ForbidCallbackControl: z.array(z.string()).optional(),
      CloudCustomData: z.string().optional(),
    }),
    answer: z.looseObject({ MsgTime: z.number().nullish(), MsgKey: z.string().nullish() }),
    effect: 'change',
    groupTypes: all,
    zeros: ['MsgLifeTime'],
    page: page(34919),
  }),
  admin_msgwithdraw: endpoint({
    service: message,
    command: 'admin_msgwithdraw',
    body: z.object({ From_Account: account, To_Account: account, MsgKey: z.string().min(1) }),
    answer: z.looseObject({}),
    effect: 'change',
    groupTypes: all,
    page: page(35015),
  }),
  modify_group_msg: endpoint({
    service: message,
    command: 'modify_group_msg',
    body: z.object({
      GroupId: groupId,
      MsgSeq: z.int().min(1),
      MsgBody: z.array(messageElement).optional(),
      CloudCustomData: z.string().optional(),
      TopicId: z.string().optional(),
    }),
    answer: z.looseObject({}),
    effect: 'change',
    groupTypes: withMembers,
    page: page(47948),
  }),
  get_history: endpoint({
    service: 'open_msg_svc',
    command: 'get_history',
    body: z.object({
      ChatType: z.enum(['C2C', 'Group']),
      /** An hour of Beijing's time, such as `2026112409`. */
      MsgTime: z.string(),
    }),
    answer: z.looseObject({ File: listOf(historyFile) }),
    effect: 'read',
    groupTypes: all,
    callsPerSecond: 10,
    page: page(34885),
  }),
};
