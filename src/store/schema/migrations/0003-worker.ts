// Version 3: which process is at work on a pending case.
import type { Migration } from './migration.ts';

export const worker: Migration = {
  version: 3,
  name: 'worker',
  // Nobody is at work on what an older program left pending.
  statements: () => ['alter table moderation_case add column worker text'],
};
