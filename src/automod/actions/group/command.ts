// Command: any command by its name, with its options.
import { z } from 'zod';
import { literal, message } from '../../../i18n/message.ts';
import { choice, map, problemAt } from '../../../settings/shape.ts';
import { nearest } from '../../../util/nearest.ts';
import { text } from '../../fields.ts';
import { action } from '../../part.ts';

export const command = action({
  name: 'command',
  example: "{ name: nick, options: { name: '-' } }",
  settings: ({ commands }) =>
    map({ name: choice([...commands.keys()]), options: z.record(z.string(), text).optional() })
      .superRefine(({ name, options = {} }, context) => {
        const known = commands.get(name) ?? [];
        for (const option of Object.keys(options)) {
          if (known.includes(option)) continue;
          const suggestion = nearest(option.slice(0, 50), known) ?? known.join(', ');
          context.addIssue(
            problemAt(['options', option], (path) =>
              message('rules.option', { path, command: literal(name), suggestion: literal(suggestion) }),
            ),
          );
        }
      })
      .transform(({ name, options = {} }) => {
        // About the member of the event, where the command takes one and the rule names nobody else.
        const isOpen = (commands.get(name) ?? []).includes('member') && options.member === undefined;
        return { name, options, about: isOpen ? ('member' as const) : ('group' as const) };
      }),
  sentence: ({ name }) => message('rules.action.command', { command: literal(name) }),
  action: ({ name, options, about }) => ({ kind: 'command', command: name, about, options }),
});
