// Index: what the rest of the product and its tests use of the Discord stand-in.

export type { CommandRule } from './command-permissions.ts';
export type { RegisteredCommand } from './commands.ts';
export { type RefusalReason, TypingRefused } from './errors.ts';
export type { Fault, FaultTarget } from './faults.ts';
export type { OfferedChoice } from './forms/callback.ts';
export type { Clock } from './ids.ts';
export type { Reply, ReplyKind } from './interaction.ts';
export type { MessageView } from './messages.ts';
export type {
  AutocompleteInput,
  ClickInput,
  MenuInput,
  ModalInput,
  TextInput,
  TypeInput,
} from './people.ts';
export type { RecordedRequest } from './requests.ts';
export { type DiscordServiceOptions, startDiscordService } from './server.ts';
export type { DiscordService } from './service.ts';
export { type DiscordWorld, defaultWorld, type WorldMember } from './world.ts';
