// What comes of reading something that somebody typed: a value, or what is wrong with it.
import type { Message } from './message.ts';

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Message };

export const readAs = <Value>(value: Value): Read<Value> => ({ ok: true, value });

/** It cannot be read, and why. */
export const refuse = (problem: Message): Read<never> => ({ ok: false, problem });
