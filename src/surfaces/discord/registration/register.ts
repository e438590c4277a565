// Registers the commands at Discord, and only what changed: Discord allows 200 new ones a day.
import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { CommandBody } from './bodies.ts';

/** A command as Discord lists it; more than is compared. */
const registered = z.looseObject({ type: z.int().default(1), name: z.string() });

export interface Registration {
  readonly rest: Pick<REST, 'get' | 'put' | 'post'>;
  readonly applicationId: string;
  /** The one server to register in; every server when undefined. */
  readonly guildId?: string | undefined;
}

/**
 * Replaces the application's commands where any of them differs.
 *
 * @returns whether anything was sent
 * @throws discord.js's error when Discord refuses
 */
export async function replaceCommands(to: Registration, bodies: readonly CommandBody[]): Promise<boolean> {
  const known = await list(to);
  if (known.length === bodies.length && bodies.every((body) => isKnown(to, known, body))) return false;
  await to.rest.put(routeOf(to), { body: bodies });
  return true;
}

/**
 * Adds those of the commands that differ, and leaves what else the application has.
 *
 * @returns the names of what was sent
 * @throws discord.js's error when Discord refuses
 */
export async function addCommands(
  to: Registration,
  bodies: readonly CommandBody[],
): Promise<readonly string[]> {
  const known = await list(to);
  const changed = bodies.filter((body) => !isKnown(to, known, body));
  for (const body of changed) await to.rest.post(routeOf(to), { body });
  return changed.map(({ name }) => name);
}

const routeOf = ({ applicationId, guildId }: Registration) =>
  guildId === undefined
    ? Routes.applicationCommands(applicationId)
    : Routes.applicationGuildCommands(applicationId, guildId);

async function list(to: Registration) {
  const query = new URLSearchParams({ with_localizations: 'true' });
  return z.array(registered).parse(await to.rest.get(routeOf(to), { query }));
}

/** Whether Discord has a command already, in all that we say about it. */
function isKnown(
  { guildId }: Registration,
  known: readonly z.infer<typeof registered>[],
  body: CommandBody,
): boolean {
  const same = known.find(({ type, name }) => type === body.type && name === body.name);
  // Discord keeps these two for commands of all servers only.
  const { contexts: _contexts, integration_types: _types, ...ofGuild } = body;
  const wanted = guildId === undefined ? body : ofGuild;
  return same !== undefined && normal(pick(same, Object.keys(wanted))) === normal(wanted);
}

const pick = (from: Readonly<Record<string, unknown>>, keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, from[key]]));

/** JSON with sorted keys and without what Discord leaves out or fills in: null, false and empty. */
function normal(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part)
        .filter(([, inner]) => !isNothing(inner))
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}

const isNothing = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === false ||
  (typeof value === 'object' && Object.keys(value).length === 0);
