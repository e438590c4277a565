// What a way back is planned from, out of a case: its options, its targets as they are now, and the facts before.

import type { Command, UndoFacts } from '../../command/command.ts';
import type { CaseTarget, ModerationCase } from '../../moderation/cases/case.ts';
import { readSnapshot } from '../../moderation/cases/snapshot.ts';
import { type GroupFacts, isSameEnd, type MemberFacts } from '../../moderation/groups/facts.ts';
import type { Lookup } from '../../moderation/groups/lists.ts';
import { findMembers } from '../../moderation/groups/members.ts';
import { found, type Result } from '../../moderation/result.ts';
import type { TypedOptions } from '../../request/request.ts';
import type { Clock } from '../../util/clock.ts';

/** The case's own options; they were read once before the case was written, so they can be read again. */
export function readAgain(
  command: Pick<Command, 'options'>,
  record: Pick<ModerationCase, 'options'>,
): TypedOptions {
  const values: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(command.options)) {
    const read = option.read(record.options[name] ?? '', name);
    if (read.ok) values[name] = read.value;
  }
  return values;
}

export type FactsByAccount = ReadonlyMap<string, MemberFacts>;

/** The members among a case's targets as they are now; whoever cannot be found any more is left out. */
export async function membersNow(
  lookup: Lookup,
  query: {
    readonly group: GroupFacts;
    readonly command: Pick<Command, 'fields'>;
    readonly options: TypedOptions;
    readonly targets: readonly CaseTarget[];
    readonly signal: AbortSignal | undefined;
  },
): Promise<Result<FactsByAccount>> {
  const { group, command, options, targets, signal } = query;
  const wanted = targets
    .filter(({ before }) => readSnapshot(before)?.kind === 'member')
    .map(({ target }) => ({ text: target, exact: true }));
  if (wanted.length === 0) return found(new Map());
  const fields = command.fields?.(options) ?? [];
  const result = await findMembers(lookup, { group, wanted, reach: 'account', fields, signal });
  return result.ok ? found(new Map(result.value.members.map((member) => [member.account, member]))) : result;
}

/** The facts for one target of a case; `null` where it cannot be found any more, or nothing was kept of it. */
export function undoFacts(
  clock: Clock,
  group: GroupFacts,
  record: ModerationCase,
  { target, before }: CaseTarget,
  member: MemberFacts | undefined,
): UndoFacts | null {
  const kept = readSnapshot(before);
  const now = Math.floor(clock.now() / 1_000);
  const base = { group, target, now, since: Math.floor(beginOf(record) / 1_000) };
  if (kept?.kind === 'group') return { ...base, member: null, wasLocked: kept.locked };
  if (kept?.kind !== 'member' || member === undefined) return null;
  return { ...base, member: { before: kept, now: member }, wasLocked: null };
}

/** When the effect of a case began, in Unix milliseconds: not when it was settled, where that took a restart. */
const beginOf = ({ createdAt, settledAt, endsAt, lasts }: ModerationCase): number =>
  endsAt === null || lasts === null ? (settledAt ?? createdAt) : endsAt - lasts * 1_000;

/** Whether all that is known of a target is as it was before the case. */
export function isAsBefore({ group, member, wasLocked, now: moment }: UndoFacts): boolean {
  if (member === null) return group.locked === wasLocked;
  const { before, now } = member;
  const left = (until: number) => (until > moment ? until : 0);
  const near = (a: number, b: number) => isSameEnd(left(a), left(b));
  const fields = new Set([...Object.keys(before.fields), ...now.fields.keys()]);
  return (
    before.role === now.role &&
    before.nameCard === now.nameCard &&
    before.msgFlag === now.msgFlag &&
    near(before.mutedUntil, now.mutedUntil) &&
    near(before.bannedUntil, now.bannedUntil) &&
    [...fields].every((key) => (before.fields[key] ?? '') === (now.fields.get(key) ?? ''))
  );
}
