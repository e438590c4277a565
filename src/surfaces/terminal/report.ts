// An outcome for the terminal: words for people, or one JSON object a line for programs.

import { message } from '../../i18n/message.ts';
import type { Translator } from '../../i18n/translator.ts';
import type { Outcome, OutcomeKind, SentRequest } from '../../request/outcome.ts';
import { asJson } from '../json.ts';
import { present } from '../present.ts';
import { harmless, readableJson, safeJson } from './style.ts';
import { writeLine } from './terminal.ts';

export interface ReportOptions {
  readonly output: NodeJS.WritableStream;
  /** For what is said about a file, so that the output holds the file alone. */
  readonly notices: NodeJS.WritableStream;
  readonly translator: Translator;
  readonly json: boolean;
  /** Show requests by their path alone, for a person who knows the host. */
  readonly brief?: boolean;
}

/** Writes an outcome. */
export function report(outcome: Outcome, options: ReportOptions): void {
  if (options.json) writeLine(options.output, safeJson(asJson(outcome, options.translator)));
  else if (outcome.file === undefined) reportInWords(outcome, options);
  else {
    reportInWords(outcome, { ...options, output: options.notices });
    options.output.write(harmless(outcome.file.text));
  }
}

/** Whether the outcome is what the asker wanted. */
export const isSuccess = ({ kind }: Outcome): boolean =>
  kind === 'done' || kind === 'answer' || kind === 'preview';

const colours = {
  done: 'green',
  partly: 'yellow',
  refused: 'red',
  failed: 'red',
  preview: 'cyan',
  answer: 'bold',
  asks: 'yellow',
} as const satisfies Record<OutcomeKind, string>;

function reportInWords(outcome: Outcome, { output, translator, brief = false }: ReportOptions): void {
  const { head, lines, next, reason, case: number } = present(outcome, translator);
  writeLine(output, head, colours[outcome.kind]);
  for (const line of lines) writeLine(output, `  ${line}`);
  if (next !== null) writeLine(output, next, 'dim');
  if (reason !== null) writeLine(output, reason);
  if (number !== null) writeLine(output, number, 'dim');
  if (outcome.requests.length === 0) return;
  const title = outcome.kind === 'preview' ? 'requests.preview' : 'requests.sent';
  writeLine(output, translator.text(message(title)));
  for (const request of outcome.requests) {
    writeLine(output, `  ${request.method} ${brief ? pathOf(request) : request.url}`, 'dim');
    writeLine(output, `  ${readableJson(request.body)}`, 'dim');
  }
}

const pathOf = ({ url }: SentRequest): string => new URL(url).pathname;
