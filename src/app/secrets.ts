// The secrets of a configuration: which variables hold them, and the one function that keeps them out of texts.

import type { Environment } from '../util/environment.ts';
import { hideCredentials, hideInPlace, hider } from '../util/hide.ts';

/** Variables whose value no log and no message may show. */
export const secretVariables: ReadonlySet<string> = new Set([
  'DISCORD_TOKEN',
  'CHAT_SECRET_KEY',
  'CHAT_WEBHOOK_TOKEN',
  'CHAT_WEBHOOK_PATH',
  'DATABASE_URL',
]);

/** The values that must not be shown, of a configuration with or without faults. */
export function secretsOf(environment: Environment): readonly string[] {
  const values = [...secretVariables].flatMap((variable) => {
    const value = environment[variable]?.trim() ?? '';
    return variable === 'DATABASE_URL' ? passwordsIn(value) : [value];
  });
  return [...new Set(values)].filter((value) => value !== '');
}

/** The password of a database's address, as it is written and as it is meant. */
function passwordsIn(address: string): readonly string[] {
  const url = URL.parse(address);
  if (url === null) {
    // A sign that should have been encoded: all that could be the password.
    const rest = /^postgres(?:ql)?:\/\/[^:]*:(.*)@/s.exec(address)?.[1];
    return rest === undefined ? [] : [rest];
  }
  const parameter = url.searchParams.get('password') ?? '';
  return [url.password, decoded(url.password), parameter];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Keeps the given secrets, in whatever form, and everything that stands where secrets stand out of a text. */
export function secretHider(secrets: readonly string[]): (text: string) => string {
  const hide = hider(secrets);
  return (text) => hideInPlace(hide(text));
}

/** The same for sentences that repeat what somebody wrote into the configuration or the command line. */
export function sentenceHider(environment: Environment): (text: string) => string {
  const hide = hider(secretsOf(environment));
  return (text) => hideCredentials(hide(text));
}
