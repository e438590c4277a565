// Reads JSON in which ids may be written as numbers, which JavaScript's own would round.

/** Digits that may not fit a JavaScript number. */
const LONG_NUMBER = /\d{16}/;

/**
 * Parses JSON. A whole number too large to be exact becomes the text of its digits, as ids are written.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  return LONG_NUMBER.test(text) ? JSON.parse(text, exact) : JSON.parse(text);
}

function exact(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isRounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return isRounded && /^-?\d+$/.test(context?.source ?? '') ? context?.source : value;
}
