// Version 2: when a case ends and whether it was logged; links of users; places and log channels of groups.
import { countedKey, type Migration } from './migration.ts';

export const timersLinksPlaces: Migration = {
  version: 2,
  name: 'timers, links and places',
  statements: (dialect) => [
    'alter table moderation_case add column lasts bigint',
    'alter table moderation_case add column ends_at bigint',
    'alter table moderation_case add column timer_at bigint',
    'alter table moderation_case add column logged bigint not null default 0',
    // What was done before there were logs is no news.
    'update moderation_case set logged = 1',
    // Each holds only what still has to be done, so that looking for it costs the same in any table.
    `create index case_timer on moderation_case (timer_at, id)
      where timer_at is not null and state in ('applied', 'partly')`,
    `create index case_timer_of_group on moderation_case (group_id, timer_at, id)
      where timer_at is not null and state in ('applied', 'partly')`,
    "create index case_unlogged on moderation_case (id) where logged = 0 and state <> 'pending'",
    `create table link (
      id ${countedKey(dialect)},
      surface text not null,
      user_id text not null,
      account text not null,
      rank bigint not null,
      author text not null,
      at bigint not null
    )`,
    'create unique index link_of_user on link (surface, user_id)',
    'create unique index link_of_account on link (surface, account)',
    'create index link_newest on link (at, id)',
    // A channel of '' is the whole server: two nulls would count as different places.
    `create table place_binding (
      id ${countedKey(dialect)},
      surface text not null,
      guild text not null,
      channel text not null,
      group_id text not null,
      author text not null,
      at bigint not null
    )`,
    'create unique index binding_of_place on place_binding (surface, guild, channel)',
    'create index binding_of_group on place_binding (group_id, at, id)',
    `create table log_channel (
      group_id text primary key,
      surface text not null,
      guild text not null,
      channel text not null,
      author text not null,
      at bigint not null
    )`,
  ],
};
