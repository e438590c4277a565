// One typed line through the pipeline.
import type { Command } from '../../command/command.ts';
import type { Moderation } from '../../command/service.ts';
import { askedFor, parseLine } from '../../command/text.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import { converse } from '../../request/conversation.ts';
import { type Outcome, refusal } from '../../request/outcome.ts';
import type { Answered, Question } from '../../request/question.ts';
import type { Request } from '../../request/request.ts';
import type { Log } from '../../util/log.ts';
import { internalFailure } from '../internal-failure.ts';

/** Under what conditions a line is carried out. */
export interface Session {
  readonly moderation: Moderation;
  readonly logger: Log;
  readonly actor: Actor;
  /** Group that commands act on where they name none. */
  readonly group: string | undefined;
  readonly dryRun: boolean;
  readonly stop: AbortSignal;
  /** Asks whoever types; absent where everything is done at once. */
  readonly ask?: (question: Question) => Promise<Answered>;
}

export interface Executed {
  readonly outcome: Outcome;
  /** `null` when the line named no command that there is. */
  readonly command: Command | null;
  /** Group that the command was about. */
  readonly group: string | undefined;
}

/** Reads a line and carries it out. A fault of our own is logged and answered like everything else. */
export async function execute(line: string, session: Session): Promise<Executed> {
  const { actor, group, dryRun, stop: signal, ask } = session;
  const parsed = askedFor(parseLine(line, session.moderation.registry), ask !== undefined);
  if (!parsed.ok) {
    const name = nameIn(line);
    const command = session.moderation.registry.find(name);
    return { outcome: refusal(command?.name ?? name, parsed.problem), command, group: session.group };
  }
  const { command, options, doubt } = parsed.value;
  const request: Request = {
    actor,
    command: command.name,
    options,
    ...(doubt && { doubt }),
    dryRun,
    signal,
    ...(group && { defaultGroup: group }),
    questions: ask === undefined ? 'confirmed' : 'ask',
  };
  const { handle } = session.moderation.pipeline;
  const answered = ask === undefined ? handle(request) : converse(handle, request, ask);
  const outcome = await answered.catch((error: unknown) =>
    internalFailure(session.logger, command.name, error),
  );
  return { outcome, command, group: options.group ?? group };
}

const nameIn = (line: string): string => line.trim().split(/\s/, 1)[0]?.replace(/^\//, '') ?? '';
