// /purge: takes back what members wrote among the group's latest 1,000 messages.
import { changing, labelOf, literal, members, message } from '../src/command/index.ts';
import { lineOfMessage } from './shared/messages.ts';

/** Messages of a member that are shown before they are taken back. */
const SHOWN = 5;

export const purge = changing({
  name: 'purge',
  capability: 'recall',
  options: { member: members() },
  reach: 'account',
  takes: 'written',
  confirms: true,
  misread: (count) => message('purge.number', { count: literal(count) }),
  calls: [{ endpoint: 'delete_group_msg_by_sender' }],
  plan(_options, { group, members, messages }) {
    return members.map((member) => {
      const label = labelOf(member);
      const written = messages.filter(({ sender }) => sender?.account === member.account);
      const lines = written.slice(0, SHOWN).map(lineOfMessage);
      const more = written.length - lines.length;
      return {
        endpoint: 'delete_group_msg_by_sender',
        body: { GroupId: group.id, Sender_Account: member.account },
        covers: [
          {
            target: member.account,
            done: message('purge.done', { member: label, count: written.length }),
            shown: {
              message: message('purge.shown', { member: label, count: written.length }),
              lines: [...lines, ...(more > 0 ? [message('consent.more', { count: more })] : [])],
            },
          },
        ],
      };
    });
  },
});
