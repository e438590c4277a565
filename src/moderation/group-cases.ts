// The cases of one group, as a command may use them: its own group only, and in the asker's name.
import type { Actor } from './actor.ts';
import type { CaseFilter, CaseNote, CasePage, CaseReason, CaseRepository, ModerationCase } from './case.ts';
import type { GroupFacts } from './facts.ts';

export interface GroupCases {
  find(number: number): Promise<ModerationCase | null>;
  list(filter: Omit<CaseFilter, 'group'>, limit: number): Promise<CasePage>;
  notes(number: number): Promise<readonly CaseNote[]>;
  reasons(number: number): Promise<readonly CaseReason[]>;
  /** `null`: no such case. */
  addNote(number: number, text: string): Promise<CaseNote | null>;
  /** The old reason stays in `reasons`. `null`: no such case. */
  changeReason(number: number, reason: string): Promise<CaseReason | null>;
}

export function casesOf(
  cases: CaseRepository | null,
  group: GroupFacts,
  { surface, id, name, account }: Actor,
): GroupCases | null {
  if (cases === null) return null;
  const author = { surface, id, name, account: account ?? null };
  return {
    find: (number) => cases.find(group.id, number),
    list: (filter, limit) => cases.list({ ...filter, group: group.id }, { limit }),
    notes: (number) => cases.notes(group.id, number),
    reasons: (number) => cases.reasons(group.id, number),
    addNote: (number, text) => cases.addNote(group.id, number, { author, text, url: linkIn(text) }),
    changeReason: (number, reason) => cases.changeReason(group.id, number, { author, reason }),
  };
}

/** An attachment is a note with a link. */
const linkIn = (text: string): string | null => /https?:\/\/\S+/.exec(text)?.[0] ?? null;
