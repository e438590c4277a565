// /lock: lets only the owner and admins speak.
import { changing, untilRestored } from '../src/command/index.ts';
import { setLock, undoLock } from './shared/lock.ts';

export const lock = changing({
  name: 'lock',
  capability: 'lock',
  options: { duration: untilRestored() },
  restores: true,
  lasts: ({ duration }) => duration?.seconds ?? null,
  freshGroup: true,
  calls: [{ endpoint: 'modify_group_base_info', field: 'MuteAllMember' }],
  plan: (_options, facts) => setLock(facts, true),
  undo: (_options, facts) => undoLock(facts, true),
});
