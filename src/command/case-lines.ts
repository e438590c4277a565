// A case in sentences, the same for the command that shows it and for the log that tells it.
import { literal, type Message, message, type Value } from '../i18n/message.ts';
import type { CaseTarget, ModerationCase } from '../moderation/cases/case.ts';
import { type MessageSnapshot, readSnapshot } from '../moderation/cases/snapshot.ts';
import { saidIn } from '../moderation/groups/message-text.ts';

/** A moment of the record in a sentence. @param ms Unix milliseconds */
export const momentOf = (ms: number): Value => ({ at: Math.floor(ms / 1_000) });

/** The state in words, with the case that ended this one where there is one. */
export const stateOf = ({ state, undoneBy }: ModerationCase): Message =>
  message('case.state', { state: literal(state), by: undoneBy ?? 0 });

/** "Case 12: /mute, done". */
export const headOf = (record: ModerationCase): Message =>
  message('case.head', { case: record.number, command: literal(record.command), state: stateOf(record) });

/** Who, from where, and when. */
export const authorOf = ({ actor, createdAt }: ModerationCase): Message =>
  message('case.by', {
    actor: actor.name,
    surface: literal(actor.surface),
    at: momentOf(createdAt),
  });

/** One sentence a target. */
export const targetsOf = ({ targets }: ModerationCase): readonly Message[] =>
  targets.map(({ target, before, outcome }) =>
    message('case.target', { target: targetOf(target, before), outcome: literal(outcome) }),
  );

/** A message by number, sender and first words; everything else by its name. */
export function targetOf(target: string, before: CaseTarget['before']): Value {
  const kept = readSnapshot(before);
  return kept?.kind === 'message' ? messageLine(target, kept) : target;
}

/** "12 by grace: No, me." */
const messageLine = (seq: string, { sender, excerpt, element }: MessageSnapshot): Value =>
  sender === null ? seq : message('message.line', { seq, sender, said: saidIn(excerpt, element) });

/** When it ends, and which case it undoes, where it does. */
export const boundsOf = ({ endsAt, timerAt, undoes }: ModerationCase): readonly Message[] => [
  ...(endsAt === null ? [] : [endOf(endsAt, timerAt !== null)]),
  ...(undoes === null ? [] : [message('case.undoes', { case: undoes })]),
];

const endOf = (at: number, timed: boolean): Message =>
  message('case.ends', { at: momentOf(at), timed: literal(timed ? 'yes' : 'no') });
