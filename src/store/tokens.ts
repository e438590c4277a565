// The tokens of programs in the database: their checksums, never the tokens, and when each was last used.
import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import { capabilities } from '../moderation/capability.ts';
import type { RecordedToken, TokenRepository } from '../moderation/people/token.ts';
import type { Clock } from '../util/clock.ts';
import { authorOf } from './cases/rows.ts';
import { storable } from './schema/text.ts';
import type { Tables, TokenTable } from './tables.ts';

export function createTokens(db: Kysely<Tables>, clock: Clock): TokenRepository {
  return {
    add: (token) => addToken(db, { ...token, createdAt: clock.now() }),
    list: async () => (await db.selectFrom('api_token').selectAll().orderBy('id').execute()).map(tokenOf),
    remove: (name) => removeToken(db, name),
    markUsed: (name, at) => markUsed(db, name, at),
    async uses() {
      const rows = await db.selectFrom('token_use').selectAll().execute();
      return new Map(rows.map((row) => [row.name, row.used_at]));
    },
  };
}

const texts = z.array(z.string());
const capabilityList = z.array(z.enum(capabilities));

const tokenOf = (row: Selectable<TokenTable>): RecordedToken => ({
  name: row.name,
  checksum: row.checksum,
  capabilities: new Set(capabilityList.parse(JSON.parse(row.capabilities))),
  rank: row.rank,
  groups: row.groups === null ? null : new Set(texts.parse(JSON.parse(row.groups))),
  questions: row.questions,
  impersonate: texts.parse(JSON.parse(row.impersonate)),
  by: authorOf(row.author),
  createdAt: row.created_at,
  expiresAt: row.expires_at,
});

async function addToken(db: Kysely<Tables>, token: RecordedToken): Promise<RecordedToken | null> {
  const row = await db
    .insertInto('api_token')
    .values({
      name: storable(token.name),
      checksum: token.checksum,
      capabilities: JSON.stringify([...token.capabilities]),
      rank: token.rank,
      groups: token.groups === null ? null : JSON.stringify([...token.groups].map(storable)),
      questions: token.questions,
      impersonate: JSON.stringify(token.impersonate.map(storable)),
      author: JSON.stringify(token.by),
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : tokenOf(row);
}

async function removeToken(db: Kysely<Tables>, name: string): Promise<boolean> {
  const removed = await db
    .deleteFrom('api_token')
    .where('name', '=', storable(name))
    .returning('name')
    .executeTakeFirst();
  return removed !== undefined;
}

async function markUsed(db: Kysely<Tables>, name: string, at: number): Promise<void> {
  await db
    .insertInto('token_use')
    .values({ name: storable(name), used_at: at })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ used_at: at }).where('token_use.used_at', '<', at),
    )
    .execute();
}
