// What a command takes: the capabilities of the asker, and a type of group that can have it.
import { literal, type Message, message } from '../i18n/message.ts';
import { type GroupFacts, groupLabel } from '../moderation/groups/facts.ts';
import type { Demand } from '../moderation/people/policy.ts';
import type { TypedOptions } from '../request/request.ts';
import { type Command, groupTypesOf } from './command.ts';

/** What a request with these options takes. */
export const demandOf = (command: Command, options: TypedOptions): Demand => ({
  name: command.name,
  capability: command.capability,
  besides: command.needs?.(options) ?? null,
});

/** The refusal of a command in a type of group that cannot have it; `null` elsewhere. */
export function wrongType(command: Command, group: GroupFacts): Message | null {
  if (groupTypesOf(command).includes(group.type)) return null;
  return message('refused.groupType', {
    command: literal(command.name),
    type: literal(group.type),
    group: groupLabel(group),
  });
}
