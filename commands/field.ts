// /field: sets or clears a custom field of members.
import {
  changing,
  clearableText,
  fieldKey,
  labelOf,
  members,
  message,
  type Step,
} from '../src/command/index.ts';
import { changeMember } from './shared/profile.ts';
import { forMember, movedOn, undone } from './shared/undo.ts';

/** Bytes of UTF-8 that a member's custom field holds (page 33529). */
const VALUE_BYTES = 64;

export const field = changing({
  name: 'field',
  capability: 'fields',
  options: { member: members(), key: fieldKey(), value: clearableText(VALUE_BYTES) },
  calls: [{ endpoint: 'modify_group_member_info', field: 'AppMemberDefinedData' }],
  fields: ({ key }) => [key],
  plan({ key, value }, { group, members }) {
    return members.map((member): Step => {
      const values = { member: labelOf(member), key, value };
      if ((member.fields.get(key) ?? '') === value) {
        return {
          target: member.account,
          refused: message(value === '' ? 'field.none' : 'field.same', values),
        };
      }
      const done = message(value === '' ? 'field.cleared' : 'field.done', values);
      return changeMember(group, member, { AppMemberDefinedData: [{ Key: key, Value: value }] }, done);
    });
  },
  undo({ key, value }, facts) {
    return forMember(facts, (undo) => {
      const { before, current, group } = undo;
      const held = current.fields.get(key) ?? '';
      if (held !== value) return movedOn(undo, message('undo.field', { key, value: held }));
      const fields = { AppMemberDefinedData: [{ Key: key, Value: before.fields[key] ?? '' }] };
      return changeMember(group, current, fields, undone(undo, 'field'));
    });
  },
});
