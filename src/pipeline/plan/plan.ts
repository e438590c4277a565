// A plan: what a request would do, before anything is sent.
import type { ChangingCommand, RecordingCommand, UndoingCommand } from '../../command/command.ts';
import type { Message } from '../../i18n/message.ts';
import type { Step } from '../../moderation/cases/change.ts';
import type { Asks } from '../../request/outcome.ts';
import type { Doubt } from '../../request/request.ts';
import type { Located, Targets } from '../find/located.ts';
import type { Superseded } from './supersede.ts';

/** What a request would do. */
export interface Plan {
  readonly kind: 'plan';
  readonly command: ChangingCommand | RecordingCommand | UndoingCommand;
  readonly located: Located;
  readonly targets: Targets;
  readonly steps: readonly Step[];
  /** How long the effect is to last, in seconds; `null` without an end of its own. */
  readonly lasts: number | null;
  /** What comes after it: the ladder of warnings. */
  readonly followUps: readonly FollowUp[];
  /** Earlier timed effects of the same command that this takes the place of. */
  readonly supersedes?: Superseded;
  /** Number of the case that this undoes, and the command of that case. */
  readonly undoes?: { readonly number: number; readonly command: string };
}

/** What is carried out after another command, for those for whom that one was done. */
export interface FollowUp extends Plan {
  /** What it will do, for whoever is asked. */
  readonly announcement: Message;
}

/** It is doubtful whom the request is about. */
export interface OpenDoubt {
  readonly kind: 'doubt';
  readonly doubt: Doubt;
}

/** Something that only the asker can decide comes before the plan. */
export interface OpenChoice {
  readonly kind: 'choice';
  readonly asks: Asks;
}
