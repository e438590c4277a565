// The record as the pipeline uses it: that it cannot be reached is told apart from a bug.
import type { Recorder } from './deps.ts';

/** The database did not do what it was asked for. The cause says why. */
export class RecordAway extends Error {
  override readonly name = 'RecordAway';
}

/** The same recorder; what its repositories reject with is `RecordAway`. */
export const guarded = (recorder: Recorder): Recorder => ({
  ...recorder,
  cases: guardedRepository(recorder.cases),
  links: guardedRepository(recorder.links),
  places: guardedRepository(recorder.places),
});

/** Every method of a repository is asynchronous. */
function guardedRepository<Repository extends object>(repository: Repository): Repository {
  return new Proxy(repository, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...values: unknown[]) => {
        try {
          return await Reflect.apply(method, target, values);
        } catch (error) {
          // A wrong limit or cursor is the caller's own.
          if (error instanceof RangeError) throw error;
          throw new RecordAway('the record cannot be reached', { cause: error });
        }
      };
    },
  });
}

/** What the database itself said, for the log. */
export const causeOf = (error: unknown): unknown => (error instanceof RecordAway ? error.cause : error);
