// UserSig: the signature that proves to Chat who calls (TLSSigAPIv2, docs/…/34385).
import { createHmac, timingSafeEqual } from 'node:crypto';
import { deflateSync, inflateSync } from 'node:zlib';
import { z } from 'zod';

export interface UserSigInput {
  readonly sdkAppId: number;
  /** Key from the console, used as the text that it is: not hex-decoded. */
  readonly secretKey: string;
  readonly identifier: string;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** How long it is valid, in seconds. */
  readonly expire: number;
}

/** What a UserSig says. Nothing of it is proven before `verifyUserSig` says so. */
export interface DecodedUserSig {
  readonly identifier: string;
  readonly sdkAppId: number;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Seconds. */
  readonly expire: number;
  /** Base64; only signatures that let somebody into a TRTC room carry it. */
  readonly userBuf?: string | undefined;
  /** Base64 of the HMAC. */
  readonly signature: string;
}

/** No real UserSig comes near it; what inflates to more is an attack. */
const MAX_DECODED_BYTES = 16_384;

type SignedFields = Omit<DecodedUserSig, 'signature'>;

function hmacOf(fields: SignedFields, secretKey: string): Buffer {
  const lines = [
    `TLS.identifier:${fields.identifier}`,
    `TLS.sdkappid:${fields.sdkAppId}`,
    `TLS.time:${fields.issuedAt}`,
    `TLS.expire:${fields.expire}`,
  ];
  if (fields.userBuf !== undefined) lines.push(`TLS.userbuf:${fields.userBuf}`);
  return createHmac('sha256', secretKey)
    .update(`${lines.join('\n')}\n`)
    .digest();
}

/** Makes the UserSig of an account. */
export function signUserSig({ secretKey, ...fields }: UserSigInput): string {
  const document = {
    'TLS.ver': '2.0',
    'TLS.identifier': fields.identifier,
    'TLS.sdkappid': fields.sdkAppId,
    'TLS.time': fields.issuedAt,
    'TLS.expire': fields.expire,
    'TLS.sig': hmacOf(fields, secretKey).toString('base64'),
  };
  return deflateSync(JSON.stringify(document))
    .toString('base64')
    .replaceAll('+', '*')
    .replaceAll('/', '-')
    .replaceAll('=', '_');
}

// Some libraries write numbers as strings.
const whole = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

const userSigDocument = z
  .object({
    'TLS.identifier': z.string(),
    'TLS.sdkappid': whole,
    'TLS.time': whole,
    'TLS.expire': whole,
    'TLS.userbuf': z.string().optional(),
    'TLS.sig': z.string(),
  })
  .transform(
    (document): DecodedUserSig => ({
      identifier: document['TLS.identifier'],
      sdkAppId: document['TLS.sdkappid'],
      issuedAt: document['TLS.time'],
      expire: document['TLS.expire'],
      userBuf: document['TLS.userbuf'],
      signature: document['TLS.sig'],
    }),
  );

/** Reads a UserSig, whichever language's library made it; undefined when it is none. */
export function decodeUserSig(userSig: string): DecodedUserSig | undefined {
  if (!/^[\w*-]+$/.test(userSig)) return undefined;
  const base64 = userSig.replaceAll('*', '+').replaceAll('-', '/').replaceAll('_', '=');
  try {
    const json = inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: MAX_DECODED_BYTES });
    return userSigDocument.safeParse(JSON.parse(json.toString())).data;
  } catch {
    // Not zlib, too large, or not JSON: no UserSig in each case.
    return undefined;
  }
}

/** What Chat answers to a UserSig: `ok` or the `ErrorCode`. */
export type UserSigVerdict = 'ok' | 70003 | 70014 | 70013 | 70009 | 70001;

/**
 * Judges a UserSig as Chat does.
 *
 * @param expected - the app, its key, the account that claims to call, and the time in Unix seconds
 * @returns `ok`, 70003 (not readable), 70014 (another app), 70013 (another account), 70009 (another key) or
 * 70001 (expired), in this order. Sizes and hosts are not its business.
 */
export function verifyUserSig(
  userSig: string,
  expected: Pick<UserSigInput, 'sdkAppId' | 'secretKey' | 'identifier'> & { readonly now: number },
): UserSigVerdict {
  const decoded = decodeUserSig(userSig);
  if (decoded === undefined) return 70003;
  if (decoded.sdkAppId !== expected.sdkAppId) return 70014;
  if (decoded.identifier !== expected.identifier) return 70013;
  if (!isSignedBy(decoded, expected.secretKey)) return 70009;
  if (expected.now > decoded.issuedAt + decoded.expire) return 70001;
  return 'ok';
}

function isSignedBy(decoded: DecodedUserSig, secretKey: string): boolean {
  const right = hmacOf(decoded, secretKey);
  const given = Buffer.from(decoded.signature, 'base64');
  return given.length === right.length && timingSafeEqual(given, right);
}

export interface Signer {
  /** A UserSig that is valid for an hour at least. */
  current(): string;
  /** Makes a new one, for when Chat says that the current one will not do. */
  renew(): string;
}

export interface SignerOptions extends Pick<UserSigInput, 'sdkAppId' | 'secretKey' | 'identifier'> {
  /** Unix milliseconds. */
  readonly clock?: () => number;
}

// The page recommends a day at least.
const VALID_SECONDS = 86_400;
const RENEW_AFTER_MS = (VALID_SECONDS - 3600) * 1000;

/** Keeps one UserSig at hand, so that signing costs nothing a call; it lasts a day and is renewed an hour early. */
export function createSigner({ clock = Date.now, ...identity }: SignerOptions): Signer {
  let signed = '';
  let renewAt = Number.NEGATIVE_INFINITY;

  const renew = () => {
    const now = clock();
    renewAt = now + RENEW_AFTER_MS;
    signed = signUserSig({ ...identity, issuedAt: Math.floor(now / 1000), expire: VALID_SECONDS });
    return signed;
  };
  return { renew, current: () => (clock() < renewAt ? signed : renew()) };
}
