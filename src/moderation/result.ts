// The result of looking something up: the thing, or what stopped the request.
import type { ChatError } from '../chat/chat.ts';
import type { Message } from '../i18n/message.ts';

/** Why a request ends before any change: refused for a reason of ours, or Chat could not be read. */
export type Stop =
  | { readonly kind: 'refused'; readonly message: Message }
  | { readonly kind: 'failed'; readonly error: ChatError };

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly stop: Stop };

export const found = <Value>(value: Value): Result<Value> => ({ ok: true, value });
export const refused = (message: Message): Result<never> => ({
  ok: false,
  stop: { kind: 'refused', message },
});
export const failed = (error: ChatError): Result<never> => ({ ok: false, stop: { kind: 'failed', error } });
