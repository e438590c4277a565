// Version 5: the tokens of programs, and when each was last used.
import { countedKey, type Migration } from './migration.ts';

export const programs: Migration = {
  version: 5,
  name: 'programs',
  statements: (dialect) => [
    `create table api_token (
      id ${countedKey(dialect)},
      name text not null,
      checksum text not null,
      capabilities text not null,
      rank bigint not null,
      groups text,
      questions text not null,
      impersonate text not null,
      author text not null,
      created_at bigint not null,
      expires_at bigint
    )`,
    'create unique index token_of_name on api_token (name)',
    'create unique index token_of_checksum on api_token (checksum)',
    // Tokens of the settings file, too, which have no row above.
    'create table token_use (name text primary key, used_at bigint not null)',
  ],
};
