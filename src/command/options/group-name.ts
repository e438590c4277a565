// A group, by its identifier.
import { readAs } from '../../i18n/read.ts';
import { containing, type Option } from './option.ts';

export const groupName = (): Option<string, true> => ({
  required: true,
  maxLength: 100,
  unrepeated: true,
  completion: {
    from: 'groups',
    suggest: (typed, groups) =>
      containing(
        typed,
        groups.map(({ id, name }) => ({ label: name === '' ? id : `${name} (${id})`, value: id })),
      ),
  },
  read: (raw) => readAs(raw.trim()),
});
