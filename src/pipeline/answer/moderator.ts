// Whose cases are meant where somebody names a moderator: a person on any surface, or the program itself.
import type { DoneBy } from '../../command/context.ts';

import type { MemberReference } from '../../command/options/option.ts';
import { message } from '../../i18n/message.ts';
import { labelOf } from '../../moderation/groups/facts.ts';
import { findMembers } from '../../moderation/groups/members.ts';
import { shownAs } from '../../moderation/groups/names.ts';
import { operatorId, system } from '../../moderation/people/actor.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { PipelineDeps } from '../deps.ts';
import type { Located } from '../find/located.ts';

/** Those who act without an account, by the names that their cases bear. */
const withoutAccount: ReadonlyMap<string, DoneBy['actor']> = new Map([
  [operatorId, { surface: 'terminal', id: operatorId }],
  [system.name, { surface: system.surface, id: system.id }],
]);

/**
 * A Discord user by their link, else by their identity there: a moderator needs no Chat account. Everybody else by
 * account or name card, members or not.
 */
export async function doneBy(
  deps: PipelineDeps,
  { group, request }: Located,
  reference: MemberReference,
): Promise<Result<DoneBy>> {
  if (reference.kind === 'mention') {
    const id = reference.userId;
    const link = (await deps.recorder?.links.ofUser('discord', id)) ?? null;
    return found(
      link === null
        ? { name: id, actor: { surface: 'discord', id } }
        : { name: link.account, actor: { account: link.account } },
    );
  }
  const text = shownAs({ ...reference, exact: false });
  const program = withoutAccount.get(text);
  if (program !== undefined) return found({ name: text, actor: program });
  const wanted = [{ ...reference, exact: false }];
  const { signal } = request;
  const members = await findMembers(deps, { group, wanted, reach: 'account', fields: [], signal });
  if (!members.ok) return members;
  const [member] = members.value.members;
  if (member === undefined) {
    return refused(members.value.unknown[0]?.problem ?? message('refused.unknownAccount', { input: text }));
  }
  return found({ name: labelOf(member), actor: { account: member.account } });
}
