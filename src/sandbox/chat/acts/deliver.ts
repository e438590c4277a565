// How a message gets into a group, whoever sends it: mute checks, webhooks, size, pace, history.
import { z } from 'zod';
import { messageElement } from '../../../chat/protocol/schemas.ts';
import type { Call } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import { bytesOf, MAX_MESSAGE_BYTES } from '../rules/limits.ts';
import type { Group, Message } from '../world/group.ts';

export interface Draft {
  readonly from: string;
  readonly random: number;
  readonly body: readonly unknown[];
  /** 1 High, 2 Normal, 3 Low. */
  readonly priority: number;
  readonly cloudCustomData: string;
  /** Reaches only who is online; never stored. */
  readonly onlineOnly: boolean;
  readonly forbidden: readonly string[];
}

export interface Delivery {
  /** Unix seconds. */
  readonly MsgTime: number;
  /** 0 for a message that was not stored. */
  readonly MsgSeq: number;
  readonly MsgDropReason?: string;
}

/** Seconds in which a repeat of the same sender and random is dropped (page 34959). */
const REPEAT_WINDOW = 300;
/** Messages a second in one group (page 33526). */
const GROUP_PACE = 40;
/** Refusals that the app is told of by `Group.CallbackSendMsgException` (page 49462). */
const reported: readonly number[] = [10004, 10017, 10023, 80001, 80002];

const rewrite = z.looseObject({
  MsgBody: z.array(messageElement).optional(),
  CloudCustomData: z.string().optional(),
});

/**
 * Sends a message into a group.
 *
 * @throws Failure 10004, 10017 (muted), 80002 (over 12 KB), 10016 or 10100 to 10200 (refused by a webhook), 80003
 */
export async function deliver(call: Call, group: Group, draft: Draft): Promise<Delivery> {
  const repeated = repeatOf(call, group, draft);
  if (repeated !== undefined) return { MsgTime: repeated.time, MsgSeq: repeated.seq };
  try {
    return await deliverNew(call, group, draft);
  } catch (error) {
    if (error instanceof Failure && reported.includes(error.code)) {
      const fields = { ...eventOf(call, group, draft), ErrorCode: error.code, ErrorInfo: error.message };
      call.webhooks.after('Group.CallbackSendMsgException', fields, call.platform);
    }
    throw error;
  }
}

function repeatOf(call: Call, group: Group, draft: Draft): Message | undefined {
  const earlier = group.sentBefore(draft.from, draft.random);
  return earlier !== undefined && call.world.now() - earlier.time < REPEAT_WINDOW ? earlier : undefined;
}

async function deliverNew(call: Call, group: Group, draft: Draft): Promise<Delivery> {
  requireVoice(call, group, draft.from);
  const permitted = await askBackend(call, group, draft);
  const time = call.world.now();
  if (permitted === undefined) return { MsgTime: time, MsgSeq: 0 };
  requireBody(permitted.body);
  if (call.rates?.allows(`messages ${group.id}`, GROUP_PACE) === false) {
    return { MsgTime: time, MsgSeq: 0, MsgDropReason: 'MsgFreqCtrl' };
  }
  const seq = permitted.onlineOnly ? 0 : group.store({ ...permitted, time, isSystem: false }).seq;
  if (!permitted.forbidden.includes('ForbidAfterSendMsgCallback')) {
    const fields = { ...eventOf(call, group, permitted), MsgSeq: seq, MsgTime: time };
    call.webhooks.after('Group.CallbackAfterSendMsg', fields, call.platform);
  }
  return { MsgTime: time, MsgSeq: seq };
}

/** App admins always speak; while everybody is muted, owner and admins do. */
function requireVoice(call: Call, group: Group, sender: string): void {
  if (call.admins.includes(sender)) return;
  if (group.profile.MuteAllMember === 'On' && !group.isModerator(sender)) throw new Failure(10017);
  if (group.isMuted(sender, call.world.now())) throw new Failure(10017);
}

/** @returns the message, as rewritten by the app's backend where it did; undefined when discarded in silence */
async function askBackend(call: Call, group: Group, draft: Draft): Promise<Draft | undefined> {
  if (draft.forbidden.includes('ForbidBeforeSendMsgCallback')) return draft;
  const fields = eventOf(call, group, draft);
  const verdict = await call.webhooks.before('Group.CallbackBeforeSendMsg', fields, call.platform);
  if (verdict.ErrorCode !== 0) return undefined;
  const { MsgBody, CloudCustomData } = rewrite.safeParse(verdict).data ?? {};
  return {
    ...draft,
    body: MsgBody ?? draft.body,
    cloudCustomData: CloudCustomData ?? draft.cloudCustomData,
  };
}

function requireBody(body: readonly unknown[]): void {
  if (body.length === 0) throw new Failure(10004, 'MsgBody is empty');
  if (bytesOf(JSON.stringify(body)) > MAX_MESSAGE_BYTES) throw new Failure(80002);
  const custom = body.filter(
    (element) => messageElement.safeParse(element).data?.MsgType === 'TIMCustomElem',
  );
  if (custom.length > 1) throw new Failure(10004, 'more than one TIMCustomElem');
}

const eventOf = (call: Call, group: Group, draft: Draft) => ({
  GroupId: group.id,
  Type: group.type,
  From_Account: draft.from,
  Operator_Account: call.operator,
  Random: draft.random,
  OnlineOnlyFlag: draft.onlineOnly ? 1 : 0,
  MsgBody: draft.body,
  ...(draft.cloudCustomData !== '' && { CloudCustomData: draft.cloudCustomData }),
});
