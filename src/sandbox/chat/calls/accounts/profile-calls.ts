// Calls about users' profiles, by tag (page 33520).
import { z } from 'zod';
import { uint32 } from '../../../../chat/protocol/schemas.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf } from '../../rules/limits.ts';

const tags: Readonly<Record<string, z.ZodType>> = {
  Tag_Profile_IM_Nick: z.string(),
  Tag_Profile_IM_Gender: z.enum(['Gender_Type_Unknown', 'Gender_Type_Female', 'Gender_Type_Male']),
  Tag_Profile_IM_BirthDay: uint32,
  Tag_Profile_IM_Location: z.string().max(16),
  Tag_Profile_IM_SelfSignature: z.string(),
  Tag_Profile_IM_AllowType: z.enum([
    'AllowType_Type_NeedConfirm',
    'AllowType_Type_AllowAny',
    'AllowType_Type_DenyAny',
  ]),
  Tag_Profile_IM_Language: uint32,
  Tag_Profile_IM_Image: z.string(),
  Tag_Profile_IM_AdminForbidType: z.enum(['AdminForbid_Type_None', 'AdminForbid_Type_SendOut']),
  Tag_Profile_IM_Level: uint32,
  Tag_Profile_IM_Role: uint32,
};

const MAX_VALUE = 500;

/** @throws Failure 40009 for a tag that does not exist */
function schemaOf(tag: string): z.ZodType {
  const schema = /^Tag_Profile_Custom_[A-Za-z]{1,8}$/.test(tag) ? z.string() : tags[tag];
  if (schema === undefined) throw new Failure(40009, `unknown tag ${tag}`);
  return schema;
}

/** @throws Failure 40009, 40601 (over 500 bytes), 40610 (wrong type), 40605 (not allowed) */
function requireValue(tag: string, value: unknown): void {
  const schema = schemaOf(tag);
  if (typeof value === 'string' && bytesOf(value) > MAX_VALUE) throw new Failure(40601, `${tag} is too long`);
  const issue = schema.safeParse(value).error?.issues[0];
  if (issue === undefined) return;
  throw new Failure(issue.code === 'invalid_type' ? 40610 : 40605, `${tag}: ${issue.message}`);
}

function setProfile(call: Call, body: Body<'portrait_set'>): Answer {
  const account = call.world.accounts.get(body.From_Account);
  if (account === undefined) throw new Failure(40003, 'From_Account does not exist');
  for (const { Tag, Value } of body.ProfileItem) requireValue(Tag, Value);
  for (const { Tag, Value } of body.ProfileItem) account.profile.set(Tag, Value);
  const fields = {
    Operator_Account: call.operator,
    From_Account: body.From_Account,
    ProfileItem: body.ProfileItem,
  };
  call.webhooks.after('Profile.CallbackPortraitSet', fields, call);
  return {};
}

function getProfiles(call: Call, body: Body<'portrait_get'>): Answer {
  for (const tag of body.TagList) schemaOf(tag);
  const failed = body.To_Account.filter((account) => !call.world.accounts.has(account));
  return {
    UserProfileItem: body.To_Account.map((account) => profileItem(call, account, body.TagList)),
    ...(failed.length > 0 && { Fail_Account: failed }),
  };
}

function profileItem(call: Call, userId: string, wanted: readonly string[]): Answer {
  const account = call.world.accounts.get(userId);
  if (account === undefined) {
    return {
      To_Account: userId,
      ProfileItem: [],
      ResultCode: 40003,
      ResultInfo: 'Err_Profile_User_Not_Exist',
    };
  }
  const items = wanted
    .filter((tag) => account.profile.has(tag))
    .map((tag) => ({ Tag: tag, Value: account.profile.get(tag) }));
  return { To_Account: userId, ProfileItem: items, ResultCode: 0, ResultInfo: '' };
}

export const profileRoutes = {
  portrait_get: plainCall('portrait_get', getProfiles),
  portrait_set: plainCall('portrait_set', setProfile),
};
