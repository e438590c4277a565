// The port through which everything else talks to Chat. `client.ts` implements it.

import type { AnswerOf, BodyOf, EndpointName } from './protocol/endpoints.ts';
import type { ChatErrorKind } from './protocol/errors.ts';

/** A request as it went, or would go, over the wire; the usersig is replaced in `url`. */
export interface SentRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly body: unknown;
}

export interface ChatError {
  readonly kind: ChatErrorKind;
  /** Chat's `ErrorCode`; present when `kind` is `code`. */
  readonly code?: number;
  /** Chat's `ErrorInfo` or the transport's own words: for logs and details, never to branch on. */
  readonly detail: string;
  /** True when the change may have taken effect although no success was seen. */
  readonly uncertain: boolean;
  /** How often the request was sent. */
  readonly attempts: number;
  readonly request: SentRequest;
}

export type ChatResult<Answer> =
  | { readonly ok: true; readonly answer: Answer; readonly request: SentRequest }
  | { readonly ok: false; readonly error: ChatError };

export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Options for a call that may, or may not, be called off. */
export const callOptions = (signal: AbortSignal | undefined): CallOptions =>
  signal === undefined ? {} : { signal };

export interface Chat {
  /** App admin account that signs the calls; it is never a target. */
  readonly admin: string;
  /** Sends one call, paced, retried where a retry helps. Never throws. */
  call<Name extends EndpointName>(
    name: Name,
    body: BodyOf<Name>,
    options?: CallOptions,
  ): Promise<ChatResult<AnswerOf<Name>>>;
  /** The request that `call` would send, without sending it. */
  preview<Name extends EndpointName>(name: Name, body: BodyOf<Name>): SentRequest;
}
