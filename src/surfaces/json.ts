// An outcome as programs read it, the same on every surface that answers one.

import type { Message, Value } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Asks, Outcome } from '../request/outcome.ts';
import { asText, present } from './present.ts';

/** The outcome as programs read it: `values` are a sentence's values as they were before they had words. */
export function asJson(outcome: Outcome, translator: Translator) {
  return {
    command: outcome.command,
    outcome: outcome.kind,
    id: outcome.message.id,
    text: asText(present(outcome, translator)),
    results: outcome.results.map((result) => ({
      target: result.target,
      outcome: result.outcome,
      id: result.message.id,
      text: translator.text(result.message),
      values: rawValues(result.message),
    })),
    requests: outcome.requests,
    ...(outcome.case !== undefined && { case: outcome.case }),
    ...(outcome.next !== undefined && { next: outcome.next }),
    ...(outcome.file !== undefined && { file: outcome.file }),
    ...(outcome.asks !== undefined && { asks: questionAsJson(outcome.asks) }),
  };
}

/** What the answer gives back, and what can be answered. */
const questionAsJson = ({ question, proof, options }: Asks) => ({
  choices: question.choices,
  proof,
  options,
});

type Json = string | number | readonly Json[] | { readonly [name: string]: Json };

const rawValues = ({ values = {} }: Message): { readonly [name: string]: Json } =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, raw(value)]));

/** Moments and lengths of time become seconds; a sentence inside a sentence becomes its `id` and values. */
function raw(value: Value): Json {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (isList(value)) return value.map(raw);
  if ('literal' in value) return value.literal;
  if ('at' in value) return value.at;
  if ('seconds' in value) return value.seconds;
  return { id: value.id, ...rawValues(value) };
}

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
