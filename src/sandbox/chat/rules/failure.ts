// A refusal on its way to the caller: one of Chat's error codes and the words beside it.

/** Attested texts of page 34348 and its like; the rest are this stand-in's own. Nobody may branch on them. */
const texts: Readonly<Record<number, string>> = {
  1002: 'invalid parameter',
  1004: 'there is no file of this hour',
  10002: 'internal server error',
  10003: 'unknown command',
  10004: 'invalid parameter',
  10005: 'too many accounts in one request',
  10007: 'operation not permitted',
  10010: 'this group does not exist',
  10011: 'Fail to Parse json data of body, Please check it',
  10014: 'group is full',
  10015: 'invalid group id',
  10016: 'rejected by the app backend',
  10017: 'sender is not allowed to speak',
  10018: 'response is too long, use paging',
  10019: 'account does not exist',
  10021: 'group id is already used',
  10025: 'group id is already used by you',
  10030: 'message does not exist',
  10031: 'the time to recall has passed',
  10032: 'message cannot be recalled',
  10038: 'member count exceeds the allowance',
  10053: 'more than 30 accounts are mentioned',
  20003: 'Invalid sender or receiver identifier!',
  20006: 'rejected by the app backend',
  20012: 'sender is muted',
  20022: 'message does not exist',
  20023: 'message is recalled already',
  40001: 'Err_Profile_Comm_Decode_Fail',
  60002: 'HTTP parse Error',
  60003: 'Fail to Parse json data of body, Please check it',
  60007: 'request frequency exceeds the limit',
  60009: 'requested resource does not exist',
  60010: 'identifier is not an app administrator',
  60012: 'sdkappid is missing',
  60015: 'body account invalid',
  60025: 'invalid sdkappid, identifier, usersig or contenttype in the url',
  70001: 'usersig is expired',
  70003: 'usersig is illegal',
  70009: 'usersig check failed',
  70013: 'identifier does not match the usersig',
  70014: 'sdkappid does not match the usersig',
  70020: 'sdkappid not found',
  70107: 'Err_TLS_PT_Open_Login_Account_Not_Exist',
  71000: 'the account may not be deleted',
  80002: 'message is too long',
  80003: 'webhook failed',
  90008: 'From_Account does not exist',
  90011: 'too many accounts in one request',
  90012: 'To_Account does not exist',
  90055: 'message is too long',
  93000: 'message is too long',
  110006: 'permission group does not exist',
  110008: 'permission group is deleted already',
  110010: 'topic is in the permission group already',
  110011: 'topic is not in the permission group',
  110013: 'topic id is invalid',
  130003: 'Get_Account does not exist',
  130005: 'Set_Account does not exist',
  130008: 'neither of the two times is given',
};

/** Thrown anywhere below the server, which answers it as `{ActionStatus:"FAIL", ErrorCode, ErrorInfo}`. */
export class Failure extends Error {
  readonly code: number;

  constructor(code: number, info: string = texts[code] ?? `error ${code}`) {
    super(info);
    this.name = 'Failure';
    this.code = code;
  }
}
