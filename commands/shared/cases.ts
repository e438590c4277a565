// A case in lines: one for a list, several for one case.
import {
  type Answer,
  type AnswerLine,
  authorOf,
  boundsOf,
  byName,
  type CaseFilter,
  type CaseNote,
  type CaseReason,
  caseStates,
  choice,
  commandName,
  found,
  type GroupCases,
  literal,
  type Message,
  type ModerationCase,
  message,
  momentOf,
  pageCursor,
  type Result,
  stateOf,
  targetsOf,
  type Value,
  type ValuesOf,
} from '../../src/command/index.ts';

/** Cases that one page lists. */
const LISTED = 20;
/** Targets that a line of a list names. */
const NAMED = 3;

/** One case in a list. */
export function lineOf(record: ModerationCase): AnswerLine {
  const names = record.targets.map(({ target }) => target);
  const shown: Value[] = names.slice(0, NAMED);
  if (names.length > NAMED) shown.push(literal(`+${names.length - NAMED}`));
  const line = message('case.line', {
    case: record.number,
    at: momentOf(record.createdAt),
    command: literal(record.command),
    targets: shown,
    actor: record.actor.name,
    state: stateOf(record),
    reason: record.reason ?? literal('none'),
  });
  return { target: String(record.number), message: line };
}

/** What narrows a list of cases, on every command that shows one. */
export const filters = () => ({
  command: byName(commandName()),
  state: byName(choice(caseStates, false)),
  before: pageCursor(),
});

type Filters = ValuesOf<ReturnType<typeof filters>>;

/** One page of cases. */
export async function pageOf(
  cases: GroupCases,
  { command, state, before }: Filters,
  about: Pick<CaseFilter, 'target' | 'actor'>,
  headFor: (count: number) => Message,
): Promise<Result<Answer>> {
  const filter = {
    ...about,
    ...(command === undefined ? {} : { command }),
    ...(state === undefined ? {} : { state }),
  };
  const { cases: page, next } = await cases.list(filter, LISTED, before);
  return found({ message: headFor(page.length), lines: page.map(lineOf), next });
}

/** One case in full. */
export function detailsOf(
  record: ModerationCase,
  notes: readonly CaseNote[],
  reasons: readonly CaseReason[],
): readonly AnswerLine[] {
  const told = [
    authorOf(record),
    ...targetsOf(record),
    ...boundsOf(record),
    ...(record.reason === null ? [] : [message('reason.line', { reason: record.reason })]),
    ...reasons
      .slice(0, -1)
      .map(({ author, reason, at }) =>
        message('case.oldReason', { author: author.name, reason: reason ?? '-', at: momentOf(at) }),
      ),
    ...notes.map(({ author, text, at }) =>
      message('case.note', { author: author.name, text, at: momentOf(at) }),
    ),
  ];
  return told.map((line) => ({ target: String(record.number), message: line }));
}
