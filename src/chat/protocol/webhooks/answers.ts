// What a receiver answers to a webhook (pages 34364, 34370, 34371, 34374): a decision of ours as Chat reads it.
import type { MessageElement } from '../schemas.ts';

/**
 * What becomes of what a before-webhook asks about.
 * - `pass`: it goes on, a message with another body where one is given; `refused` are kept out of an invitation.
 * - `reject`: the sender sees 10016 (20006 one-to-one), or our own code with its words.
 * - `drop`: a message disappears, and its sender's client shows it as sent until it loads the history again.
 */
export type Verdict =
  | {
      readonly kind: 'pass';
      readonly MsgBody?: readonly MessageElement[];
      readonly CloudCustomData?: string;
      readonly refused?: readonly string[];
    }
  | { readonly kind: 'reject'; readonly code?: number; readonly words?: string }
  | { readonly kind: 'drop' };

/** The answer on the wire; always with HTTP status 200. */
export interface WebhookAnswer {
  readonly ActionStatus: 'OK' | 'FAIL';
  readonly ErrorCode: number;
  readonly ErrorInfo: string;
  readonly MsgBody?: readonly MessageElement[];
  readonly CloudCustomData?: string;
  readonly RefusedMembers_Account?: readonly string[];
}

/** Custom codes that Chat hands on to the client, first and last. */
export const customCodes = {
  group: [10_100, 10_200],
  oneToOne: [120_001, 130_000],
} as const;

/** Goes on unchanged; also what an after-webhook and an unknown one are answered. */
export const OK: WebhookAnswer = Object.freeze({ ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' });

const REJECT = 1;
const DROP = 2;

/** @throws RangeError for a custom code that Chat would not hand on: that is a bug of the decider */
export function answerOf(command: string, verdict: Verdict): WebhookAnswer {
  if (verdict.kind === 'drop') return { ...OK, ErrorCode: DROP };
  if (verdict.kind === 'reject') {
    const { code = REJECT, words = '' } = verdict;
    if (code !== REJECT) requireCustom(command, code);
    return { ...OK, ErrorCode: code, ErrorInfo: words };
  }
  const { MsgBody, CloudCustomData, refused = [] } = verdict;
  if (MsgBody === undefined && CloudCustomData === undefined && refused.length === 0) return OK;
  return {
    ...OK,
    ...(MsgBody !== undefined && { MsgBody }),
    ...(CloudCustomData !== undefined && { CloudCustomData }),
    ...(refused.length > 0 && { RefusedMembers_Account: refused }),
  };
}

function requireCustom(command: string, code: number): void {
  const [first, last] = command.startsWith('C2C.') ? customCodes.oneToOne : customCodes.group;
  if (code < first || code > last) throw new RangeError(`${code} is no custom code of ${command}`);
}
