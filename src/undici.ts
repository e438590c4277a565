// undici without the side effect of importing it. Version 8 makes itself the HTTP client of everything in the process
// that uses an older undici, and discord.js, which does, can then send no files any more. So that is put back.

/** Where undici before 8, and Node's own `fetch`, look for their client. */
const LEGACY_CLIENT = Symbol.for('undici.globalDispatcher.1');

const before: unknown = Reflect.get(globalThis, LEGACY_CLIENT);
export const { Agent, errors, Pool, request } = await import('undici');
Reflect.set(globalThis, LEGACY_CLIENT, before);
