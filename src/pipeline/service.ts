// Puts the deps together: one Chat client, the commands, the pipeline. Every surface is handed the result.

import type { Chat } from '../chat/chat.ts';
import type { Command } from '../command/command.ts';
import { createRegistry } from '../command/registry.ts';
import type { Moderation } from '../command/service.ts';
import { commandAliases } from '../i18n/names.ts';
import type { ModerationCase } from '../moderation/cases/case.ts';
import { createGroups } from '../moderation/groups/groups.ts';
import type { RecentMessages } from '../moderation/groups/recent.ts';
import { createSeenMembers } from '../moderation/groups/seen.ts';
import { type CurrentSettings, defaultSettings } from '../moderation/settings.ts';
import type { Clock } from '../util/clock.ts';
import { createKeyedMutex } from '../util/keyed-mutex.ts';
import { createNotifier } from './act/notify.ts';
import { createCompletion } from './completion.ts';
import type { PipelineDeps, Recorder } from './deps.ts';
import { guarded } from './guarded-recorder.ts';
import { createPipeline } from './pipeline.ts';
import { type Expired, expire } from './settle/expire.ts';
import { reconcile } from './settle/reconcile.ts';

export interface ModerationService extends Moderation {
  readonly settings: CurrentSettings;
  /** Settles what ended processes left pending; does nothing where nothing is recorded. */
  reconcile(signal?: AbortSignal): Promise<{ settled: number; pending: number }>;
  /** Ends a case whose time is over. */
  expire(record: ModerationCase): Promise<Expired>;
  /** Calls back with each case that was settled or ended. @returns ends that */
  onSettled(listener: (record: ModerationCase) => void): () => void;
  /** Resolves when everybody who is being told something has been told. */
  settle(): Promise<void>;
}

export interface ModerationDeps {
  /** All commands there are. */
  readonly commands: readonly Command[];
  readonly chat: Chat;
  readonly clock: Clock;
  /** Where webhooks are taken. */
  readonly recent?: RecentMessages;
  /** Without it nothing is recorded, and nothing can be undone. */
  readonly recorder?: Omit<Recorder, 'settled'>;
  /** Without it the defaults hold. */
  readonly settings?: CurrentSettings;
}

/** Whoever made the client and the store closes them, after `settle`. */
export function createModerationService({
  commands,
  chat,
  clock,
  recent,
  recorder,
  settings = () => defaultSettings,
}: ModerationDeps): ModerationService {
  const registry = createRegistry(commands, commandAliases(commands));
  const groups = createGroups(chat, clock);
  const listeners = new Set<(record: ModerationCase) => void>();
  const settled = (record: ModerationCase) => {
    for (const listener of listeners) listener(record);
  };
  const notifier = createNotifier({ chat, logger: recorder?.logger ?? { warn: () => undefined } });
  const deps: PipelineDeps = {
    chat,
    groups,
    seen: createSeenMembers(),
    registry,
    clock,
    ...(recent && { recent }),
    settings,
    recorder: recorder === undefined ? null : guarded({ ...recorder, settled }),
    mutex: createKeyedMutex(),
    notifier,
  };
  return {
    registry,
    settings,
    pipeline: createPipeline(deps),
    completion: createCompletion(deps),
    reconcile: (signal) => reconcile(deps, signal),
    expire: (record) => expire(deps, record),
    onSettled(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settle: () => notifier.settle(),
  };
}
