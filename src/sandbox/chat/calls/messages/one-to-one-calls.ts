// Calls about one-to-one messages: send to one, send to many, withdraw.
import { randomInt } from 'node:crypto';
import { handOver, isRepeat, requireElements, sendOneToOne } from '../../acts/send-one-to-one.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { keyOf } from '../../world/one-to-one.ts';

/** Seconds that a message is kept for those who are offline (page 34919). */
const MAX_LIFE_TIME = 604_800;
/** `ErrorCode` in the list of those who were not reached: the account does not exist (page 34920). */
const NO_ACCOUNT = 70107;

/** What both ways of sending say alike. */
function draftOf(call: Call, body: Body<'batchsendmsg'> | Body<'sendmsg'>) {
  const from = body.From_Account ?? call.operator;
  if (!call.world.accounts.has(from)) throw new Failure(90008);
  if ((body.MsgLifeTime ?? 0) > MAX_LIFE_TIME) throw new Failure(90026, 'MsgLifeTime is over seven days');
  return {
    from,
    // A random one where the caller names none (page 34919).
    seq: body.MsgSeq ?? randomInt(1, 2 ** 32),
    random: body.MsgRandom,
    body: body.MsgBody,
    cloudCustomData: body.CloudCustomData ?? '',
    onlineOnly: body.OnlineOnlyFlag === 1 || body.MsgLifeTime === 0,
  };
}

async function sendToOne(call: Call, body: Body<'sendmsg'>): Promise<Answer> {
  const draft = draftOf(call, body);
  const to = body.To_Account;
  if (!call.world.accounts.has(to)) throw new Failure(20003, 'Invalid sender or receiver identifier!');
  const forbidden = body.ForbidCallbackControl ?? [];
  return { ...(await sendOneToOne(call, { ...draft, to, forbidden })) };
}

/** Reaches each account that exists and names the others; fails as a whole only when there is none to reach. */
function sendToMany(call: Call, body: Body<'batchsendmsg'>): Answer {
  const { world } = call;
  // One key for all of them, so none is made at random.
  const draft = { ...draftOf(call, body), seq: body.MsgSeq ?? 0, time: world.now(), forbidden: [] };
  requireElements(draft.body, 90055);
  const known = body.To_Account.filter((account) => world.accounts.has(account));
  const unknown = body.To_Account.filter((account) => !world.accounts.has(account));
  if (known.length === 0) throw new Failure(90012);
  for (const to of known) {
    if (!isRepeat(call, { ...draft, to })) handOver(call, { ...draft, to });
  }
  return {
    MsgKey: keyOf(draft),
    ...(unknown.length > 0 && {
      ErrorList: unknown.map((account) => ({ To_Account: account, ErrorCode: NO_ACCOUNT })),
    }),
  };
}

/** Takes a message back. @throws Failure 20022 when it is not there, 20023 when it is recalled already */
function withdraw(call: Call, body: Body<'admin_msgwithdraw'>): Answer {
  const { From_Account: from, To_Account: to, MsgKey: key } = body;
  if (!/^\d+_\d+_\d+$/.test(key)) throw new Failure(90054, 'MsgKey is not of the form seq_random_time');
  const message = call.world.oneToOne.find((one) => one.from === from && one.to === to && keyOf(one) === key);
  if (message === undefined) throw new Failure(20022);
  if (message.state === 'recalled') throw new Failure(20023);
  message.state = 'recalled';
  const fields = { From_Account: from, To_Account: to, MsgKey: key };
  call.webhooks.after('C2C.CallbackAfterMsgWithDraw', fields, call);
  return {};
}

export const oneToOneRoutes = {
  sendmsg: plainCall('sendmsg', sendToOne),
  batchsendmsg: plainCall('batchsendmsg', sendToMany),
  admin_msgwithdraw: plainCall('admin_msgwithdraw', withdraw),
};
