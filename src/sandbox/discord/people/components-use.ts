// What Discord's client sends when a person presses a button or chooses in a menu.

import { ComponentType as Kind } from 'discord-api-types/v10';
import { type ComponentNode, walk } from '../wire/components.ts';
import { TypingRefused } from '../wire/errors.ts';
import type { Directory } from '../world/directory.ts';
import type { StoredMessage } from '../world/messages/stored-message.ts';
import type { WorldMember } from '../world/world.ts';
import type { Resolved } from './resolved.ts';

/** The `data` of the interaction. @throws TypingRefused `unknown-component` */
export function pressed(
  message: StoredMessage,
  by: WorldMember,
  { customId, values }: { customId: string; values?: string[] },
  directory: Directory,
  resolved: Resolved,
): object {
  refuseInvisible(message, by);
  const component = find(message, customId);
  const data = { custom_id: customId, component_type: component.type, id: component.id ?? 0 };
  if (component.type === Kind.Button) return data;
  const chosen = (values ?? []).map((value) => resolve(component.type, value, directory, resolved));
  return { ...data, values: chosen };
}

interface Usable extends ComponentNode {
  readonly id?: number;
}

function find(message: StoredMessage, customId: string): Usable {
  for (const [node] of walk(message.components)) {
    if (node.custom_id !== customId) continue;
    if (node.disabled) throw new TypingRefused('unknown-component', `${customId} is disabled`);
    return node;
  }
  throw new TypingRefused('unknown-component', `The message has no component ${customId}`);
}

/** An ephemeral message is seen only by the person whose interaction it answers. */
function refuseInvisible(message: StoredMessage, by: WorldMember): void {
  const viewer = message.raw.interaction_metadata?.user.id;
  if (!message.ephemeral || viewer === by.id) return;
  throw new TypingRefused('unknown-component', `${by.username} does not see this message`);
}

/** The value of a menu on the wire; what it names goes into `resolved`. */
function resolve(kind: number, value: string, directory: Directory, resolved: Resolved): string {
  if (kind === Kind.StringSelect) return value;
  const member =
    kind === Kind.ChannelSelect || kind === Kind.RoleSelect ? undefined : directory.findMember(value);
  if (member) {
    resolved.addMember(member);
    return member.id;
  }
  const role = kind === Kind.ChannelSelect ? undefined : directory.findRole(value);
  if (role) {
    resolved.addRole(role);
    return role.id;
  }
  const channel = directory.channel(value);
  resolved.addChannel(channel);
  return channel.id;
}
