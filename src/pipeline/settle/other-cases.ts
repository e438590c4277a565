// What else was done about a target, or may have been, in the time of a case and after it.
import { type CaseRepository, type ModerationCase, mayHaveHappened } from '../../moderation/cases/case.ts';

/** Cases that one look at the record lists. */
const PAGE = 100;
/** How long a command is under way at most, in milliseconds. */
const LONGEST_COMMAND = 3_600_000;

/** The cases about a target that were opened since a moment (Unix milliseconds), the newest first. */
async function casesSince(
  cases: CaseRepository,
  group: string,
  target: string,
  since: number,
): Promise<readonly ModerationCase[]> {
  const found: ModerationCase[] = [];
  let before: string | undefined;
  do {
    const page = await cases.list({ group, target, since }, { limit: PAGE, before });
    found.push(...page.cases);
    before = page.next ?? undefined;
  } while (before !== undefined);
  return found;
}

/** The cases about a target that were opened after a case, the newest first. */
export async function laterCases(
  cases: CaseRepository,
  { group, number, createdAt }: ModerationCase,
  target: string,
): Promise<readonly ModerationCase[]> {
  const since = await casesSince(cases, group, target, createdAt);
  return since.filter((one) => one.number > number);
}

/** Whether something else was done to a target, or may have been, while a case was under way or after it. */
export async function isDisturbed(
  cases: CaseRepository,
  { group, number, createdAt }: ModerationCase,
  target: string,
): Promise<boolean> {
  const others = await casesSince(cases, group, target, createdAt - LONGEST_COMMAND);
  return others.some(
    (one) =>
      one.number !== number &&
      (one.number > number || one.settledAt === null || one.settledAt > createdAt) &&
      mayHaveChanged(one, target),
  );
}

/** Whether a case changed a target in Chat, or may have, or still may. */
export const mayHaveChanged = ({ changes, targets }: ModerationCase, target: string): boolean =>
  changes.length > 0 &&
  targets.some((one) => one.target === target && (one.outcome === 'pending' || mayHaveHappened(one.outcome)));
