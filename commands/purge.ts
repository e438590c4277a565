// /purge: takes back what members wrote among the group's latest 1,000 messages.
import { changing, labelOf, literal, members, message } from '../src/command/index.ts';

export const purge = changing({
  name: 'purge',
  capability: 'recall',
  options: { member: members() },
  reach: 'account',
  confirms: true,
  misread: (count) => message('purge.number', { count: literal(count) }),
  calls: [{ endpoint: 'delete_group_msg_by_sender' }],
  plan(_options, { group, members }) {
    return members.map((member) => ({
      endpoint: 'delete_group_msg_by_sender',
      body: { GroupId: group.id, Sender_Account: member.account },
      covers: [{ target: member.account, done: message('purge.done', { member: labelOf(member) }) }],
    }));
  },
});
