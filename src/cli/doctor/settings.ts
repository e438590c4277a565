// The doctor's look at the settings file: every fault of it, with its place.

import { message } from '../../i18n/message.ts';
import { faultLine } from '../../settings/fault.ts';
import { DEFAULT_FILE, findSettings } from '../../settings/load.ts';
import type { SettingsContext } from '../../settings/read.ts';
import { type Check, failed, note, ok } from './check.ts';

/** @param path the file that was asked for; `undefined`: `marshal.yaml`, if there is one */
export async function checkSettings(
  path: string | undefined,
  context: SettingsContext<unknown>,
  directory: string,
): Promise<readonly Check[]> {
  const file = path ?? DEFAULT_FILE;
  const found = await findSettings(path, { ...context, directory });
  if (found.kind === 'faulty') return found.faults.map((fault) => failed(faultLine(file, fault)));
  const about = { file };
  return [
    found.kind === 'missing'
      ? note(message('doctor.noSettings', about))
      : ok(message('doctor.settings', about)),
  ];
}
