// Chat's own fields for a reason are shorter than ours: the copy sent there is cut, the reply keeps it whole.

/** The text, cut to at most `maxBytes` bytes of UTF-8 at a character's edge, with "…" where it was cut. */
export function shorten(text: string, maxBytes: number): string {
  if (Buffer.byteLength(text) <= maxBytes) return text;
  const room = maxBytes - Buffer.byteLength('…');
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > room) break;
    kept += character;
  }
  return `${kept}…`;
}
