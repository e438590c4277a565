// Carries out what somebody typed: reads the line, asks the pipeline, and sends the answer to them alone.
import { createHash } from 'node:crypto';
import type { Moderation } from '../../command/service.ts';
import { askedFor, parseLine } from '../../command/text.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { plainStyle } from '../../i18n/plain-style.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import type { Actor } from '../../moderation/people/actor.ts';
import type { CurrentSettings } from '../../moderation/settings.ts';
import { answering, isQuestion, unanswered } from '../../request/conversation.ts';
import { type Outcome, refusal } from '../../request/outcome.ts';
import type { Request } from '../../request/request.ts';
import type { Log } from '../../util/log.ts';
import { internalFailure } from '../internal-failure.ts';
import type { ChatCalls } from './chat-calls.ts';
import type { GroupChoices } from './groups.ts';
import type { Rewritten } from './mentions.ts';
import { meantBy, type OpenQuestion, type Questions } from './questions.ts';
import { type Reply, sendReply, textFor } from './reply.ts';
import { lineOf, nameIn, type Typed } from './typed.ts';

export interface CarryOutDeps {
  readonly chat: ChatCalls;
  readonly moderation: Moderation;
  readonly settings: CurrentSettings;
  readonly defaultGroup: string | undefined;
  readonly groups: GroupChoices;
  readonly questions: Questions;
  /** The line with everything that the message itself adds to it: whom it mentions, what it quotes. */
  readonly complete: (line: string, typed: Typed, group: string) => Promise<Rewritten>;
  readonly clock: { now(): number };
  readonly logger: Log;
  readonly counts: InGroupCounts;
}

/** What became of commands since the start. */
export interface InGroupCounts {
  taken: number;
  /** Answers that Chat did not accept. */
  unheard: number;
  /** Faults of our own. */
  failed: number;
}

/** The name that answers a question; it is no command of the other surfaces, which have buttons and prompts. */
export const CONFIRM = 'confirm';

/** What is said, and the group that it is about. */
interface Said {
  readonly text: string;
  readonly group: string | undefined;
}

/**
 * Carries one command out and answers it. Never rejects: what fails is answered, logged and counted.
 * @param resumed an earlier run may have begun with it
 */
export async function carryOut(deps: CarryOutDeps, typed: Typed, resumed: boolean): Promise<void> {
  deps.counts.taken += 1;
  const said = await answerTo(resumed ? { ...deps, moderation: again(deps.moderation) } : deps, typed).catch(
    (error: unknown): Said => {
      deps.counts.failed += 1;
      const outcome = internalFailure(deps.logger, nameIn(typed.text) ?? '', error);
      return { text: textFor(outcome, translatorFor(deps, groupOf(typed)), null), group: groupOf(typed) };
    },
  );
  await reply(deps, typed, said.text);
}

/** Says something to whoever typed. Never rejects. */
export async function reply(deps: CarryOutDeps, typed: Typed, text: string): Promise<void> {
  const group = groupOf(typed) ?? null;
  const { reply: how } = deps.settings().group(group ?? '').inGroup;
  const what: Reply = { to: typed.from, text, group, how, about: typed.id };
  const sent = await sendReply(deps.chat, what);
  if (sent.ok) return;
  deps.counts.unheard += 1;
  const { kind, code } = sent.error;
  deps.logger.warn(
    { account: typed.from, kind, code, unheard: deps.counts.unheard },
    'an answer could not be sent to whoever typed a command',
  );
}

/** The same, but what an earlier run began and the record knows not to have happened is begun once more. */
const again = (moderation: Moderation): Moderation => ({
  ...moderation,
  pipeline: {
    async handle(request) {
      const outcome = await moderation.pipeline.handle(request);
      return request.key !== undefined && neverHappened(outcome)
        ? moderation.pipeline.handle({ ...request, key: `${request.key}:again` })
        : outcome;
    },
  },
});

/** Whether the record says of every target that the case of this very request failed, for certain. */
const neverHappened = ({ results }: Outcome): boolean =>
  results.length > 0 &&
  results.every(
    ({ message: { id }, outcome, uncertain }) =>
      id === 'case.repeated' && outcome === 'failed' && uncertain !== true,
  );

const groupOf = ({ where }: Typed): string | undefined => (where.kind === 'group' ? where.group : undefined);

/** Words in the language of the group: Chat does not tell that of a person. */
export const translatorFor = (
  { settings }: Pick<CarryOutDeps, 'settings'>,
  group: string | undefined,
): Translator => createTranslator(settings().group(group ?? '').language, plainStyle);

async function answerTo(deps: CarryOutDeps, typed: Typed): Promise<Said> {
  const name = nameIn(typed.text);
  const question = questionFor(deps, typed, name);
  if (question !== undefined) return answerQuestion(deps, typed, question);
  return run(deps, typed);
}

/** What somebody answers, and with which word; `undefined` for a command. */
interface Answering {
  readonly question: OpenQuestion | null;
  readonly word: string;
}

function questionFor(
  { questions, clock }: CarryOutDeps,
  { from, text }: Typed,
  name: string | null,
): Answering | undefined {
  const now = clock.now();
  if (name === null) return { question: questions.take(from, null, now), word: text };
  if (name.toLowerCase() !== CONFIRM) return undefined;
  const [, code = null, word = ''] = /^\S+(?:\s+(\S+))?(?:\s+(.*))?$/su.exec(text.trim()) ?? [];
  return { question: questions.take(from, code, now), word };
}

async function answerQuestion(
  deps: CarryOutDeps,
  typed: Typed,
  { question, word }: Answering,
): Promise<Said> {
  if (question === null) return plainly(deps, typed, message('ingroup.noQuestion'));
  const { request, asking, translator } = question;
  const meant = meantBy(question, word);
  if (meant === null) {
    // It was no answer, so the question still stands.
    const code = deps.questions.open(typed.from, question, deps.clock.now());
    const unclear = translator.text(message('consent.unclear', { input: word.trim() }));
    return { text: `${unclear}\n${textFor(asking, translator, code)}`, group: asking.group };
  }
  if (meant === 'cancelled') {
    return { text: textFor(unanswered(asking, 'cancelled'), translator, null), group: asking.group };
  }
  const again = answering({ ...request, actor: actorOf(typed.from) }, asking, {
    kind: 'chosen',
    choice: meant.choice,
  });
  return handle(deps, typed, again);
}

const plainly = (deps: CarryOutDeps, typed: Typed, sentence: Message): Said => ({
  text: translatorFor(deps, groupOf(typed)).text(sentence),
  group: groupOf(typed),
});

/** Whoever typed it, with the rights of the role that they have in the group by then. */
const actorOf = (account: string): Actor => ({
  surface: 'chat',
  id: account,
  name: account,
  account,
  authority: { kind: 'groupRole' },
});

async function run(deps: CarryOutDeps, typed: Typed): Promise<Said> {
  const { registry } = deps.moderation;
  const line = lineOf(typed.text);
  const group = await groupFor(deps, typed, line);
  if (typeof group !== 'string' && group !== undefined) return plainly(deps, typed, group.asks);
  const whole = group === undefined ? { ok: true as const, line } : await deps.complete(line, typed, group);
  const parsed = whole.ok ? askedFor(parseLine(whole.line, registry), true) : whole;
  if (!parsed.ok) {
    const outcome = refusal(nameIn(line) ?? '', parsed.problem);
    return { text: textFor(outcome, translatorFor(deps, group), null), group };
  }
  const { command, options, doubt } = parsed.value;
  return handle(deps, typed, {
    actor: actorOf(typed.from),
    command: command.name,
    options,
    ...(doubt && { doubt }),
    ...(group !== undefined && { defaultGroup: group }),
    questions: 'ask',
    key: keyFor(typed),
  });
}

/** Acts once, whatever is delivered or begun again: the record knows the key. */
const keyFor = ({ id, sent }: Typed): string =>
  `chat:${createHash('sha256').update(`${id}\n${sent}`).digest('base64url')}`;

/**
 * The group that a line is about where it names none: the one it was typed in; one-to-one the one that the sender chose
 * last, the usual one, or the only one that they are in. `undefined` for a command about no group.
 */
async function groupFor(
  { groups, defaultGroup, moderation }: CarryOutDeps,
  { where, from }: Typed,
  line: string,
): Promise<string | undefined | { readonly asks: Message }> {
  if (where.kind === 'group') return where.group;
  const parsed = askedFor(parseLine(line, moderation.registry), true);
  if (parsed.ok && parsed.value.options.group !== undefined) return parsed.value.options.group;
  const usual = groups.chosen(from) ?? defaultGroup;
  if (usual !== undefined || moderation.registry.find(nameIn(line) ?? '')?.kind === 'guide') return usual;
  const possible = await groups.possible(from);
  const [only, ...more] = possible;
  if (only === undefined) return { asks: message('ingroup.noGroup') };
  if (more.length === 0) return only;
  return {
    asks: message('ingroup.whichGroup', { example: only, groups: possible.map((id) => literal(id)) }),
  };
}

async function handle(deps: CarryOutDeps, typed: Typed, request: Request): Promise<Said> {
  const outcome = await deps.moderation.pipeline.handle(request).catch((error: unknown) => {
    deps.counts.failed += 1;
    return internalFailure(deps.logger, request.command, error);
  });
  const translator = translatorFor(deps, outcome.group ?? groupOf(typed));
  const text = isQuestion(outcome)
    ? textFor(
        outcome,
        translator,
        deps.questions.open(
          typed.from,
          { request, asking: outcome, where: typed.where, translator },
          deps.clock.now(),
        ),
      )
    : textFor(outcome, translator, null);
  const about = await groupLine(deps, typed, request, outcome);
  return { text: about === null ? text : `${text}\n${translator.text(about)}`, group: outcome.group };
}

/** One-to-one nobody sees which group is meant, so that it is said, and which others there are until one was chosen. */
async function groupLine(
  { groups }: CarryOutDeps,
  { where, from }: Typed,
  { options }: Request,
  { group, kind }: Outcome,
): Promise<Message | null> {
  if (where.kind === 'group' || group === undefined) return null;
  if (options.group !== undefined && kind !== 'refused' && kind !== 'failed') groups.choose(from, group);
  const others =
    groups.chosen(from) === undefined ? (await groups.possible(from)).filter((one) => one !== group) : [];
  return others.length === 0
    ? message('ingroup.about', { group })
    : message('ingroup.others', { group, groups: others.map((id) => literal(id)) });
}
