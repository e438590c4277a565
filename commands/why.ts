// /why: explains a decision of the policy, step by step, and what would change it.
import {
  commandName,
  found,
  literal,
  members,
  message,
  moderator,
  optional,
  reading,
} from '../src/command/index.ts';

export const why = reading({
  name: 'why',
  capability: 'lookup',
  options: { moderator: moderator(), command: commandName(), member: optional(members()) },
  reach: 'account',
  calls: [],
  async answer({ moderator, command }, { members: [target] }, desk) {
    const explained = await desk.why({ moderator, command, target });
    if (!explained.ok) return explained;
    const { allowed, command: name, moderator: who, steps } = explained.value;
    const head = { moderator: who, command: literal(name) };
    return found({
      message: message(allowed ? 'why.allowed' : 'why.refused', head),
      lines: steps.map((step) => ({ target: name, message: step })),
    });
  },
});
