// Calls about an account in the whole app: global mutes, presence, being thrown out, being deleted.
import { PERMANENT } from '../../../../chat/protocol/schemas.ts';
import { tellOfState } from '../../acts/presence.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';

/** @throws Failure 130005 for an unknown account, 130008 when neither time is given */
function setSilence({ world }: Call, body: Body<'setnospeaking'>): Answer {
  const { Set_Account: account, C2CmsgNospeakingTime: oneToOne, GroupmsgNospeakingTime: groups } = body;
  if (!world.accounts.has(account)) throw new Failure(130005);
  if (oneToOne === undefined && groups === undefined) throw new Failure(130008);
  const before = world.silences.get(account) ?? { groups: 0, oneToOne: 0 };
  const endOf = (seconds: number | undefined, known: number): number => {
    if (seconds === undefined) return known;
    return seconds === 0 ? 0 : Math.min(world.now() + seconds, PERMANENT);
  };
  world.silences.set(account, {
    groups: endOf(groups, before.groups),
    oneToOne: endOf(oneToOne, before.oneToOne),
  });
  return {};
}

/** Shows the seconds that are left, not an end. @throws Failure 130003 for an unknown account */
function getSilence({ world }: Call, { Get_Account: account }: Body<'getnospeaking'>): Answer {
  if (!world.accounts.has(account)) throw new Failure(130003);
  const { groups, oneToOne } = world.silences.get(account) ?? { groups: 0, oneToOne: 0 };
  const left = (end: number) => (end === PERMANENT ? PERMANENT : Math.max(0, end - world.now()));
  return { C2CmsgNospeakingTime: left(oneToOne), GroupmsgNospeakingTime: left(groups) };
}

/** Ends the account's logins. @throws Failure 70107 for an unknown account */
function kick(call: Call, { UserID: account }: Body<'kick'>): Answer {
  if (!call.world.accounts.has(account)) throw new Failure(70107);
  if (call.world.online.delete(account)) tellOfState(call, account, 'Logout', 'Unregister');
  return {};
}

function deleteAccounts({ world, admins }: Call, body: Body<'account_delete'>): Answer {
  const deleteOne = (account: string): number => {
    if (admins.includes(account)) return 71000;
    return world.removeAccount(account) ? 0 : 70107;
  };
  const list = body.DeleteItem.map(({ UserID }) => {
    const code = deleteOne(UserID);
    return { UserID, ResultCode: code, ResultInfo: code === 0 ? '' : new Failure(code).message };
  });
  return { ResultItem: list };
}

function presence({ world }: Call, body: Body<'query_online_status'>): Answer {
  const known = body.To_Account.filter((account) => world.accounts.has(account));
  const unknown = body.To_Account.filter((account) => !world.accounts.has(account));
  const detail = (account: string) => {
    const platform = world.online.get(account);
    return platform === undefined ? [] : [{ Platform: platform, Status: 'Online' }];
  };
  return {
    QueryResult: known.map((account) => ({
      To_Account: account,
      Status: world.online.has(account) ? 'Online' : 'Offline',
      ...(body.IsNeedDetail === 1 && { Detail: detail(account) }),
    })),
    ...(unknown.length > 0 && {
      ErrorList: unknown.map((account) => ({ To_Account: account, ErrorCode: 70107 })),
    }),
  };
}

export const stateRoutes = {
  setnospeaking: plainCall('setnospeaking', setSilence),
  getnospeaking: plainCall('getnospeaking', getSilence),
  kick: plainCall('kick', kick),
  account_delete: plainCall('account_delete', deleteAccounts),
  query_online_status: plainCall('query_online_status', presence),
};
