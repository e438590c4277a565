// What this surface asks of Chat: the client, as far as it is used here.
import type { AnswerOf, BodyOf, EndpointName } from '../../chat/protocol/endpoints.ts';

export type Called<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly error: { readonly kind: string; readonly code?: number } };

export interface ChatCalls {
  /** The bot's own account. */
  readonly admin: string;
  /** Never throws. */
  call<Name extends EndpointName>(name: Name, body: BodyOf<Name>): Promise<Called<AnswerOf<Name>>>;
}
