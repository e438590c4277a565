// Cuts known secrets out of texts, in every form in which they turn up there.

const HIDDEN = '<hidden>';
/** A secret that is one word or one number of fewer characters than this stands in many texts by chance. */
const COMMON_BELOW = 12;
/** One of fewer characters is hidden where it stands by itself only, and in no other form. */
const SHORT_BELOW = 8;

/** A function that cuts the values out of a text. */
export function hider(secrets: readonly string[]): (text: string) => string {
  const patterns = [...new Set(secrets)].filter((secret) => secret !== '').flatMap(patternsOf);
  if (patterns.length === 0) return (text) => text;
  // Of two that begin at one place, the longer one.
  const all = new RegExp(patterns.toSorted((a, b) => b.length - a.length).join('|'), 'g');
  return (text) => text.replace(all, HIDDEN);
}

/**
 * Regular expressions for one secret. A common one (`app`, `1`, `postgres`) has none: cut out everywhere it would wreck
 * the text and give itself away; `hideInPlace` finds it where secrets stand.
 */
function patternsOf(secret: string): readonly string[] {
  const isCommon = /^(?:\p{L}+|\d+)$/u.test(secret) && secret.length < COMMON_BELOW;
  if (isCommon || secret.length < 2) return [];
  if (secret.length >= SHORT_BELOW) return [...formsOf(secret)].map(escaped);
  return [secret, inJson(secret)].map((form) => `(?<![\\w])${escaped(form)}(?![\\w])`);
}

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** As it is, in JSON and in JSON within JSON, percent-encoded in each usual way, in base64 and in hexadecimal. */
function formsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const plain = [secret, inJson(secret), inJson(inJson(secret)), ...encodedForms(secret)];
  return new Set([
    ...plain,
    ...base64Forms(bytes),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
  ]);
}

function encodedForms(secret: string): readonly string[] {
  const whole = secret.toWellFormed();
  const encoded = [
    encodeURIComponent(whole),
    encodeURI(whole),
    encodeURIComponent(encodeURIComponent(whole)),
    new URLSearchParams([['', whole]]).toString().slice(1),
    // As a URL writes it where a password stands.
    URL.parse(`http://u:${encodeURIComponent(whole)}@h`)?.password ?? whole,
    encodeURIComponent(whole).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
  ];
  return encoded.flatMap((text) => [text, text.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())]);
}

/** What is the same of a secret's base64 wherever it begins within the encoded text, in both alphabets. */
function base64Forms(secret: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const encoded = Buffer.concat([Buffer.alloc(before), secret])
      .toString('base64')
      .replaceAll('=', '');
    const first = Math.ceil((before * 8) / 6);
    // The last character holds bits of what follows, unless the bytes come out even.
    const last = (before + secret.length) % 3 === 0 ? encoded.length : encoded.length - 1;
    const core = encoded.slice(first, last);
    return [core, core.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

const names = '(?:user_?sig|token|secret(?:_?key)?|authorization|password|passwd|pwd)';
const secretField = new RegExp(`("(?:\\w*_)?${names}"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*`, 'gi');
/** The same in JSON that is itself a text, where every quote bears backslashes; ends at the next that bears as many. */
const quotedField = new RegExp(`(${names}(\\\\+)"\\s*:\\s*\\2")(?:[^"]|(?<=\\\\)")*?(?=(?<!\\\\)\\2")`, 'gi');
const secretParameter = /((?:usersig|password|passwd|pwd)=)[^&\s"'\\]*/gi;
/** `//user:password@`. */
const urlPassword = /(:\/\/[^\s/:@"'\\]*:)[^\s/@"']+(?=@)/g;
/** A token of Discord, which begins with the bot's number in base64, and a secret key of Chat. */
const tokenLike = /(?<![\w.-])[MNO][\w-]{22,27}\.[\w-]{6}\.[\w-]{27,}|(?<![\da-f])[\da-f]{64}(?![\da-f])/gi;

/** Cuts out whatever stands where secrets stand, known or not: usersigs, passwords in addresses, fields by their name. */
export const hideInPlace = (text: string): string =>
  text
    .replace(secretField, `$1${HIDDEN}`)
    .replace(quotedField, `$1${HIDDEN}`)
    .replace(secretParameter, `$1${HIDDEN}`)
    .replace(urlPassword, `$1${HIDDEN}`);

/** The same, and what looks like a credential: for what somebody typed, where it may stand in the wrong place. */
export const hideCredentials = (text: string): string => hideInPlace(text).replace(tokenLike, HIDDEN);
