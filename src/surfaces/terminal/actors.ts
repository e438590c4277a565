// Who types: the operator of the program, or somebody of the Chat group.
import { type Actor, allRights, operatorId } from '../../moderation/people/actor.ts';

/** Whoever runs the program may do everything. */
const operator: Actor = {
  surface: 'terminal',
  id: operatorId,
  name: operatorId,
  authority: { kind: 'granted', rights: allRights },
};

/** The operator, or the Chat account of that name with the rights of its role in the group. */
export function actorOf(name: string | undefined): Actor {
  const account = (name ?? '').trim().replace(/^@/, '');
  if (account === '' || account === operatorId) return operator;
  return { surface: 'terminal', id: account, name: account, account, authority: { kind: 'groupRole' } };
}
