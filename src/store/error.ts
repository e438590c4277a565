// The error of a store that cannot be opened, backed up or written to as asked.

/** Says which thing, why, and what would be right; never contains a password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
}

/** What an unknown error says; some of the driver's say it only in their code. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
