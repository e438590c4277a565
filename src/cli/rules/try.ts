// `rules try`: what every rule says to one text, and how the text is read.
import { readConfig } from '../../app/config.ts';
import { judgeWith } from '../../automod/automod.ts';
import type { MemberFacts, RuleEvent } from '../../automod/event/event.ts';
import { nameEvent, textEvent } from '../../automod/event/event.ts';
import { explain } from '../../automod/judge/explain.ts';
import type { RuleResult, Verdict } from '../../automod/judge/judge.ts';
import { RuleMemory } from '../../automod/judge/memory.ts';
import { fold, plainText } from '../../automod/match/fold.ts';
import { roles } from '../../chat/protocol/schemas.ts';
import { literal, message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import { safeJson } from '../../surfaces/terminal/style.ts';
import { type Terminal, translatorFor, writeLine } from '../../surfaces/terminal/terminal.ts';
import { readEnvironment, readOrExplain, SetupProblem } from '../setup.ts';
import { readRules } from './settings.ts';

export interface TryFlags {
  readonly group?: string;
  readonly from?: string;
  readonly role?: string;
  /** Reads the text as a new name card. */
  readonly name?: boolean;
  readonly json?: boolean;
  readonly locale?: string;
}

/** Who writes where nobody is named. */
const SOMEBODY = 'somebody';

/** Tries a text. @returns the exit code, 0 whether rules match or not @throws SetupProblem for faulty settings */
export async function tryRules(terminal: Terminal, text: string, flags: TryFlags): Promise<number> {
  const config = readOrExplain(readConfig, readEnvironment(terminal));
  const book = await readRules(config.settingsFile, terminal.directory);
  const group = flags.group ?? config.chat?.group ?? '';
  const event = (flags.name === true ? nameEvent : textEvent)(
    group,
    flags.from ?? SOMEBODY,
    Date.now(),
    text,
  );
  const facts: MemberFacts = { role: readRole(flags.role) };
  const lookUp = () => Promise.resolve(facts);
  const verdict = await judgeWith(book.in(group), event, lookUp, new RuleMemory(), {
    all: true,
    tryOff: true,
  });
  const translator = translatorFor(terminal.environment, flags.locale);
  if (flags.json === true) writeLine(terminal.stdout, safeJson(asJson(event, text, verdict, translator)));
  else show(terminal, event, text, verdict, translator);
  return 0;
}

function readRole(written: string | undefined) {
  if (written === undefined) return 'Member' as const;
  const role = roles.find((one) => one.toLowerCase() === written.toLowerCase());
  if (role === undefined)
    throw new SetupProblem([message('rules.try.role', { choices: literal(roles.join(', ')) })]);
  return role;
}

const isMatch = ({ outcome }: RuleResult): boolean => outcome.kind === 'matched';

function asJson(event: RuleEvent, text: string, { results, answer }: Verdict, translator: Translator) {
  const rules = results.map((result) => {
    const why = translator.text(explain(result.rule, event, result.outcome));
    return [result.rule.name, { enabled: result.rule.mode, matched: isMatch(result), why }] as const;
  });
  const matched = results.filter((result) => isMatch(result) && result.rule.mode !== 'off');
  return {
    text,
    folded: plainText(fold(text)),
    matched: matched.map(({ rule }) => rule.name),
    answer: answer.kind,
    rules: Object.fromEntries(rules),
  };
}

function show(
  { stdout }: Terminal,
  event: RuleEvent,
  text: string,
  { results, answer }: Verdict,
  translator: Translator,
): void {
  const say = (sentence: Parameters<Translator['text']>[0]) => writeLine(stdout, translator.text(sentence));
  say(message('rules.try.folded', { text: plainText(fold(text)) }));
  for (const result of results) {
    const { name: rule, mode } = result.rule;
    const why = explain(result.rule, event, result.outcome);
    const state = message(isMatch(result) ? 'rules.try.matched' : 'rules.try.unmatched');
    say(message('rules.try.rule', { rule, state, mode: message(`rules.mode.${mode}`), why }));
  }
  if (results.length === 0) say(message('rules.none'));
  else say(message('rules.try.answer', { answer: message(`rules.answer.${answer.kind}`) }));
}
