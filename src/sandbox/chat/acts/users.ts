// Acts as users do in their clients: speak, join and leave under the rules of the group.
import { randomInt } from 'node:crypto';
import type { Call } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import type { Group } from '../world/group.ts';
import { textBody } from '../world/world.ts';
import { type Delivery, deliver } from './deliver.ts';
import { enterMembers, exitMembers } from './membership.ts';

/** What a client learns. `ErrorCode` 0 is success. */
export interface ClientAnswer {
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
  /** Of a message that was stored. */
  readonly MsgSeq?: number;
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

/** Sends a text as a member. @throws Failure 10007 when not in the group, else as `deliver` */
export async function say(call: Call, group: Group, text: string): Promise<Partial<ClientAnswer>> {
  if (!group.has(call.operator)) throw new Failure(10007, 'only members may speak');
  const delivery: Delivery = await deliver(call, group, {
    from: call.operator,
    random: randomInt(1, 2 ** 32),
    body: textBody(text),
    priority: 2,
    cloudCustomData: '',
    onlineOnly: false,
    forbidden: [],
  });
  return { MsgSeq: delivery.MsgSeq };
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
  await call.webhooks.before('Group.CallbackBeforeApplyJoinGroup', fields, call.platform);
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
