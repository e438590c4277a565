// /case: looks at the record, adds a note, changes a reason.
import {
  caseNumber,
  choice,
  found,
  freeText,
  literal,
  message,
  reading,
  refused,
} from '../src/command/index.ts';
import { detailsOf, headOf, lineOf } from './shared/cases.ts';

/** Cases that one answer lists. */
const LISTED = 20;

export const caseCommand = reading({
  name: 'case',
  capability: 'cases',
  options: {
    action: choice(['view', 'list', 'note', 'reason'], true),
    case: caseNumber(),
    text: freeText(),
  },
  calls: [],
  async answer({ action, case: number, text }, { group }, { cases }) {
    if (cases === null) return refused(message('refused.recordOff'));
    if (action === 'list') {
      const { cases: latest } = await cases.list({}, LISTED);
      return found({
        message: message('case.list', { group: group.id, count: latest.length }),
        lines: latest.map(lineOf),
      });
    }
    const writes = action !== 'view';
    if (number === undefined || (writes && !text)) {
      const needs = literal(writes ? 'text' : 'number');
      return refused(message('refused.caseNeeds', { action: literal(action), needs }));
    }
    const unknown = refused(message('refused.unknownCase', { case: number }));
    if (writes && text !== undefined) {
      const written = await (action === 'note'
        ? cases.addNote(number, text)
        : cases.changeReason(number, text));
      if (written === null) return unknown;
      return found({
        message: message(action === 'note' ? 'case.noted' : 'case.reasonChanged', { case: number }),
        lines: [],
      });
    }
    const record = await cases.find(number);
    if (record === null) return unknown;
    const lines = detailsOf(record, await cases.notes(number), await cases.reasons(number));
    return found({ message: headOf(record), lines });
  },
});
