// /undo: takes back a case, the asker's latest or the one with the number.
import { caseNumber, undoing } from '../src/command/index.ts';

export const undo = undoing({
  name: 'undo',
  capability: 'cases',
  options: { case: caseNumber() },
  calls: [],
  freshGroup: true,
});
