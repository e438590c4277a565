// Locking and unlocking are one call with two values.
import { type Facts, groupLabel, message, type Step, type UndoFacts } from '../../src/command/index.ts';

/** Plans `MuteAllMember` where it is not so already. */
export function setLock({ group }: Facts, locked: boolean): readonly Step[] {
  const label = { group: groupLabel(group) };
  if (group.locked === locked) {
    return [{ target: group.id, refused: message(locked ? 'lock.already' : 'unlock.notLocked', label) }];
  }
  return [
    {
      endpoint: 'modify_group_base_info',
      body: { GroupId: group.id, MuteAllMember: locked ? 'On' : 'Off' },
      covers: [{ target: group.id, done: message(locked ? 'lock.done' : 'unlock.done', label) }],
    },
  ];
}

/** The way back, as long as the lock is still the one that was set. */
export function undoLock({ group, target }: UndoFacts, set: boolean): Step {
  if (group.locked !== set)
    return { target, refused: message('undo.groupMovedOn', { group: groupLabel(group) }) };
  return {
    endpoint: 'modify_group_base_info',
    body: { GroupId: group.id, MuteAllMember: set ? 'Off' : 'On' },
    covers: [{ target, done: message(set ? 'unlock.done' : 'lock.done', { group: groupLabel(group) }) }],
  };
}
