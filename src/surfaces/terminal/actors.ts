// Who types: the operator of the program, or somebody of the Chat group.
import type { Actor } from '../../moderation/actor.ts';
import { everything } from '../../moderation/capability.ts';

const operatorName = 'operator';

/** Whoever runs the program may do everything. */
const operator: Actor = {
  surface: 'terminal',
  id: operatorName,
  name: operatorName,
  authority: { kind: 'granted', rights: { capabilities: everything, rank: 3 } },
};

/** The operator, or the Chat account of that name with the rights of its role in the group. */
export function actorOf(name: string | undefined): Actor {
  const account = (name ?? '').trim().replace(/^@/, '');
  if (account === '' || account === operatorName) return operator;
  return { surface: 'terminal', id: account, name: account, account, authority: { kind: 'groupRole' } };
}
