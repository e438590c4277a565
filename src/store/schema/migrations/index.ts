// All migrations, oldest first. A new one is a file of its own and a line here.
import { cases } from './0001-cases.ts';
import { timersLinksPlaces } from './0002-timers-links-places.ts';
import { worker } from './0003-worker.ts';
import { acted } from './0004-acted.ts';
import { programs } from './0005-programs.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [cases, timersLinksPlaces, worker, acted, programs];
