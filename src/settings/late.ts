// Settings for a program that starts before they are read: until they are right, it is told that they are not in force.

import { defaultSettings } from '../moderation/settings.ts';
import { pause } from '../util/pause.ts';
import { type OpenSettings, openSettings, type SettingsParts } from './file.ts';
import type { SettingsWith } from './read.ts';

export interface LateSettings<Rules> {
  /** The defaults until the file's own are in force. */
  readonly current: () => SettingsWith<Rules>;
  /** Waits for the first reading. @returns whether the file's settings are in force by then */
  areInForce(): Promise<boolean>;
  /** Resolves once the file's settings are in force; never where the file stays faulty. */
  readonly inForce: Promise<void>;
  /** Ends reading and watching. May be called again. */
  close(): Promise<void>;
}

/** When a faulty file is read again, in milliseconds. */
const AGAIN_AFTER = 1_000;

/** Opens a settings file, and tries again for as long as it cannot be used. What is wrong with it is logged once. */
export function openLate<Rules>(path: string, deps: SettingsParts<Rules>): LateSettings<Rules> {
  const { logger } = deps;
  const closing = new AbortController();
  const first = Promise.withResolvers<void>();
  const right = Promise.withResolvers<void>();
  let opened: OpenSettings<Rules> | null = null;

  async function open(): Promise<void> {
    let told = '';
    while (opened === null && !closing.signal.aborted) {
      try {
        opened = await openSettings(path, deps);
        right.resolve();
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error);
        if (problem !== told) {
          logger.error(
            { file: path, problem },
            'the settings cannot be used; commands are refused until they are right',
          );
        }
        told = problem;
      }
      first.resolve();
      if (opened === null) await pause(AGAIN_AFTER, closing.signal);
    }
  }
  const opening = open();

  return {
    current: () => (opened === null ? { ...defaultSettings, rules: deps.rules.none } : opened.current()),
    async areInForce() {
      await first.promise;
      return opened !== null;
    },
    inForce: right.promise,
    async close() {
      closing.abort();
      await opening;
      await opened?.close();
    },
  };
}
