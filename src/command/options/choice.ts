// One of a few words.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import { containing, type Option } from './option.ts';

export const choice = <const Choice extends string, Required extends boolean>(
  choices: readonly Choice[],
  required: Required,
): Option<Choice, Required> => ({
  required,
  choices,
  completion: {
    from: 'nothing',
    suggest: (typed) =>
      containing(
        typed,
        choices.map((one) => ({ label: one, value: one })),
      ),
  },
  read(raw, name) {
    const found = choices.find((one) => one === raw.trim().toLowerCase());
    if (found !== undefined) return readAs(found);
    const listed = literal(choices.join(', '));
    return refuse(message('refused.choice', { option: literal(name), input: raw, choices: listed }));
  },
});
