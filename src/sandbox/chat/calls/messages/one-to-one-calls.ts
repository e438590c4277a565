// Calls about one-to-one messages: from one account to another, outside of any group.
import { z } from 'zod';
import { messageElement } from '../../../../chat/protocol/schemas.ts';
import type { Body } from '../../rules/body.ts';
import { type Answer, type Call, plainCall } from '../../rules/call.ts';
import { Failure } from '../../rules/failure.ts';
import { bytesOf, MAX_MESSAGE_BYTES } from '../../rules/limits.ts';
import type { Notice, World } from '../../world/world.ts';

/** Seconds that a message is kept for those who are offline (page 34919). */
const MAX_LIFE_TIME = 604_800;
/** `ErrorCode` in the list of those who were not reached: the account does not exist (page 34920). */
const NO_ACCOUNT = 70107;

/** Reaches each account that exists and names the others; fails as a whole only when there is none to reach. */
function sendToMany({ world, operator }: Call, body: Body<'batchsendmsg'>): Answer {
  const from = body.From_Account ?? operator;
  if (!world.accounts.has(from)) throw new Failure(90008);
  if ((body.MsgLifeTime ?? 0) > MAX_LIFE_TIME) throw new Failure(90026, 'MsgLifeTime is over seven days');
  requireElements(body.MsgBody);
  const known = body.To_Account.filter((account) => world.accounts.has(account));
  const unknown = body.To_Account.filter((account) => !world.accounts.has(account));
  if (known.length === 0) throw new Failure(90012);
  const notice = { text: wordsOf(body.MsgBody), from, time: world.now(), random: body.MsgRandom };
  for (const account of known) {
    if (!isRepeat(world, account, notice)) world.hand(account, notice);
  }
  return {
    MsgKey: `${body.MsgSeq ?? 0}_${body.MsgRandom}_${notice.time}`,
    ...(unknown.length > 0 && {
      ErrorList: unknown.map((account) => ({ To_Account: account, ErrorCode: NO_ACCOUNT })),
    }),
  };
}

function requireElements(body: Body<'batchsendmsg'>['MsgBody']): void {
  if (body.length === 0) throw new Failure(90007, 'MsgBody is empty');
  if (body.filter(({ MsgType }) => MsgType === 'TIMCustomElem').length > 1) {
    throw new Failure(90010, 'more than one TIMCustomElem');
  }
  if (bytesOf(JSON.stringify(body)) > MAX_MESSAGE_BYTES) throw new Failure(90055);
}

/** Messages of one sender in one second are told apart by `MsgRandom` (page 34919). */
const isRepeat = (world: World, account: string, { from, time, random }: Notice): boolean =>
  world.inbox(account).some((known) => known.from === from && known.time === time && known.random === random);

const textElement = messageElement.extend({
  MsgType: z.literal('TIMTextElem'),
  MsgContent: z.looseObject({ Text: z.string() }),
});

/** The words of a message's text elements. */
const wordsOf = (body: readonly unknown[]): string =>
  body.map((element) => textElement.safeParse(element).data?.MsgContent.Text ?? '').join('');

export const oneToOneRoutes = {
  batchsendmsg: plainCall('batchsendmsg', sendToMany),
};
