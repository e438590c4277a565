// The cases of one group, as a command may use them: its own group only, and in the asker's name.

import type {
  CaseFilter,
  CaseNote,
  CasePage,
  CaseReason,
  CaseRepository,
  ModerationCase,
} from '../../moderation/cases/case.ts';
import type { GroupFacts } from '../../moderation/groups/facts.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';

export interface GroupCases {
  find(number: number): Promise<ModerationCase | null>;
  /** @param before the `next` of the page before */
  list(filter: Omit<CaseFilter, 'group'>, limit: number, before?: string): Promise<CasePage>;
  /** The newest cases as JSON Lines, in the order in which they were opened. */
  export(limit: number): Promise<readonly string[]>;
  notes(number: number): Promise<readonly CaseNote[]>;
  reasons(number: number): Promise<readonly CaseReason[]>;
  /** `null`: no such case. */
  addNote(number: number, text: string): Promise<CaseNote | null>;
  /** The old reason stays in `reasons`. `null`: no such case. */
  changeReason(number: number, reason: string): Promise<CaseReason | null>;
}

/** @param actor in whose name notes and reasons are written @returns `null` where nothing is recorded */
export function casesOf(cases: CaseRepository | null, group: GroupFacts, actor: Actor): GroupCases | null {
  if (cases === null) return null;
  const author = actorOfRecord(actor);
  return {
    find: (number) => cases.find(group.id, number),
    list: (filter, limit, before) => cases.list({ ...filter, group: group.id }, { limit, before }),
    export: (limit) => cases.export(group.id, limit),
    notes: (number) => cases.notes(group.id, number),
    reasons: (number) => cases.reasons(group.id, number),
    addNote: (number, text) => cases.addNote(group.id, number, { author, text, url: linkIn(text) }),
    changeReason: (number, reason) => cases.changeReason(group.id, number, { author, reason }),
  };
}

/** An attachment is a note with a link. */
const linkIn = (text: string): string | null => /https?:\/\/\S+/.exec(text)?.[0] ?? null;
