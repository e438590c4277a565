// A case in lines: one for a list, several for one case.
import {
  type Answer,
  type AnswerLine,
  type CaseFilter,
  type CaseNote,
  type CaseReason,
  found,
  type GroupCases,
  labelOf,
  literal,
  type MemberFacts,
  type Message,
  type ModerationCase,
  message,
  type Result,
  refused,
  type Value,
} from '../../src/command/index.ts';

/** Cases about one member that an answer lists. */
const LISTED = 50;
/** Targets that a line of a list names. */
const NAMED = 3;

const seconds = (ms: number): Value => ({ at: Math.floor(ms / 1_000) });

const stateOf = ({ state, undoneBy }: ModerationCase): Message =>
  message('case.state', { state: literal(state), by: undoneBy ?? 0 });

export const headOf = (record: ModerationCase): Message =>
  message('case.head', { case: record.number, command: literal(record.command), state: stateOf(record) });

/** One case in a list. */
export function lineOf(record: ModerationCase): AnswerLine {
  const names = record.targets.map(({ target }) => target);
  const shown: Value[] = names.slice(0, NAMED);
  if (names.length > NAMED) shown.push(literal(`+${names.length - NAMED}`));
  const line = message('case.line', {
    case: record.number,
    at: seconds(record.createdAt),
    command: literal(record.command),
    targets: shown,
    actor: record.actor.name,
    state: stateOf(record),
    reason: record.reason ?? literal('none'),
  });
  return { target: String(record.number), message: line };
}

/** The latest cases about the one member that a command names. */
export async function casesAbout(
  members: readonly MemberFacts[],
  cases: GroupCases | null,
  head: 'history.head' | 'mod.head',
  filterOf: (account: string) => CaseFilter,
): Promise<Result<Answer>> {
  const [member] = members;
  if (cases === null || member === undefined) return refused(message('refused.recordOff'));
  const { cases: latest } = await cases.list(filterOf(member.account), LISTED);
  return found({
    message: message(head, { member: labelOf(member), count: latest.length }),
    lines: latest.map(lineOf),
  });
}

/** One case in full. */
export function detailsOf(
  record: ModerationCase,
  notes: readonly CaseNote[],
  reasons: readonly CaseReason[],
): readonly AnswerLine[] {
  const { actor, createdAt } = record;
  const by = message('case.by', {
    actor: actor.name,
    surface: literal(actor.surface),
    at: seconds(createdAt),
  });
  const told = [
    by,
    ...record.targets.map(({ target, outcome }) =>
      message('case.target', { target, outcome: literal(outcome) }),
    ),
    ...(record.undoes === null ? [] : [message('case.undoes', { case: record.undoes })]),
    ...(record.reason === null ? [] : [message('reason.line', { reason: record.reason })]),
    ...reasons
      .slice(0, -1)
      .map(({ author, reason, at }) =>
        message('case.oldReason', { author: author.name, reason: reason ?? '-', at: seconds(at) }),
      ),
    ...notes.map(({ author, text, at }) =>
      message('case.note', { author: author.name, text, at: seconds(at) }),
    ),
  ];
  return told.map((line) => ({ target: String(record.number), message: line }));
}
