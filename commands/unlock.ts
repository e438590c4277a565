// /unlock: lets everybody speak again.
import { changing } from '../src/command/index.ts';
import { setLock, undoLock } from './shared/lock.ts';

export const unlock = changing({
  name: 'unlock',
  capability: 'lock',
  options: {},
  freshGroup: true,
  calls: [{ endpoint: 'modify_group_base_info', field: 'MuteAllMember' }],
  plan: (_options, facts) => setLock(facts, false),
  undo: (_options, facts) => undoLock(facts, false),
});
