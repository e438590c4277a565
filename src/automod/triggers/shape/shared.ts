// What triggers share that look at the shape of what a member wrote themselves.
import { type Finding, type Look, nowhere } from '../../part.ts';

/** The text that the member typed; empty where there is none. */
export const typedText = ({ event }: Look): string =>
  event.kind === 'message' ? (event.texts.find(({ place }) => place === 'text')?.text ?? '') : '';

/** A finding about the whole of the typed text. */
export function wholeText({ event }: Look): Finding {
  const text = event.kind === 'message' ? event.texts.findIndex(({ place }) => place === 'text') : -1;
  const shown = event.kind === 'message' ? event.texts[text] : undefined;
  return shown === undefined ? nowhere : { text, span: { start: 0, end: shown.text.length } };
}

/** How many elements of these types a message has. */
export const elementsOf = ({ event }: Look, ...types: readonly string[]): number =>
  event.kind === 'message' ? event.body.filter(({ MsgType }) => types.includes(MsgType)).length : 0;
