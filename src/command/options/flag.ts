// Yes or no.
import { literal, message } from '../../i18n/message.ts';
import { readAs, refuse } from '../../i18n/read.ts';
import type { Option } from './option.ts';

export const flag = (): Option<boolean, false> => ({
  required: false,
  toggle: true,
  unrepeated: true,
  read(raw, name) {
    const word = raw.trim().toLowerCase();
    if (['true', 'yes', 'on', '1', ''].includes(word)) return readAs(true);
    if (['false', 'no', 'off', '0'].includes(word)) return readAs(false);
    const choices = literal('true, false');
    return refuse(message('refused.choice', { option: literal(name), input: raw, choices }));
  },
});
