// Calls about accounts: import and check.
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf } from '../../rules/limits.ts';

const MAX_USER_ID = 32;

function importAccount(call: Call, body: Body<'account_import'>): Answer {
  if (bytesOf(body.UserID) > MAX_USER_ID) throw new Failure(70402, `UserID is over ${MAX_USER_ID} bytes`);
  call.world.addAccount({ userId: body.UserID, nick: body.Nick, faceUrl: body.FaceUrl });
  return {};
}

function importAccounts(call: Call, body: Body<'multiaccount_import'>): Answer {
  const failed = body.Accounts.filter((userId) => bytesOf(userId) > MAX_USER_ID);
  for (const userId of body.Accounts) {
    if (!failed.includes(userId)) call.world.addAccount({ userId });
  }
  return { FailAccounts: failed };
}

function checkAccounts(call: Call, body: Body<'account_check'>): Answer {
  const list = body.CheckItem.map(({ UserID }) => ({
    UserID,
    ResultCode: 0,
    ResultInfo: '',
    AccountStatus: call.world.accounts.has(UserID) ? 'Imported' : 'NotImported',
  }));
  return { ResultItem: list };
}

export const accountRoutes = {
  account_import: plainCall('account_import', importAccount),
  multiaccount_import: plainCall('multiaccount_import', importAccounts),
  account_check: plainCall('account_check', checkAccounts),
};
