// The rules that the subcommands look at: those of the settings file.

import { settingsContext } from '../../app/open.ts';
import type { RuleBook } from '../../automod/reader.ts';
import { message } from '../../i18n/message.ts';
import { faultLine } from '../../settings/fault.ts';
import { DEFAULT_FILE, findSettings } from '../../settings/load.ts';
import { SetupProblem } from '../setup.ts';

/**
 * Reads the rules of a settings file.
 * @param path `undefined`: `marshal.yaml`, if there is one
 * @throws SetupProblem with every fault of the file as `file:line:column message`, or where it has no rules
 */
export async function readRules(path: string | undefined, directory: string): Promise<RuleBook> {
  const file = path ?? DEFAULT_FILE;
  const found = await findSettings(path, { ...settingsContext, directory });
  if (found.kind === 'faulty') throw new SetupProblem(found.faults.map((fault) => faultLine(file, fault)));
  if (found.kind === 'missing') throw new SetupProblem([message('rules.noFile', { file })]);
  return found.settings.rules;
}

/** All rules of a file. */
export const allRules = ({ everywhere, byGroup }: RuleBook) =>
  [everywhere, ...byGroup.values()].flatMap(({ rules }) => rules);
