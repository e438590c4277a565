// Step 1 of the pipeline: raw options to typed ones.

import { type Command, optionsOf, usageOf } from '../../command/command.ts';
import type { KnownCommands } from '../../command/options/option.ts';
import { literal, message } from '../../i18n/message.ts';
import { found, type Result, refused } from '../../moderation/result.ts';
import type { RawOptions, Request, TypedOptions } from '../../request/request.ts';

/** Reads all options of a command; the first that cannot be read is the refusal. */
export function readOptions(command: Command, raw: RawOptions, known: KnownCommands): Result<TypedOptions> {
  const values: Record<string, unknown> = {};
  const specs = optionsOf(command);
  const names = new Set(specs.map(([name]) => name));
  const stray = Object.keys(raw).find((name) => !names.has(name));
  if (stray !== undefined) {
    return refused(message('refused.unknownOption', { option: stray, usage: literal(usageOf(command)) }));
  }
  for (const [name, option] of specs) {
    const text = raw[name];
    if (text === undefined || (text.trim() === '' && option.toggle !== true)) {
      if (!option.required) continue;
      return refused(
        message('refused.missingOption', { option: literal(name), usage: literal(usageOf(command)) }),
      );
    }
    const read = option.read(text, name, known);
    if (!read.ok) return refused(read.problem);
    values[name] = read.value;
  }
  return found(values);
}

/** Whether requests are shown and none is sent. */
export const isDryRun = ({ dryRun }: Pick<Request, 'dryRun'>, options: TypedOptions): boolean =>
  dryRun === true || options['dry-run'] === true;

/** The reason that a request gives; a blank one is none. */
export const reasonOf = ({ reason }: TypedOptions): string | undefined =>
  typeof reason === 'string' && reason !== '' ? reason : undefined;
