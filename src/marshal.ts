// Puts the parts together: one Chat client, the commands, the pipeline. Every surface is handed the result.
import { commands } from '../commands/index.ts';
import type { Chat } from './chat/chat.ts';
import { type Completion, createCompletion } from './command/completion.ts';
import { createPipeline, type Pipeline } from './command/pipeline.ts';
import { createRegistry, type Registry } from './command/registry.ts';
import { commandAliases } from './i18n/names.ts';
import { type Clock, createGroups } from './moderation/groups.ts';

export interface Marshal {
  readonly registry: Registry;
  readonly pipeline: Pipeline;
  readonly completion: Completion;
}

/** @param chat the client; whoever made it closes it */
export function createMarshal({ chat, clock }: { readonly chat: Chat; readonly clock: Clock }): Marshal {
  const registry = createRegistry(commands, commandAliases(commands));
  const groups = createGroups(chat, clock);
  return {
    registry,
    pipeline: createPipeline({ chat, groups, registry, clock }),
    completion: createCompletion({ chat, groups, registry, clock }),
  };
}
