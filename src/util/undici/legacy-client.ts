// The HTTP client of everything in the process that uses undici before 8, or Node's own `fetch`, as it was before ours.
const LEGACY_CLIENT = Symbol.for('undici.globalDispatcher.1');

const before: unknown = Reflect.get(globalThis, LEGACY_CLIENT);

/** Undoes what happened to it since this file was loaded. */
export const putBack = (): boolean => Reflect.set(globalThis, LEGACY_CLIENT, before);
