// What a backtest found: one JSON object for programs, a table with samples for people.
import { explain } from '../../automod/judge/explain.ts';
import type { Backtest, RuleTrial, Sample } from '../../automod/trial/backtest.ts';
import { type BareId, type Message, message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import { plain, safeJson } from '../../surfaces/terminal/style.ts';
import { table } from '../../surfaces/terminal/table.ts';
import { type Terminal, writeLine } from '../../surfaces/terminal/terminal.ts';

interface ReportOptions {
  readonly json: boolean;
  /** Messages that could not be read. */
  readonly unreadable: number;
  /** What is known of roles. */
  readonly about: Message;
}

/** How much of a text is shown, in characters. */
const LONGEST_TEXT = 200;

export function report(
  terminal: Terminal,
  backtest: Backtest,
  translator: Translator,
  options: ReportOptions,
): void {
  if (options.json) writeLine(terminal.stdout, safeJson(asJson(backtest, translator, options)));
  else show(terminal, backtest, translator, options);
}

function asJson(backtest: Backtest, translator: Translator, { unreadable, about }: ReportOptions) {
  const rules = backtest.rules().map((trial) => {
    const { rule, matches, members, micros, agreed, falseAlarms, untested } = trial;
    const sample = trial.sample.map((one) => sampleJson(trial, one, translator));
    const note = untestedNote(trial);
    const found = {
      enabled: rule.mode,
      matches,
      members,
      sample,
      micros: Number(micros.toFixed(3)),
      agreed,
      falseAlarms,
    };
    return [
      rule.name,
      { ...found, testable: testable[untested], ...(note && { note: translator.text(note) }) },
    ] as const;
  });
  return {
    messages: backtest.messages,
    unreadable,
    rules: Object.fromEntries(rules),
    agreement: backtest.agreement(),
    notes: [translator.text(about)],
  };
}

const testable = { none: 'yes', some: 'partly', all: 'no' } as const;

const sampleJson = ({ rule }: RuleTrial, { event, outcome }: Sample, translator: Translator) => ({
  group: event.group,
  from: event.from,
  time: event.at / 1_000,
  text: textOf(event),
  why: translator.text(explain(rule, event, outcome)),
});

const textOf = ({ texts }: Sample['event']): string =>
  [...(texts[0]?.text ?? '')].slice(0, LONGEST_TEXT).join('');

function untestedNote({ untested, rule }: RuleTrial): Message | null {
  if (untested === 'none') return null;
  const what = rule.when.filter(({ inHistory }) => !inHistory).map(({ sentence }) => sentence);
  return message(untested === 'all' ? 'rules.backtest.untestable' : 'rules.backtest.partly', { what });
}

function show(
  { stdout }: Terminal,
  backtest: Backtest,
  translator: Translator,
  { unreadable, about }: ReportOptions,
): void {
  const { text } = translator;
  const trials = backtest.rules();
  writeLine(stdout, text(message('rules.backtest.read', { messages: backtest.messages, unreadable })));
  const columns = ['rule', 'enabled', 'matches', 'members', 'micros', 'agreed', 'falseAlarms'] as const;
  const heads = columns.map((name) => text(message(`rules.column.${name}` satisfies BareId)));
  const rows = trials.map((trial) => [
    plain(trial.rule.name),
    text(message(`rules.mode.${trial.mode}`)),
    trial.untested === 'all' ? '–' : String(trial.matches),
    trial.untested === 'all' ? '–' : String(trial.members),
    trial.micros.toFixed(1),
    String(trial.agreed),
    String(trial.falseAlarms),
  ]);
  for (const line of table([heads, ...rows])) writeLine(stdout, line);
  for (const trial of trials) showSamples(stdout, trial, translator);
  writeLine(stdout, '');
  writeLine(stdout, text(message('rules.backtest.agreement', { ...backtest.agreement() })));
  writeLine(stdout, text(about));
}

function showSamples(stdout: Terminal['stdout'], trial: RuleTrial, { text }: Translator): void {
  const note = untestedNote(trial);
  if (trial.sample.length === 0 && note === null) return;
  writeLine(stdout, '');
  writeLine(stdout, plain(trial.rule.name));
  if (note !== null) writeLine(stdout, `  ${text(note)}`);
  for (const { event, outcome } of trial.sample) {
    const when = new Date(event.at).toISOString();
    writeLine(stdout, `  ${when} ${plain(event.group)} ${plain(event.from)}: ${plain(textOf(event))}`);
    writeLine(stdout, `    ${text(explain(trial.rule, event, outcome))}`, 'dim');
  }
}
