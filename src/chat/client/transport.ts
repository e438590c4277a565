// Carries one request to Chat over a pool of kept-alive connections, and says what became of it.
import { errors, Pool } from '../../util/undici/undici.ts';
import type { Failure } from '../protocol/errors.ts';
import type { BuiltRequest } from './request.ts';

export interface Timeouts {
  /** Milliseconds for connecting. */
  readonly connectMs: number;
  /**
   * Milliseconds without a byte of the answer. Must be above Chat's own limit of 3 s (docs/…/34620): who gives up
   * earlier never learns what happened.
   */
  readonly answerMs: number;
}

export const defaultTimeouts: Timeouts = { connectMs: 3000, answerMs: 5000 };

export interface Transport {
  /** Sends once. Never throws. */
  send(
    request: BuiltRequest,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly ok: true; readonly text: string } | Failure>;
  /** Lets running requests finish, then closes the connections; what is sent later fails as `aborted`. */
  close(): Promise<void>;
}

/** Chat's answers end at 1 MB (10018). */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** Opens connections to a host as they are needed. */
export function createTransport(origin: string, { connectMs, answerMs }: Timeouts): Transport {
  const pool = new Pool(origin, {
    connections: 50,
    pipelining: 1,
    allowH2: false,
    connect: { timeout: connectMs },
    headersTimeout: answerMs,
    bodyTimeout: answerMs,
    maxResponseSize: MAX_ANSWER_BYTES,
  });

  let closing: Promise<void> | undefined;

  return {
    async send({ method, path, headers, body }, signal) {
      try {
        const answer = await pool.request({ method, path, headers, body, signal: signal ?? null });
        if (answer.statusCode < 300) return { ok: true, text: await answer.body.text() };
        await answer.body.dump();
        return failureOfStatus(answer.statusCode);
      } catch (error) {
        return signal?.aborted ? abortedWhileSent : failureOf(error);
      }
    },
    close() {
      closing ??= pool.close();
      return closing;
    },
  };
}

const failure = (kind: Failure['kind'], detail: string, retry: Failure['retry'], uncertain: boolean) =>
  ({ ok: false, kind, detail, retry, uncertain }) as const;

const abortedWhileSent: Failure = failure('aborted', 'aborted while waiting for the answer', 'no', true);

/** Chat itself answers HTTP 200 to everything; another status is a gateway's. */
function failureOfStatus(status: number): Failure {
  const detail = `HTTP ${status}`;
  if (status === 429) return failure('unreachable', detail, 'backoff', false);
  const gatewayTrouble = status === 408 || status >= 500;
  return failure('unreachable', detail, gatewayTrouble ? 'yes' : 'no', gatewayTrouble);
}

/** Says what a request that ended in an error came to; uncertain unless it certainly never left. */
export function failureOf(thrown: unknown): Failure {
  const error: NodeJS.ErrnoException = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = String(error.code ?? '');
  const detail = `${code} ${error.message}`.trim();
  if (code === 'UND_ERR_CLOSED' || code === 'UND_ERR_DESTROYED') {
    return failure('aborted', 'the client is closed', 'no', false);
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_BODY_TIMEOUT') {
    return failure('timeout', detail, 'yes', true);
  }
  if (error instanceof errors.HTTPParserError || code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return failure('garbled', detail, 'yes', true);
  }
  return failure('unreachable', detail, 'yes', !neverLeft(error));
}

/** Failures before the first byte of a request went out, other than those of `connect` and `getaddrinfo`. */
const beforeSending: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function neverLeft(error: NodeJS.ErrnoException): boolean {
  // A host with several addresses fails with the errors of all of them.
  if (error instanceof AggregateError) return error.errors.every(neverLeft);
  return (
    error.syscall === 'connect' || error.syscall === 'getaddrinfo' || beforeSending.has(error.code ?? '')
  );
}
