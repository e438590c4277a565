// A group, by its identifier, or by the label that completion shows.
import { readAs } from '../../i18n/read.ts';
import { labelFor } from '../../moderation/label.ts';
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
        groups.map((group) => ({ label: labelFor(group), value: group.id })),
      ),
  },
  read: (raw) => readAs(raw.trim()),
});
