// The cases of one group, as a command may use them: its own group only, and in the asker's name.
import type { GroupCases } from '../../command/context.ts';

import type { CaseRepository } from '../../moderation/cases/case.ts';
import type { GroupFacts } from '../../moderation/groups/facts.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';

/** @param actor in whose name notes and reasons are written @returns `null` where nothing is recorded */
export function casesOf(cases: CaseRepository | null, group: GroupFacts, actor: Actor): GroupCases | null {
  if (cases === null) return null;
  const author = actorOfRecord(actor);
  return {
    find: (number) => cases.find(group.id, number),
    list: (filter, limit, before) => cases.list({ ...filter, group: group.id }, { limit, before }),
    export: (most) => cases.export(group.id, most),
    notes: (number) => cases.notes(group.id, number),
    reasons: (number) => cases.reasons(group.id, number),
    addNote: (number, text) => cases.addNote(group.id, number, { author, text, url: linkIn(text) }),
    changeReason: (number, reason) => cases.changeReason(group.id, number, { author, reason }),
  };
}

/** An attachment is a note with a link. */
const linkIn = (text: string): string | null => /https?:\/\/\S+/.exec(text)?.[0] ?? null;
