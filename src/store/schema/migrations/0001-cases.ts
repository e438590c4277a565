// Version 1: cases, whom they concern, and what people remarked on them.
import { countedKey, type Migration } from './migration.ts';

export const cases: Migration = {
  version: 1,
  name: 'cases',
  statements: (dialect) => [
    `create table case_counter (
      group_id text primary key,
      last bigint not null
    )`,
    `create table moderation_case (
      id ${countedKey(dialect)},
      group_id text not null,
      number bigint not null,
      command text not null,
      options text not null,
      surface text not null,
      actor_id text not null,
      actor_name text not null,
      account text,
      reason text,
      first_reason text,
      targets text not null,
      changes text not null,
      state text not null,
      created_at bigint not null,
      settled_at bigint,
      undoes bigint,
      undone_by bigint,
      idempotency_key text
    )`,
    'create unique index case_number on moderation_case (group_id, number)',
    `create unique index case_key on moderation_case (group_id, surface, actor_id, idempotency_key)
      where idempotency_key is not null`,
    // Each way to list has the order of the pages in its index, so that a page costs the same in any table.
    'create index case_newest on moderation_case (created_at, id)',
    'create index case_of_group on moderation_case (group_id, created_at, id)',
    'create index case_of_command on moderation_case (group_id, command, created_at, id)',
    'create index case_of_state on moderation_case (group_id, state, created_at, id)',
    'create index case_of_actor on moderation_case (surface, actor_id, created_at, id)',
    'create index case_of_group_actor on moderation_case (group_id, surface, actor_id, created_at, id)',
    'create index case_of_account on moderation_case (account, created_at, id) where account is not null',
    `create index case_of_group_account on moderation_case (group_id, account, created_at, id)
      where account is not null`,
    "create index case_pending on moderation_case (id) where state = 'pending'",
    `create table case_target (
      target text not null,
      group_id text not null,
      created_at bigint not null,
      case_id bigint not null references moderation_case (id),
      primary key (target, group_id, created_at, case_id)
    )`,
    ...remarks('case_note', 'text text not null, url text', dialect),
    ...remarks('case_reason', 'reason text', dialect),
  ],
};

const remarks = (table: string, columns: string, dialect: Parameters<typeof countedKey>[0]) => [
  `create table ${table} (
    id ${countedKey(dialect)},
    case_id bigint not null references moderation_case (id),
    author text not null,
    at bigint not null,
    ${columns}
  )`,
  `create index ${table}_of_case on ${table} (case_id, id)`,
];
