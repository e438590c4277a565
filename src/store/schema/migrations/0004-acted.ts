// Version 4: how many members a case concerns, so that a quota is a sum over an index; and what lists of a command over all groups walk.
import type { Migration } from './migration.ts';

export const acted: Migration = {
  version: 4,
  name: 'members concerned',
  statements: (dialect) => [
    'alter table moderation_case add column acted bigint not null default 0',
    `update moderation_case set acted = ${countOf[dialect]}`,
    // The same two indexes with the column that a quota sums up.
    'drop index case_of_actor',
    'create index case_of_actor on moderation_case (surface, actor_id, created_at, id, acted)',
    'drop index case_of_account',
    `create index case_of_account on moderation_case (account, created_at, id, acted)
      where account is not null`,
    'create index case_of_command_anywhere on moderation_case (command, created_at, id)',
  ],
};

/**
 * The members among the targets of a case whose outcome counts; each database takes JSON apart in its own way.
 * PostgreSQL refuses to read some escaped characters: they stand in names, which do not matter here, and become blanks.
 */
const countOf = {
  sqlite: `(select count(*) from json_each(moderation_case.targets) where
    json_extract(value, '$.before.kind') = 'member'
    and json_extract(value, '$.outcome') in ('done', 'uncertain', 'pending'))`,
  postgres: String.raw`(select count(*) from json_array_elements(
      regexp_replace(moderation_case.targets, '\\u[0-9a-fA-F]{4}', '\\u0020', 'g')::json) as target where
    target -> 'before' ->> 'kind' = 'member' and target ->> 'outcome' in ('done', 'uncertain', 'pending'))`,
} as const;
