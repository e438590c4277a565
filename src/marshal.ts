// Puts the parts together: one Chat client, the commands, the pipeline. Every surface is handed the result.
import { commands } from '../commands/index.ts';
import type { Chat } from './chat/chat.ts';
import { type Completion, createCompletion } from './command/completion.ts';
import { createPipeline, type Pipeline } from './command/pipeline.ts';
import { reconcile } from './command/reconcile.ts';
import type { Recorder } from './command/record.ts';
import { createRegistry, type Registry } from './command/registry.ts';
import { commandAliases } from './i18n/names.ts';
import { type Clock, createGroups } from './moderation/groups.ts';

export interface Marshal {
  readonly registry: Registry;
  readonly pipeline: Pipeline;
  readonly completion: Completion;
  /** Settles what a stopped program left pending; does nothing where nothing is recorded. */
  reconcile(): Promise<{ settled: number; pending: number }>;
}

/** Whoever made the client and the store closes them. Without a recorder nothing is recorded, and nothing can be undone. */
export function createMarshal(parts: {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly recorder?: Recorder;
}): Marshal {
  const { chat, clock, recorder = null } = parts;
  const registry = createRegistry(commands, commandAliases(commands));
  const groups = createGroups(chat, clock);
  return {
    registry,
    pipeline: createPipeline({ chat, groups, registry, clock, recorder }),
    completion: createCompletion({ chat, groups, registry, clock }),
    reconcile: async () =>
      recorder === null ? { settled: 0, pending: 0 } : reconcile({ chat, groups, registry, clock, recorder }),
  };
}
