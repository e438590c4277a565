// The error of a store that cannot be opened, backed up or written to as asked.

/** What is wrong with a database, for whoever says how to mend it. */
export type StoreProblem =
  /** The URL names none. */
  | 'address'
  /** Nobody answers there. */
  | 'unreachable'
  /** It does not let us in. */
  | 'denied'
  /** A folder is where the file should be. */
  | 'folder'
  /** This user may not write there, or nobody may. */
  | 'readOnly'
  | 'full'
  | 'damaged'
  /** Nothing is in it although a record was kept here. */
  | 'emptied'
  | 'other';

/** Says which thing, why, and what would be right; never contains a password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly problem: StoreProblem;

  constructor(
    text: string,
    { problem = 'other', ...options }: ErrorOptions & { problem?: StoreProblem } = {},
  ) {
    super(text, options);
    this.problem = problem;
  }
}

/** What an unknown error says; some of the driver's say it only in their code. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : error.name;
}
