// What the rest of the product and its tests use of the Discord stand-in.

export type { Clock } from '../../util/clock.ts';
export type {
  AutocompleteInput,
  ClickInput,
  MenuInput,
  ModalInput,
  TextInput,
  TypeInput,
} from './people/people.ts';
export type { Fault, FaultTarget } from './rest/faults.ts';
export type { RecordedRequest } from './rest/requests.ts';
export { type DiscordServiceOptions, startDiscordService } from './server.ts';
export type { DiscordService } from './service.ts';
export type { OfferedChoice } from './wire/callback.ts';
export { type RefusalReason, TypingRefused } from './wire/errors.ts';
export type { CommandRule } from './world/command-permissions.ts';
export type { RegisteredCommand } from './world/commands.ts';
export type { Reply, ReplyKind } from './world/interactions/interaction.ts';
export type { MessageView } from './world/messages/stored-message.ts';
export { type DiscordWorld, defaultWorld, type WorldMember } from './world/world.ts';
