// Acts as users do in their clients: speak, recall, join, invite and leave under the rules of the group.
import { randomInt } from 'node:crypto';
import type { GroupType } from '../../../chat/protocol/schemas.ts';
import type { Call } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import type { Group } from '../world/group.ts';
import type { Topic } from '../world/topic.ts';
import { textBody } from '../world/world.ts';
import { type Delivery, deliver } from './deliver.ts';
import { admitMembers, enterMembers, exitMembers } from './membership.ts';
import { tellOfState } from './presence.ts';
import { tellOfRecall } from './recall.ts';
import { sendOneToOne } from './send-one-to-one.ts';

/** What a client learns. `ErrorCode` 0 is success. */
export interface ClientAnswer {
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
  /** Of a message that was stored. */
  readonly MsgSeq?: number;
  /** Of a one-to-one message. */
  readonly MsgKey?: string;
  /** Who came in by an invitation. */
  readonly admitted?: readonly string[];
  /** Set when a join waits for an admin's approval; nothing is kept of it here. */
  readonly waiting?: true;
}

/** Runs a client's action, its refusal as an answer. */
export async function asClient(action: () => Promise<Partial<ClientAnswer>>): Promise<ClientAnswer> {
  try {
    return { ErrorCode: 0, ErrorInfo: '', ...(await action()) };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { ErrorCode: error.code, ErrorInfo: error.message };
  }
}

/** What a client may say beside the words. */
export interface SayOptions {
  /** Topic of a Community. */
  readonly topicId?: string;
  /** Elements instead of the text. */
  readonly body?: readonly unknown[];
  /** Accounts called by name. */
  readonly mentions?: readonly string[];
  readonly cloudCustomData?: string;
}

/** Sends a message as a member. @throws Failure 10007 when not in the group, 110013, else as `deliver` */
export async function say(
  call: Call,
  group: Group,
  text: string,
  options: SayOptions = {},
): Promise<Partial<ClientAnswer>> {
  if (!group.has(call.operator)) throw new Failure(10007, 'only members may speak');
  const topic = topicOf(group, options.topicId);
  if (!group.permitsToSpeak(call.operator, topic)) {
    throw new Failure(10007, 'no permission group lets the account speak here');
  }
  const mentions = (options.mentions ?? []).map((account) => ({
    GroupAtAllFlag: 0,
    GroupAt_Account: account,
  }));
  const delivery: Delivery = await deliver(
    call,
    { group, topic },
    {
      from: call.operator,
      random: randomInt(1, 2 ** 32),
      body: options.body ?? textBody(text),
      priority: 2,
      cloudCustomData: options.cloudCustomData ?? '',
      onlineOnly: false,
      forbidden: [],
      mentions,
    },
  );
  return { MsgSeq: delivery.MsgSeq };
}

function topicOf(group: Group, id: string | undefined): Topic | undefined {
  if (id === undefined) return undefined;
  const topic = group.topics.get(id);
  if (topic === undefined) throw new Failure(110013);
  return topic;
}

/** Writes to one account. @throws Failure 20003 when it does not exist, 20012 when muted, else as `sendOneToOne` */
export async function whisper(call: Call, to: string, text: string): Promise<Partial<ClientAnswer>> {
  const { world, operator } = call;
  if (!world.accounts.has(to) || !world.accounts.has(operator)) throw new Failure(20003);
  if (world.isSilent(operator, 'oneToOne')) throw new Failure(20012);
  const { MsgKey } = await sendOneToOne(call, {
    from: call.operator,
    to,
    seq: randomInt(1, 2 ** 32),
    random: randomInt(1, 2 ** 32),
    body: textBody(text),
    cloudCustomData: '',
    onlineOnly: false,
    forbidden: [],
  });
  return { MsgKey };
}

/** Seconds in which a client may take its own message back (page 34348). */
const OWN_RECALL_WINDOW = 120;

/**
 * Takes an own message back, or another's where a permission group lets the account do so.
 *
 * @throws Failure 10030, 10031 after two minutes, 10032, 10007 for another's message
 */
export async function recall(
  call: Call,
  group: Group,
  seq: number,
  topicId?: string,
): Promise<Partial<ClientAnswer>> {
  const topic = topicOf(group, topicId);
  const message = (topic ?? group).message(seq);
  if (message === undefined) throw new Failure(10030);
  if (message.isSystem || message.state !== 'normal') throw new Failure(10032);
  const isOwn = message.from === call.operator;
  if (!isOwn && !group.permitsToRecall(call.operator, topic)) throw new Failure(10007, "another's message");
  if (isOwn && call.world.now() - message.time > OWN_RECALL_WINDOW) throw new Failure(10031);
  message.state = 'recalled';
  tellOfRecall(call, group, topic, [{ MsgSeq: seq }]);
  return {};
}

/** Group types whose members may bring others in (page 33529). */
const takesInvitations: readonly GroupType[] = ['Private', 'Community'];

/** Brings others in as a member. @throws Failure 10007 where members may not, else as `admitMembers` */
export async function invite(
  call: Call,
  group: Group,
  accounts: readonly string[],
): Promise<Partial<ClientAnswer>> {
  if (!group.has(call.operator)) throw new Failure(10007, 'only members may invite');
  if (!takesInvitations.includes(group.type)) throw new Failure(10007, 'members may not invite here');
  const admitted = await admitMembers(call, group, accounts, false);
  return { admitted: accounts.filter((account) => admitted.get(account) === 1) };
}

/** Joins of one's own accord. @throws Failure 10007 (banned, or not to be joined so), 10013, 10014, 10016 */
export async function join(call: Call, group: Group): Promise<Partial<ClientAnswer>> {
  const account = call.operator;
  if (group.has(account)) throw new Failure(10013, 'already a member');
  if (group.isBanned(account, call.world.now())) throw new Failure(10007, 'banned from the group');
  const option = group.profile.ApplyJoinOption;
  if (group.type === 'Private' || option === 'DisableApply') throw new Failure(10007, 'nobody may apply');
  if (group.isFull()) throw new Failure(10014);
  const fields = { GroupId: group.id, Type: group.type, Requestor_Account: account };
  await call.webhooks.before('Group.CallbackBeforeApplyJoinGroup', fields, call);
  if (option === 'NeedPermission') return { waiting: true };
  enterMembers(call, group, [account], 'Apply');
  return {};
}

/** Leaves. @throws Failure 10007 when not in, 10009 for an owner, who may leave a Work group only */
export async function leave(call: Call, group: Group): Promise<Partial<ClientAnswer>> {
  const account = call.operator;
  if (!group.has(account)) throw new Failure(10007, 'not a member');
  const isBoundOwner = group.owner === account && group.type !== 'Private' && group.keepsMembers;
  if (isBoundOwner) throw new Failure(10009, 'the owner may not leave');
  exitMembers(call, group, [account], 'Quit');
  return {};
}

/** Comes online, from some system; the account is imported by its first login. */
export async function logIn(call: Call): Promise<Partial<ClientAnswer>> {
  call.world.addAccount({ userId: call.operator });
  call.world.online.set(call.operator, call.platform);
  tellOfState(call, call.operator, 'Login', 'Register');
  return {};
}

/** Goes offline. @throws Failure 10001 when it was not online */
export async function logOut(call: Call): Promise<Partial<ClientAnswer>> {
  if (!call.world.online.delete(call.operator)) throw new Failure(10001, 'not logged in');
  tellOfState(call, call.operator, 'Logout', 'Unregister');
  return {};
}
