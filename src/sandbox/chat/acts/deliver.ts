// How a message gets into a group, whoever sends it: mute checks, webhooks, size, pace, history.
import { messageElement } from '../../../chat/protocol/schemas.ts';
import type { Call } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import { bytesOf, MAX_MESSAGE_BYTES } from '../rules/limits.ts';
import type { Group } from '../world/group.ts';
import type { Message, Place } from '../world/place.ts';
import type { Topic } from '../world/topic.ts';
import { rewritten } from './rewrite.ts';

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
  /** Who is called by name, in the order of the text (page 34959). */
  readonly mentions: readonly object[];
}

/** Where a message goes: the group, or one of its topics. */
export interface Destination {
  readonly group: Group;
  readonly topic?: Topic | undefined;
}

const placeOf = ({ group, topic }: Destination): Place => topic ?? group;

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

/**
 * Sends a message into a group or a topic.
 *
 * @throws Failure 10004, 10017 (muted), 80002 (over 12 KB), 10016 or 10100 to 10200 (refused by a webhook), 80003
 */
export async function deliver(call: Call, to: Destination, draft: Draft): Promise<Delivery> {
  const repeated = repeatOf(call, to, draft);
  if (repeated !== undefined) return { MsgTime: repeated.time, MsgSeq: repeated.seq };
  try {
    return await deliverNew(call, to, draft);
  } catch (error) {
    if (error instanceof Failure && reported.includes(error.code)) {
      const fields = { ...eventOf(call, to, draft), ErrorCode: error.code, ErrorInfo: error.message };
      call.webhooks.after('Group.CallbackSendMsgException', fields, call);
    }
    throw error;
  }
}

function repeatOf(call: Call, to: Destination, draft: Draft): Message | undefined {
  const earlier = placeOf(to).sentBefore(draft.from, draft.random);
  return earlier !== undefined && call.world.now() - earlier.time < REPEAT_WINDOW ? earlier : undefined;
}

async function deliverNew(call: Call, to: Destination, draft: Draft): Promise<Delivery> {
  requireVoice(call, to, draft.from);
  const permitted = await askBackend(call, to, draft);
  const time = call.world.now();
  if (permitted === undefined) return { MsgTime: time, MsgSeq: 0 };
  requireBody(permitted.body);
  if (call.rates?.allows(`messages ${to.topic?.id ?? to.group.id}`, GROUP_PACE) === false) {
    return { MsgTime: time, MsgSeq: 0, MsgDropReason: 'MsgFreqCtrl' };
  }
  const seq = permitted.onlineOnly ? 0 : store(call, to, permitted, time).seq;
  if (!permitted.forbidden.includes('ForbidAfterSendMsgCallback')) {
    const fields = {
      ...eventOf(call, to, permitted),
      MsgSeq: seq,
      MsgTime: time,
      ...(permitted.mentions.length > 0 && { GroupAtInfo: permitted.mentions }),
    };
    call.webhooks.after('Group.CallbackAfterSendMsg', fields, call);
  }
  return { MsgTime: time, MsgSeq: seq };
}

function store({ platform }: Call, to: Destination, draft: Draft, time: number): Message {
  const { from, random, body, priority, cloudCustomData } = draft;
  return placeOf(to).store({
    from,
    random,
    body,
    priority,
    cloudCustomData,
    time,
    platform,
    isSystem: false,
  });
}

/** App admins always speak; while everybody is muted, owner and admins do. A topic is bound by its Community too. */
function requireVoice(call: Call, { group, topic }: Destination, sender: string): void {
  if (call.admins.includes(sender)) return;
  const now = call.world.now();
  if (call.world.isSilent(sender, 'groups')) throw new Failure(10017, 'sender is muted in all groups');
  const isLocked = [group, topic].some((place) => place?.profile.MuteAllMember === 'On');
  if (isLocked && !group.isModerator(sender)) throw new Failure(10017);
  if (group.isMuted(sender, now) || topic?.isMuted(sender, now)) throw new Failure(10017);
}

/** @returns the message, as rewritten by the app's backend where it did; undefined when discarded in silence */
async function askBackend(call: Call, to: Destination, draft: Draft): Promise<Draft | undefined> {
  if (draft.forbidden.includes('ForbidBeforeSendMsgCallback')) return draft;
  const fields = eventOf(call, to, draft);
  const verdict = await call.webhooks.before('Group.CallbackBeforeSendMsg', fields, call);
  if (verdict.ErrorCode !== 0) return undefined;
  return rewritten(draft, verdict);
}

function requireBody(body: readonly unknown[]): void {
  if (body.length === 0) throw new Failure(10004, 'MsgBody is empty');
  if (bytesOf(JSON.stringify(body)) > MAX_MESSAGE_BYTES) throw new Failure(80002);
  const custom = body.filter(
    (element) => messageElement.safeParse(element).data?.MsgType === 'TIMCustomElem',
  );
  if (custom.length > 1) throw new Failure(10004, 'more than one TIMCustomElem');
}

const eventOf = (call: Call, { group, topic }: Destination, draft: Draft) => ({
  GroupId: group.id,
  Type: group.type,
  From_Account: draft.from,
  Operator_Account: call.operator,
  Random: draft.random,
  OnlineOnlyFlag: draft.onlineOnly ? 1 : 0,
  MsgBody: draft.body,
  ...(draft.cloudCustomData !== '' && { CloudCustomData: draft.cloudCustomData }),
  ...(topic !== undefined && { TopicId: topic.id }),
});
