// Calls about bans, and the list of mutes: who is kept out or kept quiet, and until when.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall, requireAccounts } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { requireTexts } from '../../rules/limits.ts';
import type { Group } from '../../world/group.ts';
import type { Topic } from '../../world/topic.ts';

function ban(call: Call, body: Body<'ban_group_member'>, group: Group): Answer {
  requireTexts({ Description: body.Description });
  if (body.Duration === 0) throw new Failure(10004, 'Duration is 0');
  requireAccounts(call, body.Members_Account);
  if (body.Members_Account.includes(group.owner)) throw new Failure(10007, 'the owner cannot be banned');
  for (const account of body.Members_Account) {
    group.ban(account, body.Duration, call.world.now(), body.Description);
  }
  return {};
}

function unban(_call: Call, body: Body<'unban_group_member'>, group: Group): Answer {
  for (const account of body.Members_Account) group.bans.delete(account);
  return {};
}

/** Entries of a map that end in the future, the earliest end first. */
const running = <Value>(entries: Iterable<[string, Value]>, end: (value: Value) => number, now: number) =>
  [...entries].filter(([, value]) => end(value) > now).sort(([, a], [, b]) => end(a) - end(b));

const DEFAULT_PAGE = 100;

function listBans(call: Call, body: Body<'get_group_ban_member'>, group: Group): Answer {
  if (body.Offset < 0 || (body.Limit ?? 1) < 1) throw new Failure(10004, 'Limit or Offset is out of range');
  const bans = running(group.bans, ({ until }) => until, call.world.now());
  const end = body.Offset + (body.Limit ?? DEFAULT_PAGE);
  const list = bans
    .slice(body.Offset, end)
    .map(([account, { until }]) => ({ Member_Account: account, BannedUntil: until }));
  return { NextOffset: end < bans.length ? end : 0, BannedAccountList: list };
}

function listMutes(
  call: Call,
  _body: Body<'get_group_muted_account'>,
  group: Group,
  topic: Topic | undefined,
): Answer {
  const list = running((topic ?? group).mutes, (until) => until, call.world.now());
  return {
    GroupId: group.id,
    MutedAccountList: list.map(([account, until]) => ({ Member_Account: account, MutedUntil: until })),
  };
}

export const banRoutes = {
  ban_group_member: groupCall('ban_group_member', ban),
  unban_group_member: groupCall('unban_group_member', unban),
  get_group_ban_member: groupCall('get_group_ban_member', listBans),
  get_group_muted_account: groupCall('get_group_muted_account', listMutes),
};
