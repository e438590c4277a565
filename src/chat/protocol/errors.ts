// The error table: for every code that Chat may answer, whether to try again and what it means to a moderator.
// Sources: docs/…/34348, each call's own page. Never branch on `ErrorInfo`.

/**
 * Whether to send a failed request again.
 * - `yes`: soon. - `backoff`: after a second or more, Chat says "too fast".
 * - `resign`: once, with a new UserSig. - `no`: it would fail again.
 */
export type Retry = 'yes' | 'backoff' | 'resign' | 'no';

/**
 * Why a call did not succeed.
 * - `code`: Chat answered with this `ErrorCode`.
 * - `unreachable`: no connection, a reset, an HTTP failure (`detail` says which).
 * - `timeout`: no answer in time.
 * - `garbled`: an answer that is not JSON, or not of the shape that the call documents.
 * - `aborted`: the caller gave up.
 */
export type ChatErrorKind = 'code' | 'unreachable' | 'timeout' | 'garbled' | 'aborted';

/** One attempt that did not succeed. */
export interface Failure {
  readonly ok: false;
  readonly kind: ChatErrorKind;
  readonly code?: number;
  readonly detail: string;
  readonly retry: Retry;
  /** The request may have been carried out nevertheless. */
  readonly uncertain: boolean;
}

interface Row {
  /** Message id of the sentence that a moderator reads. */
  readonly meaning: `chat.${string}`;
  readonly retry: Retry;
  /** Chat failed half-way, so the change may have been made. */
  readonly uncertain?: true;
  readonly codes: readonly number[];
}

/** Codes that an app may give its own webhooks to answer. */
const webhookCodes = Array.from({ length: 101 }, (_, index) => 10_100 + index);

const rows = [
  // Who calls.
  {
    meaning: 'chat.credentials',
    retry: 'no',
    codes: [60012, 60025, 70002, 70004, 70005, 70006, 70007, 70008, 70009, 70010, 70013, 70014, 70015, 70019],
  },
  // 10008 is "signature material failed": its page says to try once more.
  { meaning: 'chat.credentials', retry: 'resign', codes: [70003, 10008] },
  { meaning: 'chat.signatureExpired', retry: 'resign', codes: [70001, 70052, 20002] },
  // One minute: a call must not block for so long, and each try adds to the count.
  { meaning: 'chat.lockedOut', retry: 'no', codes: [70050] },
  // Older tables call the first two a wrong signature, newer ones a check to be repeated.
  { meaning: 'chat.accountCheck', retry: 'yes', codes: [60004, 60005, 60014, 70017, 70018] },
  { meaning: 'chat.notAppAdmin', retry: 'no', codes: [60010, 70403, 40004, 90009, 2004, 10001, 10012] },
  { meaning: 'chat.wrongRegion', retry: 'no', codes: [60006, 60026, 70016, 70020] },
  { meaning: 'chat.addressBlocked', retry: 'no', codes: [60021] },
  { meaning: 'chat.accountBlocked', retry: 'no', codes: [70051, 70399] },

  // What the app may do.
  { meaning: 'chat.appDisabled', retry: 'no', codes: [60016, 60017, 60027, 80005, 10026, 20008] },
  { meaning: 'chat.planExpired', retry: 'no', codes: [60020] },
  { meaning: 'chat.quota', retry: 'no', codes: [60028, 22007, 70398, 72000, 72002] },
  { meaning: 'chat.edition', retry: 'no', codes: [10059] },
  { meaning: 'chat.featureOff', retry: 'no', codes: [11000, 10041, 71000, 72001, 72011, 72012, 2002, 2015] },
  { meaning: 'chat.tooManyGroups', retry: 'no', codes: [10036, 10037, 10058] },
  {
    meaning: 'chat.tooFast',
    retry: 'backoff',
    codes: [60007, 60011, 60018, 60019, 10006, 10023, 10049, 22006, 70114, 72010, 90057],
  },

  // Trouble at Chat's.
  {
    meaning: 'chat.serverTrouble',
    retry: 'yes',
    uncertain: true,
    codes: [
      10002, 60008, 60013, 20004, 20005, 20018, 70169, 70202, 70500, 40006, 30006, 30007, 90994, 90995, 91000,
      110002, 110007, 130014, 2001, 93001,
    ],
  },
  { meaning: 'chat.webhookFailed', retry: 'yes', codes: [80003] },
  { meaning: 'chat.webhookFailed', retry: 'yes', uncertain: true, codes: [90992] },
  { meaning: 'chat.refusedByWebhook', retry: 'no', codes: [10016, 20006, ...webhookCodes] },

  // The request itself.
  {
    meaning: 'chat.badRequest',
    retry: 'no',
    codes: [
      60002, 60003, 60009, 60015, 10003, 10011, 20001, 70404, 90001, 90002, 90005, 90006, 90007, 90010, 90026,
      90028, 90029, 90031, 90043, 90044, 90054, 130001, 130002, 130003, 130004, 130005, 130008,
    ],
  },
  {
    meaning: 'chat.badValue',
    retry: 'no',
    codes: [10004, 10045, 10046, 10047, 10048, 10050, 70402, 40001, 40605, 40610, 2003],
  },
  { meaning: 'chat.tooManyTargets', retry: 'no', codes: [10005, 10053, 70206, 90011, 90018] },
  { meaning: 'chat.tooMuch', retry: 'no', codes: [10018, 10051, 10054, 10060, 10061, 10062, 10063, 10070] },
  { meaning: 'chat.tooLong', retry: 'no', codes: [80002, 90055, 93000, 40601] },
  { meaning: 'chat.sensitive', retry: 'no', codes: [80001, 80004] },
  { meaning: 'chat.fieldNotAllowed', retry: 'no', codes: [40007, 40008, 40009] },

  // Groups.
  { meaning: 'chat.noPermission', retry: 'no', codes: [10007] },
  { meaning: 'chat.groupMissing', retry: 'no', codes: [10010, 10015] },
  { meaning: 'chat.groupIdTaken', retry: 'no', codes: [10021, 10025] },
  { meaning: 'chat.groupFull', retry: 'no', codes: [10014, 10038] },
  { meaning: 'chat.ownerCannotLeave', retry: 'no', codes: [10009] },
  {
    meaning: 'chat.topicMissing',
    retry: 'no',
    codes: [110003, 110006, 110008, 110010, 110011, 110012, 110013, 110014],
  },
  // Somebody else was quicker: the facts must be read again before another try.
  { meaning: 'chat.conflict', retry: 'no', codes: [10056, 20027, 20028] },

  // People.
  {
    meaning: 'chat.accountMissing',
    retry: 'no',
    codes: [10019, 70107, 20003, 40002, 40003, 90003, 90008, 90012, 90048],
  },
  { meaning: 'chat.alreadyDone', retry: 'no', codes: [10013, 10024] },
  { meaning: 'chat.senderMuted', retry: 'no', codes: [10017, 20012] },
  { meaning: 'chat.recipientRefuses', retry: 'no', codes: [20007, 20009, 20010, 20011] },

  // Messages.
  { meaning: 'chat.messageMissing', retry: 'no', codes: [10030, 10052, 20022, 20023] },
  { meaning: 'chat.recallTooLate', retry: 'no', codes: [10031, 20016] },
  { meaning: 'chat.notRecallable', retry: 'no', codes: [10032, 10033, 10034, 10035] },
  { meaning: 'chat.noHistory', retry: 'no', codes: [10044] },
] as const satisfies readonly Row[];

/** Message id of the sentence that tells a moderator what a failure means. */
export type ChatMeaning = (typeof rows)[number]['meaning'] | 'chat.unknown' | TransportMeaning;
type TransportMeaning = `chat.${Exclude<ChatErrorKind, 'code'>}`;

export interface ErrorRow {
  readonly code: number;
  readonly meaning: ChatMeaning;
  readonly retry: Retry;
  /** Chat failed half-way, so the change may have been made. */
  readonly uncertain: boolean;
}

/** Every known code. */
export const errorTable: ReadonlyMap<number, ErrorRow> = new Map(
  rows.flatMap((row) => row.codes.map((code) => [code, rowOf(code, row)])),
);

function rowOf(code: number, row: Row & { readonly meaning: ChatMeaning }): ErrorRow {
  return { code, meaning: row.meaning, retry: row.retry, uncertain: row.uncertain ?? false };
}

/** The row of a code; one that the table does not know is a refusal that is not repeated. */
export const errorRowOf = (code: number): ErrorRow =>
  errorTable.get(code) ?? { code, meaning: 'chat.unknown', retry: 'no', uncertain: false };

/** What a failed call means to a moderator, and whether the same request may succeed a little later. */
export function describeChatError(error: { readonly kind: ChatErrorKind; readonly code?: number }): {
  meaning: ChatMeaning;
  retryHelps: boolean;
} {
  if (error.kind !== 'code') return { meaning: `chat.${error.kind}`, retryHelps: true };
  const { meaning, retry } = errorRowOf(error.code ?? 0);
  return { meaning, retryHelps: retry === 'yes' || retry === 'backoff' };
}
