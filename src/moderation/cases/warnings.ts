// Warnings: the points that still count, and the rung of the ladder that a further warning reaches.

import type { GroupSettings, Rung } from '../settings.ts';
import { type CaseRepository, isStanding, type ModerationCase } from './case.ts';

/** Points of one warning. */
export interface Points {
  readonly points: number;
  /** Unix milliseconds. */
  readonly at: number;
}

/** Warnings of one member that are looked at; more than anybody gives in the time that they count. */
const MOST_WARNINGS = 1_000;

/** A command whose cases are warnings. */
export interface Warning {
  readonly command: string;
  /** The points that its options give, as they were typed. */
  pointsIn(options: ModerationCase['options']): number;
}

/** The warnings of a member that still count: given, not taken back, and not too long ago. */
export async function standingWarnings(
  cases: CaseRepository,
  warnings: readonly Warning[],
  query: { readonly group: string; readonly account: string; readonly now: number },
  { pointsLast }: Pick<GroupSettings, 'pointsLast'>,
): Promise<readonly Points[]> {
  const { group, account: target, now } = query;
  const lists = await Promise.all(
    warnings.map(async ({ command, pointsIn }) => {
      const filter = { group, target, command, since: now - pointsLast * 1_000 };
      const { cases: given } = await cases.list(filter, { limit: MOST_WARNINGS });
      return given
        .filter((one) => stands(one, target))
        .map((one) => ({ points: pointsIn(one.options), at: one.createdAt }));
    }),
  );
  return lists.flat();
}

const stands = (warning: ModerationCase, account: string): boolean =>
  isStanding(warning) &&
  warning.targets.some(({ target, outcome }) => target === account && outcome === 'done');

/** The points of several warnings together. */
export const sumOf = (warnings: readonly Points[]): number =>
  warnings.reduce((sum, { points }) => sum + points, 0);

/**
 * The rung that a further warning reaches: the highest whose points are there with it and were not without it. Above
 * the top of the ladder, every further warning reaches the top again.
 *
 * @param ladder highest first
 * @param now Unix milliseconds
 */
export function rungReached(
  ladder: readonly Rung[],
  standing: readonly Points[],
  added: number,
  now: number,
): Rung | null {
  const before = ({ within }: Rung) => sumOf(standing.filter(({ at }) => at > now - within * 1_000));
  const [top] = ladder;
  const isReached = (rung: Rung) => {
    const points = before(rung);
    return points + added >= rung.points && (rung === top || points < rung.points);
  };
  return ladder.find(isReached) ?? null;
}
