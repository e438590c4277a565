// The warnings of the record: which commands give them, and how many points each gave.
import { isWarning, type WarningCommand } from '../../command/command.ts';
import type { Registry } from '../../command/registry.ts';
import type { Warning } from '../../moderation/cases/warnings.ts';
import { readAgain } from './undo-facts.ts';

/** The commands whose cases are warnings. */
export const warningsOf = ({ commands }: Pick<Registry, 'commands'>): readonly Warning[] =>
  commands.filter(isWarning).map(warningOf);

export const warningOf = (command: WarningCommand): Warning => ({
  command: command.name,
  pointsIn: (options) => command.points(readAgain(command, { options })),
});
