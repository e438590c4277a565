// The signature in a webhook's URL (page 34354). It covers the token and the time: neither the body nor other parameters.
import { createHash, timingSafeEqual } from 'node:crypto';

/** How far a webhook's time may be from ours, in seconds (page 34354). */
export const SIGN_WINDOW = 60;

/** `Sign` of a webhook. @param requestTime Unix seconds, as they stand in the URL */
export const webhookSign = (token: string, requestTime: number | string): string =>
  createHash('sha256').update(`${token}${requestTime}`).digest('hex');

export interface SignCheck {
  readonly token: string;
  readonly sign: string | undefined;
  readonly requestTime: string | undefined;
  /** Unix seconds. */
  readonly now: number;
}

export type SignFault = 'missing' | 'wrong' | 'stale';

/** Compares in constant time. @returns what is wrong with the signature; `null` for a good one */
export function signFault({ token, sign, requestTime, now }: SignCheck): SignFault | null {
  if (!sign || !requestTime) return 'missing';
  if (!/^\d{1,12}$/.test(requestTime)) return 'wrong';
  const right = Buffer.from(webhookSign(token, requestTime));
  const given = Buffer.from(sign);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return 'wrong';
  return Math.abs(now - Number(requestTime)) > SIGN_WINDOW ? 'stale' : null;
}
