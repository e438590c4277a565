// Calls for live rooms only: who is inside, and their admins, who need not be.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, groupCall, requireAccounts } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import type { Group } from '../../world/group.ts';
import { imageTag, nickTag } from '../../world/world.ts';

const MAX_ADMINS = 5;

function modifyAdmins(call: Call, body: Body<'modify_admin'>, group: Group): Answer {
  requireAccounts(call, body.Admin_Account);
  if (body.CommandType === 2) {
    for (const account of body.Admin_Account) group.liveAdmins.delete(account);
    return {};
  }
  const admins = new Set([...group.liveAdmins, ...body.Admin_Account]);
  if (admins.size > MAX_ADMINS) throw new Failure(10004, `a live room has at most ${MAX_ADMINS} admins`);
  for (const account of body.Admin_Account) group.liveAdmins.add(account);
  return {};
}

function listAdmins({ world }: Call, _body: Body<'get_admin_list'>, group: Group): Answer {
  const list = [...group.liveAdmins].map((account) => ({
    Admin_Account: account,
    Avatar: world.profileText(account, imageTag),
    NickName: world.profileText(account, nickTag),
  }));
  return { Admin_List: list };
}

const countOnline = (_call: Call, _body: Body<'get_online_member_num'>, group: Group): Answer => ({
  OnlineMemberNum: group.online.size,
});

export const liveRoutes = {
  modify_admin: groupCall('modify_admin', modifyAdmins),
  get_admin_list: groupCall('get_admin_list', listAdmins),
  get_online_member_num: groupCall('get_online_member_num', countOnline),
};
