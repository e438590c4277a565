// Joining and leaving, with their tips and webhooks: shared by REST calls and by users' clients.
import { z } from 'zod';
import type { Call } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';
import type { Group } from '../world/group.ts';
import { addTip } from './tips.ts';

/** `Result` of one account: 0 not admitted, 1 admitted, 2 a member already (page 34921). */
export type Admission = 0 | 1 | 2;

const refused = z.looseObject({ RefusedMembers_Account: z.array(z.string()) });

const memberList = (accounts: readonly string[]) => accounts.map((account) => ({ Member_Account: account }));

/**
 * Adds accounts on behalf of the operator, after the invitation webhook.
 *
 * @throws Failure 10014 when they do not all fit, 10016 or the receiver's code when it refuses them all
 */
export async function admitMembers(
  call: Call,
  group: Group,
  accounts: readonly string[],
  silent: boolean,
): Promise<Map<string, Admission>> {
  const { world } = call;
  const mayJoin = (account: string) => world.accounts.has(account) && !group.isBanned(account, world.now());
  const invited = [...new Set(accounts)].filter((account) => !group.has(account) && mayJoin(account));
  const results = new Map<string, Admission>(
    accounts.map((account) => [account, group.has(account) ? 2 : 0]),
  );
  if (group.isFull(invited.length)) throw new Failure(10014);
  if (invited.length === 0) return results;

  const verdict = await call.webhooks.before(
    'Group.CallbackBeforeInviteJoinGroup',
    {
      GroupId: group.id,
      Type: group.type,
      Operator_Account: call.operator,
      DestinationMembers: memberList(invited),
    },
    call,
  );
  const turnedAway = refused.safeParse(verdict).data?.RefusedMembers_Account ?? [];
  const joining = invited.filter((account) => !turnedAway.includes(account));
  for (const account of joining) results.set(account, 1);
  enterMembers(call, group, joining, 'Invited', silent);
  return results;
}

/** Lets accounts in, with tip and webhooks. */
export function enterMembers(
  call: Call,
  group: Group,
  accounts: readonly string[],
  joinType: 'Apply' | 'Invited',
  silent = false,
): void {
  if (accounts.length === 0) return;
  for (const account of accounts) group.join(account, call.world.now());
  if (!silent) addTip(call, group, 'Joined', accounts);
  const fields = {
    GroupId: group.id,
    Type: group.type,
    JoinType: joinType,
    Operator_Account: call.operator,
    NewMemberList: memberList(accounts),
  };
  call.webhooks.after('Group.CallbackAfterNewMemberJoin', fields, call);
  if (!group.keepsMembers) tellOfPresence(call, group, 'Online', accounts);
  if (group.isFull()) call.webhooks.after('Group.CallbackAfterGroupFull', { GroupId: group.id }, call);
}

/** Takes members out, with tip and webhook. */
export function exitMembers(
  call: Call,
  group: Group,
  accounts: readonly string[],
  exitType: 'Kicked' | 'Quit',
  silent = false,
): void {
  const left = accounts.filter((account) => group.leave(account));
  if (left.length === 0) return;
  if (!group.keepsMembers) tellOfPresence(call, group, 'Offline', left);
  if (!silent) addTip(call, group, exitType === 'Kicked' ? 'Kicked' : 'Left', left);
  const fields = {
    GroupId: group.id,
    Type: group.type,
    ExitType: exitType,
    Operator_Account: call.operator,
    ExitMemberList: memberList(left),
  };
  call.webhooks.after('Group.CallbackAfterMemberExit', fields, call);
}

/** Who came into a live room, or went (page 48734). */
function tellOfPresence(
  call: Call,
  group: Group,
  event: 'Online' | 'Offline',
  accounts: readonly string[],
): void {
  const fields = { GroupId: group.id, Type: group.type, EventType: event, MemberList: memberList(accounts) };
  call.webhooks.after('Group.CallbackOnMemberStateChange', fields, call);
}
