// The tables as the newest migration leaves them, for the types of queries.
import type { Generated } from 'kysely';
import type { Rank } from '../moderation/capability.ts';
import type { CaseState } from '../moderation/cases/case.ts';
import type { TokenQuestions } from '../moderation/people/token.ts';

/** Times are Unix milliseconds; `options`, `targets`, `changes` and `author` are JSON. */
export interface Tables {
  readonly schema_migration: { version: number; name: string; applied_at: number };
  readonly case_counter: { group_id: string; last: number };
  readonly moderation_case: CaseTable;
  readonly case_target: CaseTargetTable;
  readonly case_note: RemarkTable & { text: string; url: string | null };
  readonly case_reason: RemarkTable & { reason: string | null };
  readonly link: LinkTable;
  readonly place_binding: PlaceBindingTable;
  readonly log_channel: LogChannelTable;
  readonly api_token: TokenTable;
  readonly token_use: { name: string; used_at: number };
}

export interface CaseTable {
  id: Generated<number>;
  group_id: string;
  number: number;
  command: string;
  options: string;
  surface: string;
  actor_id: string;
  actor_name: string;
  account: string | null;
  /** The reason that stands. */
  reason: string | null;
  /** The reason that the case was opened with. */
  first_reason: string | null;
  targets: string;
  changes: string;
  state: CaseState;
  created_at: number;
  settled_at: number | null;
  undoes: number | null;
  undone_by: number | null;
  idempotency_key: string | null;
  /** Seconds. */
  lasts: number | null;
  ends_at: number | null;
  timer_at: number | null;
  /** Whether the case was told in a log, or is not to be told. */
  logged: Generated<0 | 1>;
  /** Who is at work on the pending case; `null`: nobody. */
  worker: string | null;
  /** Members whom the case concerns: those that were done, may have been, or still may be. */
  acted: number;
}

/** Finds the cases of a target: what became of it stands in `moderation_case.targets`. */
export interface CaseTargetTable {
  target: string;
  group_id: string;
  created_at: number;
  case_id: number;
}

export interface LinkTable {
  id: Generated<number>;
  surface: string;
  user_id: string;
  account: string;
  rank: Rank;
  author: string;
  at: number;
}

export interface PlaceBindingTable {
  id: Generated<number>;
  surface: string;
  guild: string;
  /** Empty: the whole server. */
  channel: string;
  group_id: string;
  author: string;
  at: number;
}

/** `capabilities`, `groups` and `impersonate` are lists in JSON. */
export interface TokenTable {
  id: Generated<number>;
  name: string;
  /** SHA-256 in hexadecimal digits. */
  checksum: string;
  capabilities: string;
  rank: Rank;
  groups: string | null;
  questions: TokenQuestions;
  impersonate: string;
  author: string;
  created_at: number;
  expires_at: number | null;
}

interface LogChannelTable {
  group_id: string;
  surface: string;
  guild: string;
  channel: string;
  author: string;
  at: number;
}

interface RemarkTable {
  id: Generated<number>;
  case_id: number;
  author: string;
  at: number;
}
