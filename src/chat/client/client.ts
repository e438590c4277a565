// Talks to Chat: signs, paces, sends, reads and repeats where that helps.

import { pause } from '../../util/pause.ts';
import type { CallOptions, Chat, ChatError, ChatResult } from '../chat.ts';
import { type AnswerOf, type BodyOf, type EndpointName, endpointOf } from '../protocol/endpoints.ts';
import type { Failure } from '../protocol/errors.ts';
import { createSigner } from '../protocol/usersig.ts';
import { readAnswer } from './answer.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { createRandom } from './random.ts';
import { type BuiltRequest, buildRequest, readBase, redact } from './request.ts';
import { defaultRetries, pauseAfter, type Retries, type Trail } from './retry.ts';
import { createTransport, defaultTimeouts, type Timeouts } from './transport.ts';

/** The part of a pino logger that the client uses. */
export interface ChatLogger {
  warn(fields: object, message: string): void;
}

export interface ChatClientOptions {
  readonly sdkAppId: number;
  readonly secretKey: string;
  /** App admin account that signs the calls. */
  readonly admin: string;
  /** Where Chat is: `baseUrlOf(region)`, or an address of one's own with or without a path prefix. */
  readonly baseUrl: string;
  /** Unix milliseconds. */
  readonly clock?: () => number;
  /** Unsigned 32-bit integers. */
  readonly random?: () => number;
  readonly logger?: ChatLogger;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<Retries>;
  /** Makes the pacer of an endpoint, where the cap is shared with other processes. */
  readonly pacer?: (callsPerSecond: number, name: EndpointName) => Pacer;
}

export interface ChatClient extends Chat {
  /** Lets running calls finish and closes the connections; later attempts fail as `aborted`. */
  close(): Promise<void>;
}

const ABORTED: Failure = {
  ok: false,
  kind: 'aborted',
  detail: 'aborted while waiting to be sent',
  retry: 'no',
  uncertain: false,
};

/** More calls in a second than Chat takes (docs/…/34621). */
const TOO_FAST = 60007;

/** Long answers tell no more than their beginning. */
const MAX_DETAIL_LENGTH = 500;

/**
 * The client of one Chat app (docs/…/34620).
 *
 * Calls are paced at each endpoint's cap and repeated up to three times where the error table or the transport
 * says that it helps; an answer that cannot be read is repeated like a lost one, reads and changes alike, because
 * the changes may be repeated (`retry.ts` names the exceptions). A failed change is `uncertain` when any attempt
 * may have been carried out; a failed read never is. Neither the UserSig nor the key is in any result or log.
 *
 * @throws TypeError when `baseUrl` is no URL
 */
export function createChatClient(options: ChatClientOptions): ChatClient {
  const { sdkAppId, secretKey, admin, baseUrl, clock = Date.now, logger } = options;
  const random = options.random ?? createRandom();
  const retries = { ...defaultRetries, ...options.retries };
  const base = readBase(baseUrl);
  const transport = createTransport(base.origin, { ...defaultTimeouts, ...options.timeouts });
  const signer = createSigner({ sdkAppId, secretKey, identifier: admin, clock });
  const pacerOf = createPacers(options.pacer ?? ((callsPerSecond) => createPacer(callsPerSecond)));

  function build<Name extends EndpointName>(name: Name, body: BodyOf<Name>, userSig: string): BuiltRequest {
    return buildRequest(name, body, { sdkAppId, identifier: admin, userSig, base }, random());
  }

  async function attempt<Name extends EndpointName>(
    name: Name,
    request: BuiltRequest,
    signal: AbortSignal | undefined,
  ) {
    const reply = await transport.send(request, signal);
    return reply.ok ? readAnswer(name, reply.text) : reply;
  }

  /** Says what the caller learns of the last failure. */
  function errorOf(failure: Failure, trail: Trail, request: BuiltRequest, userSig: string): ChatError {
    const { kind, code } = failure;
    const detail = hideSecrets(failure.detail, [userSig, secretKey]).slice(0, MAX_DETAIL_LENGTH);
    const { attempts, uncertain } = trail;
    return {
      kind,
      ...(code !== undefined && { code }),
      detail,
      uncertain,
      attempts,
      request: redact(request),
    };
  }

  async function call<Name extends EndpointName>(
    name: Name,
    body: BodyOf<Name>,
    { signal }: CallOptions = {},
  ): Promise<ChatResult<AnswerOf<Name>>> {
    const pacer = pacerOf(name);
    let trail: Trail = { attempts: 0, retries: 0, resigned: false, uncertain: false };
    for (;;) {
      const userSig = signer.current();
      const request = build(name, body, userSig);
      if (signal?.aborted || !(pacer.tryAcquire() || (await pacer.acquire(signal)))) {
        return { ok: false, error: errorOf(ABORTED, trail, request, userSig) };
      }

      const slotAt = performance.now();
      const outcome = await attempt(name, request, signal);
      if (outcome.ok || outcome.kind === 'code') {
        pacer.answered(performance.now() - slotAt, !outcome.ok && outcome.code === TOO_FAST);
      }
      if (outcome.ok) return { ok: true, answer: outcome.answer, request: redact(request) };

      trail = afterAttempt(trail, name, outcome);
      const pauseMs = pauseAfter(name, outcome, trail, retries, random() / 2 ** 32);
      const error = errorOf(outcome, trail, request, userSig);
      logger?.warn({ call: name, error, pauseMs }, 'a call to Chat failed');
      if (pauseMs === undefined) return { ok: false, error };

      if (outcome.retry === 'resign') {
        trail = { ...trail, resigned: true };
        // Of many calls that failed together, the first renews for all.
        if (signer.current() === userSig) signer.renew();
      } else {
        trail = { ...trail, retries: trail.retries + 1 };
        await pause(pauseMs, signal);
      }
    }
  }

  return {
    admin,
    call,
    preview: (name, body) => redact(build(name, body, signer.current())),
    close: () => transport.close(),
  };
}

function createPacers(create: (callsPerSecond: number, name: EndpointName) => Pacer) {
  const pacers = new Map<EndpointName, Pacer>();
  return (name: EndpointName): Pacer => {
    const known = pacers.get(name);
    if (known !== undefined) return known;
    const pacer = create(endpointOf(name).callsPerSecond, name);
    pacers.set(name, pacer);
    return pacer;
  };
}

function afterAttempt(trail: Trail, name: EndpointName, failure: Failure): Trail {
  const mayHaveChanged = failure.uncertain && endpointOf(name).effect === 'change';
  return { ...trail, attempts: trail.attempts + 1, uncertain: trail.uncertain || mayHaveChanged };
}

function hideSecrets(text: string, secrets: readonly string[]): string {
  const hidden = text.replace(/usersig=[^&\s"']*/gi, 'usersig=<hidden>');
  return secrets.reduce(
    (rest, secret) => (secret === '' ? rest : rest.replaceAll(secret, '<hidden>')),
    hidden,
  );
}
