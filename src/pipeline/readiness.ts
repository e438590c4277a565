// Holds commands back until the program may take them; whoever must not ask yet is told why.

import type { Completion, Pipeline } from '../command/service.ts';
import type { Message } from '../i18n/message.ts';
import { refusal } from '../request/outcome.ts';

interface Taking {
  readonly pipeline: Pipeline;
  readonly completion: Completion;
}

/**
 * The same, behind a gate that each request waits for.
 * @param refused resolves to why nothing is taken now; `null` lets the request through
 */
export const onceReady = <Held extends Taking>(held: Held, refused: () => Promise<Message | null>): Held => ({
  ...held,
  pipeline: {
    async handle(request) {
      const why = await refused();
      return why === null ? held.pipeline.handle(request) : refusal(request.command, why);
    },
  },
  completion: {
    suggest: async (request) => ((await refused()) === null ? held.completion.suggest(request) : []),
  },
});
