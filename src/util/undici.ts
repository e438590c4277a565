// undici without the side effect of importing it. Version 8 makes itself the HTTP client of everything in the process
// that uses an older undici, and discord.js, which does, can then send no files any more. So that is put back.
import { createRequire } from 'node:module';

/** Where undici before 8, and Node's own `fetch`, look for their client. */
const LEGACY_CLIENT = Symbol.for('undici.globalDispatcher.1');

const require = createRequire(import.meta.url);
const before: unknown = Reflect.get(globalThis, LEGACY_CLIENT);
// Loaded in one go: during an `await`, discord.js could set its client, which would then be taken away again.
// `require` knows no types; this is what the package exports.
const undici = require('undici') as typeof import('undici');
Reflect.set(globalThis, LEGACY_CLIENT, before);

export const { Agent, errors, Pool, request } = undici;
