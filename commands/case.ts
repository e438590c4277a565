// /case: looks at the record, adds a note, changes a reason, hands the record out.
import {
  type Answer,
  byName,
  caseNumber,
  choice,
  found,
  freeText,
  type GroupCases,
  headOf,
  literal,
  message,
  type Result,
  recording,
  refused,
  type Writes,
  wholeNumber,
} from '../src/command/index.ts';
import { detailsOf, filters, pageOf } from './shared/cases.ts';

/** Newest cases that one export holds. */
const EXPORTED = 10_000;
/** Megabytes of one export: less than Discord takes as a file (docs.discord.com/developers/reference#uploading-files). */
const SIZE = 8;

export const caseCommand = recording({
  name: 'case',
  capability: 'cases',
  options: {
    action: choice(['view', 'list', 'note', 'reason', 'export'], true),
    case: caseNumber(),
    text: freeText(),
    remove: byName(wholeNumber(1, 1_000)),
    ...filters(),
  },
  calls: [],
  reads: ({ action }) => action !== 'note' && action !== 'reason',
  async answer({ action, case: number, text, remove, ...narrowed }, { group }, { cases, dryRun }) {
    if (cases === null) return refused(message('refused.recordOff'));
    if (action === 'list') {
      return pageOf(cases, narrowed, {}, (count) => message('case.list', { group: group.id, count }));
    }
    if (action === 'export') return exported(cases);
    if (number !== undefined && action === 'note' && remove !== undefined) {
      return noteRemoved(cases, number, remove, dryRun);
    }
    if (number === undefined || (action !== 'view' && !text)) {
      const needs = literal(action === 'view' ? 'number' : 'text');
      return refused(message('refused.caseNeeds', { action: literal(action), needs }));
    }
    if (action === 'note') return noted(cases, number, text ?? '', dryRun);
    if (action === 'reason') return explained(cases, number, text ?? '');
    return viewed(cases, number);
  },
});

const unknown = (number: number) => refused(message('refused.unknownCase', { case: number }));

async function viewed(cases: GroupCases, number: number): Promise<Result<Answer>> {
  const record = await cases.find(number);
  if (record === null) return unknown(number);
  const lines = detailsOf(record, await cases.notes(number), await cases.reasons(number));
  return found({ message: headOf(record), lines });
}

/** A note is a record of its own: it has an author and a time, so it makes no case. */
async function noted(
  cases: GroupCases,
  number: number,
  text: string,
  dryRun: boolean,
): Promise<Result<Answer>> {
  const about = { case: number };
  if (dryRun) {
    return (await cases.find(number)) === null
      ? unknown(number)
      : found({ message: message('case.wouldNote', about), lines: [] });
  }
  const note = await cases.addNote(number, text);
  return note === null ? unknown(number) : found({ message: message('case.noted', about), lines: [] });
}

async function noteRemoved(
  cases: GroupCases,
  number: number,
  position: number,
  dryRun: boolean,
): Promise<Result<Answer>> {
  const removed = await cases.removeNote(number, position);
  if (!removed.ok) return removed;
  const about = { case: number, text: removed.value.text };
  const done = dryRun ? message('case.wouldRemoveNote', about) : message('case.noteRemoved', about);
  return found({ message: done, lines: [] });
}

async function explained(cases: GroupCases, number: number, text: string): Promise<Result<Writes>> {
  const changed = await cases.changeReason(number, text);
  if (!changed.ok) return changed;
  const done = message('case.reasonChanged', { case: number });
  return found({ writes: [{ target: `#${number}`, write: changed.value, done }] });
}

async function exported(cases: GroupCases): Promise<Result<Answer>> {
  const lines = await cases.export({ cases: EXPORTED, bytes: SIZE * 1_000_000 });
  return found({
    message: message('case.exported', { count: lines.length, max: EXPORTED, size: SIZE }),
    lines: [],
    file: { name: 'cases.jsonl', text: lines.map((line) => `${line}\n`).join('') },
  });
}
