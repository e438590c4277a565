// Sentences that the program itself writes into the record: in the language of the group, as plain text.

import type { Locale } from './locale.ts';
import type { Message } from './message.ts';
import { createTranslator } from './translator.ts';

/** A sentence as the record keeps it; each surface makes it harmless when it shows it. It holds no moments. */
export const wordsOf = (sentence: Message, { language }: { readonly language: Locale }): string =>
  createTranslator(language, { escape: (text) => text, time: String }).text(sentence);
