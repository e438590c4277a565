// Who is at work on pending cases: each process has a name, and holds a lock on it that goes with the process.

export interface Workers {
  /** The name under which this process opens cases. Its lock is taken at the first call. */
  name(): Promise<string>;
  /** Whether the process of that name has ended, however it did; never true of this one. */
  isGone(name: string): Promise<boolean>;
}
