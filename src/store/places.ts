// Where groups are moderated from and logged to, in the database.
import type { Kysely, Selectable } from 'kysely';
import type { CaseActor } from '../moderation/people/actor.ts';
import type { Binding, LogChannel, Place, PlaceRepository } from '../moderation/place.ts';
import type { Clock } from '../util/clock.ts';
import { authorOf } from './cases/rows.ts';
import { storable } from './schema/text.ts';
import { statement } from './statement.ts';
import type { PlaceBindingTable, Tables } from './tables.ts';

export function createPlaces(db: Kysely<Tables>, clock: Clock): PlaceRepository {
  return {
    bind: (place, group, by) => bind(db, { place, group, by, at: clock.now() }),
    unbind: (place) => unbind(db, place),
    groupOf: (places) => groupOf(db, places),
    bindings: (group) => bindingsOf(db, group),
    logOf: (group) => logOf(db, group),
    setLog: (group, channel, by) =>
      channel === null ? removeLog(db, group) : chooseLog(db, group, channel, by, clock.now()),
  };
}

/** The name of the whole server: no channel has an empty one. */
const WHOLE = '';

type PlaceColumns = Pick<Selectable<PlaceBindingTable>, 'surface' | 'guild' | 'channel'>;

const columnsOf = ({ surface, guild, channel }: Place): PlaceColumns => ({
  surface: storable(surface),
  guild: storable(guild),
  channel: channel === null ? WHOLE : storable(channel),
});

const bindingOf = (row: Selectable<PlaceBindingTable>): Binding => ({
  place: { surface: row.surface, guild: row.guild, channel: row.channel === WHOLE ? null : row.channel },
  group: row.group_id,
  by: authorOf(row.author),
  at: row.at,
});

async function bind(db: Kysely<Tables>, { place, group, by, at }: Binding): Promise<Binding> {
  const bound = { group_id: storable(group), author: JSON.stringify(by), at };
  const row = await db
    .insertInto('place_binding')
    .values({ ...columnsOf(place), ...bound })
    .onConflict((conflict) => conflict.columns(['surface', 'guild', 'channel']).doUpdateSet(bound))
    .returningAll()
    .executeTakeFirstOrThrow();
  return bindingOf(row);
}

async function unbind(db: Kysely<Tables>, place: Place): Promise<Binding | null> {
  const row = await db
    .deleteFrom('place_binding')
    .where((eb) => eb.and(columnsOf(place)))
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : bindingOf(row);
}

type BindingRow = Selectable<PlaceBindingTable>;

const bindingAt = statement<PlaceColumns, BindingRow>((db, { surface, guild, channel }) =>
  db
    .selectFrom('place_binding')
    .selectAll()
    .where('surface', '=', surface)
    .where('guild', '=', guild)
    .where('channel', '=', channel),
);

/** The narrowest place that is bound decides; the places stand in that order. */
async function groupOf(db: Kysely<Tables>, places: readonly Place[]): Promise<string | null> {
  const bound = await Promise.all(places.map((place) => bindingAt(db, columnsOf(place))));
  return bound.flat()[0]?.group_id ?? null;
}

async function bindingsOf(db: Kysely<Tables>, group: string): Promise<readonly Binding[]> {
  const rows = await db
    .selectFrom('place_binding')
    .selectAll()
    .where('group_id', '=', storable(group))
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(bindingOf);
}

const logChannelOf = statement<{ group: string }, LogChannel>((db, { group }) =>
  db.selectFrom('log_channel').select(['surface', 'guild', 'channel']).where('group_id', '=', group),
);

async function logOf(db: Kysely<Tables>, group: string): Promise<LogChannel | null> {
  const [row] = await logChannelOf(db, { group: storable(group) });
  return row ?? null;
}

async function chooseLog(
  db: Kysely<Tables>,
  group: string,
  { surface, guild, channel }: LogChannel,
  by: CaseActor,
  at: number,
): Promise<void> {
  const chosen = {
    surface: storable(surface),
    guild: storable(guild),
    channel: storable(channel),
    author: JSON.stringify(by),
    at,
  };
  await db
    .insertInto('log_channel')
    .values({ group_id: storable(group), ...chosen })
    .onConflict((conflict) => conflict.column('group_id').doUpdateSet(chosen))
    .execute();
}

async function removeLog(db: Kysely<Tables>, group: string): Promise<void> {
  await db.deleteFrom('log_channel').where('group_id', '=', storable(group)).execute();
}
