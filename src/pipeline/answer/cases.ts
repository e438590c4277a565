// The cases of one group, as a command may use them: its own group only, and in the asker's name.
import type { GroupCases } from '../../command/context.ts';
import { message } from '../../i18n/message.ts';
import type { CaseRepository } from '../../moderation/cases/case.ts';
import { actorOfRecord } from '../../moderation/people/actor.ts';
import { found, refused } from '../../moderation/result.ts';
import type { Located } from '../find/located.ts';

/** Notes are written in the asker's name. @returns `null` where nothing is recorded */
export function casesOf(
  cases: CaseRepository | null,
  { group, request, asker }: Pick<Located, 'group' | 'request' | 'asker'>,
  dryRun: boolean,
): GroupCases | null {
  if (cases === null) return null;
  const author = actorOfRecord(request.actor);
  return {
    find: (number) => cases.find(group.id, number),
    list: (filter, limit, before) => cases.list({ ...filter, group: group.id }, { limit, before }),
    export: (most) => cases.export(group.id, most),
    notes: (number) => cases.notes(group.id, number),
    reasons: (number) => cases.reasons(group.id, number),
    addNote: (number, text) => cases.addNote(group.id, number, { author, text, url: linkIn(text) }),
    async removeNote(number, position) {
      const note = (await cases.notes(group.id, number))[position - 1];
      if (note === undefined)
        return refused(message('refused.unknownNote', { case: number, note: position }));
      const own = note.author.surface === author.surface && note.author.id === author.id;
      if (!own && asker.rights.rank < 3)
        return refused(message('refused.foreignNote', { author: note.author.name }));
      if (!dryRun) await cases.removeNote(group.id, number, note);
      return found(note);
    },
    async changeReason(number, reason) {
      const record = await cases.find(group.id, number);
      if (record === null) return refused(message('refused.unknownCase', { case: number }));
      return found({ record: 'reason', case: number, from: record.reason, to: reason });
    },
  };
}

/** An attachment is a note with a link. */
const linkIn = (text: string): string | null => /https?:\/\/\S+/.exec(text)?.[0] ?? null;
