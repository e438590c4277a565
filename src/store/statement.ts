// Queries that are built and compiled once for each kind of database, and from then on only run: building one takes
// longer than running it.
import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** The place of a value that is filled in when the query runs. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** Runs the query with these values. @returns its rows */
export type Statement<Values, Row> = (db: Kysely<Tables>, values: Values) => Promise<Row[]>;

/**
 * A query that is compiled at its first run.
 * @param build takes the values' places in place of the values; what it decides, it decides once
 */
export function statement<Values extends object, Row>(
  build: (db: Kysely<Tables>, values: Values) => Compilable<Row>,
): Statement<Values, Row> {
  // Transactions share the adapter of their database.
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>();
  // The builder passes values on as they are: only their places count, whatever their type.
  const slots = new Proxy({}, { get: (_, name) => new Slot(String(name)) }) as Values;
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    let query = compiled.get(adapter);
    if (query === undefined) {
      query = build(db, slots).compile();
      compiled.set(adapter, query);
    }
    const parameters = query.parameters.map((one) =>
      one instanceof Slot ? Reflect.get(values, one.name) : one,
    );
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}
