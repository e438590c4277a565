// /case: looks at the record, adds a note, changes a reason, hands the record out.
import {
  type Answer,
  caseNumber,
  choice,
  found,
  freeText,
  type GroupCases,
  headOf,
  literal,
  message,
  type Result,
  reading,
  refused,
} from '../src/command/index.ts';
import { detailsOf, filters, pageOf } from './shared/cases.ts';

/** Newest cases that one export holds. */
const EXPORTED = 10_000;
/** Megabytes of one export: less than Discord takes as a file (docs.discord.com/developers/reference#uploading-files). */
const SIZE = 8;

export const caseCommand = reading({
  name: 'case',
  capability: 'cases',
  options: {
    action: choice(['view', 'list', 'note', 'reason', 'export'], true),
    case: caseNumber(),
    text: freeText(),
    ...filters(),
  },
  calls: [],
  async answer({ action, case: number, text, ...narrowed }, { group }, { cases }) {
    if (cases === null) return refused(message('refused.recordOff'));
    if (action === 'list') {
      return pageOf(cases, narrowed, {}, (count) => message('case.list', { group: group.id, count }));
    }
    if (action === 'export') return exported(cases);
    if (number === undefined || (action !== 'view' && !text)) {
      const needs = literal(action === 'view' ? 'number' : 'text');
      return refused(message('refused.caseNeeds', { action: literal(action), needs }));
    }
    if (action === 'note') return noted(cases, number, text ?? '');
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

async function noted(cases: GroupCases, number: number, text: string): Promise<Result<Answer>> {
  const note = await cases.addNote(number, text);
  if (note === null) return unknown(number);
  return found({ message: message('case.noted', { case: number }), lines: [] });
}

async function explained(cases: GroupCases, number: number, text: string): Promise<Result<Answer>> {
  const reason = await cases.changeReason(number, text);
  if (reason === null) return unknown(number);
  return found({ message: message('case.reasonChanged', { case: number }), lines: [] });
}

async function exported(cases: GroupCases): Promise<Result<Answer>> {
  const lines = await cases.export({ cases: EXPORTED, bytes: SIZE * 1_000_000 });
  return found({
    message: message('case.exported', { count: lines.length, max: EXPORTED, size: SIZE }),
    lines: [],
    file: { name: 'cases.jsonl', text: lines.map((line) => `${line}\n`).join('') },
  });
}
