// The name of a command, with or without its slash.
import { readAs } from '../../i18n/read.ts';
import { containing, type Option } from './option.ts';

export const commandName = (): Option<string, true> => ({
  required: true,
  maxLength: 100,
  completion: {
    from: 'commands',
    suggest: (typed, commands) =>
      containing(
        typed,
        commands.map(({ id }) => ({ label: id, value: id })),
      ),
  },
  read: (raw) => readAs(raw.trim()),
});
