// What a file in commands/ may use: descriptions, options, sentences and changes. No effect is among it.

export { batches } from '../chat/batches.ts';
export type { BodyOf } from '../chat/protocol/endpoints.ts';
export { PERMANENT, type StoredMessage } from '../chat/protocol/schemas.ts';
export { literal, type Message, message, type Value } from '../i18n/message.ts';
export { descriptionOf, optionDescriptionOf } from '../i18n/names.ts';
export {
  type CaseFilter,
  type CaseNote,
  type CaseReason,
  caseStates,
  type ModerationCase,
} from '../moderation/cases/case.ts';
export type { Change, Refusal, Step } from '../moderation/cases/change.ts';
export type { MemberSnapshot } from '../moderation/cases/snapshot.ts';
export {
  endOf,
  type GroupFacts,
  groupLabel,
  isPermanent,
  isSameEnd,
  labelOf,
  type MemberFacts,
  type MessageFacts,
} from '../moderation/groups/facts.ts';
export { excerptOf, kindOf, saidIn, textOf } from '../moderation/groups/message-text.ts';
export { found, type Result, refused } from '../moderation/result.ts';
export { authorOf, boundsOf, headOf, momentOf, stateOf, targetsOf } from './case-lines.ts';
export {
  type Answer,
  type AnswerLine,
  type Choice,
  type Command,
  changing,
  type Facts,
  groupTypesOf,
  guide,
  optionsOf,
  reading,
  recording,
  type UndoFacts,
  undoing,
  usageOf,
  type Writes,
} from './command.ts';
export type { GroupCases } from './context.ts';
export { choice } from './options/choice.ts';
export { commandName } from './options/command-name.ts';
export { discordUser } from './options/discord-user.ts';
export { type Duration, duration, untilRestored } from './options/duration.ts';
export { members } from './options/members.ts';
export { messages } from './options/messages.ts';
export { caseNumber, wholeNumber } from './options/number.ts';
export { byName, optional, type ValuesOf } from './options/option.ts';
export { moderator } from './options/person.ts';
export { clearableText, freeText } from './options/text.ts';
export { fieldKey, pageCursor } from './options/token.ts';
export { shorten } from './shorten.ts';
export { unknownCommand } from './unknown-command.ts';
