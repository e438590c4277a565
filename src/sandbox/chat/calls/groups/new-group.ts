// What a new group must be, and how it is built: shared by create_group and import_group.
import type { GroupType } from '../../../../chat/protocol/schemas.ts';
import type { Body } from '../../rules/body.ts';
import { type Call, isGroupId } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { requireGroupFields, requireMemberFields, requireTexts, setFields } from '../../rules/limits.ts';
import { type Group, maxMembersOf } from '../../world/group.ts';
import type { World } from '../../world/world.ts';

/** What both calls say of a group. */
export type NewGroup = Body<'create_group'>;

/** How many groups an account owns already. */
export const groupsOf = ({ groups }: World, owner: string): number =>
  owner === '' ? 0 : [...groups.values()].filter((group) => group.owner === owner).length;

/** Makes the group; its members come in without tips or webhooks. */
export function buildGroup(world: World, body: NewGroup, secondsAgo = 0): Group {
  const group = world.addGroup({
    id: body.GroupId ?? world.newGroupId(body.Type),
    type: body.Type,
    name: body.Name,
    owner: body.Owner_Account ?? '',
    supportTopic: body.Type === 'Community' && body.SupportTopic === 1,
    profile: profileOf(body),
    secondsAgo,
  });
  setFields(group.fields, body.AppDefinedData);
  for (const item of body.MemberList ?? []) {
    const member = group.join(item.Member_Account, world.now(), item.Role);
    if (member !== undefined) setFields(member.fields, item.AppMemberDefinedData);
  }
  return group;
}

/** Where `ApplyJoinOption` means something; elsewhere it is passed over (page 34895). */
const takesApplications: readonly GroupType[] = ['Public', 'ChatRoom'];

function profileOf(body: NewGroup) {
  return {
    ...(body.Introduction !== undefined && { Introduction: body.Introduction }),
    ...(body.Notification !== undefined && { Notification: body.Notification }),
    ...(body.FaceUrl !== undefined && { FaceUrl: body.FaceUrl }),
    ...(body.MaxMemberCount !== undefined && { MaxMemberNum: body.MaxMemberCount }),
    ...(body.ApplyJoinOption !== undefined &&
      takesApplications.includes(body.Type) && { ApplyJoinOption: body.ApplyJoinOption }),
    ...(body.InviteJoinOption !== undefined && { InviteJoinOption: body.InviteJoinOption }),
    ...(body.EnablePermission !== undefined && { EnablePermission: body.EnablePermission }),
    ...(body.DefaultPermission !== undefined && { DefaultPermission: body.DefaultPermission }),
  };
}

/** @throws Failure 10004, 10007, 10014, 10021, 10025, 10038 for what a new group may not be */
export function requireNewGroup(call: Call, body: NewGroup): void {
  requireTexts(body);
  requireFreeId(call, body);
  requireGroupFields(body.AppDefinedData);
  if (body.Type === 'AVChatRoom') requireOptions(body.Type, { InviteJoinOption: body.InviteJoinOption });
  const members = body.MemberList ?? [];
  if (body.Type === 'AVChatRoom' && members.length > 0)
    throw new Failure(10007, 'a live room has no members');
  if (body.Type === 'Private' && members.some((item) => item.Role === 'Admin')) {
    throw new Failure(10007, 'a Work group has no admins');
  }
  requirePermissionGroups(body, body.Type === 'Community' && body.SupportTopic === 1);
  const max = body.MaxMemberCount ?? maxMembersOf(body.Type);
  requireCapacity(body.Type, max, 10038);
  if (max > 0 && members.length + 1 > max) throw new Failure(10014);
  for (const item of members) requireMemberFields(call.world, item.AppMemberDefinedData);
}

/** @throws Failure 10004 for an ID that does not suit the type, 10021 or 10025 for one that is taken */
export function requireFreeId(call: Call, body: NewGroup): void {
  const id = body.GroupId;
  if (id === undefined) return;
  const marked = body.Type === 'Community' ? /^@TGS#_(?!@TGS#)./ : /^(?!@TGS#)/;
  if (!isGroupId(id) || !marked.test(id))
    throw new Failure(10004, `GroupId does not suit a ${body.Type} group`);
  const existing = call.world.groups.get(id);
  if (existing === undefined) return;
  const isOwn = existing.owner !== '' && existing.owner === body.Owner_Account;
  throw new Failure(isOwn ? 10025 : 10021);
}

/** Options that some group types do not have. */
export function requireOptions(
  type: GroupType,
  body: { ApplyJoinOption?: unknown; InviteJoinOption?: unknown },
): void {
  if (type === 'Community' && body.ApplyJoinOption !== undefined) {
    throw new Failure(10007, 'a Community has no ApplyJoinOption');
  }
  if (type === 'AVChatRoom' && body.InviteJoinOption !== undefined) {
    throw new Failure(10007, 'a live room has no InviteJoinOption');
  }
}

export function requirePermissionGroups(
  body: { EnablePermission?: unknown; DefaultPermission?: unknown },
  supportTopic: boolean,
): void {
  if (body.EnablePermission === undefined && body.DefaultPermission === undefined) return;
  if (!supportTopic) throw new Failure(10007, 'only a Community with topics has permission groups');
  const { EnablePermission: enabled = 0 } = body;
  if (enabled !== 0 && enabled !== 1) {
    throw new Failure(10004, 'EnablePermission is 0 or 1');
  }
}

export function requireCapacity(type: GroupType, max: number, code: number): void {
  const largest = maxMembersOf(type);
  if (largest > 0 && (max < 1 || max > largest)) throw new Failure(code, `at most ${largest} members`);
}
