// The HTTP server of `serve` with everything that takes part in Chat's webhooks, as one thing that opens and closes.
import { dirname, join } from 'node:path';
import type { App } from '../app/open.ts';
import { message } from '../i18n/message.ts';
import type { HttpServer } from '../surfaces/http/index.ts';
import type { InGroup } from '../surfaces/ingroup/index.ts';
import { type HttpParts, openHttp } from './http.ts';
import { detailOf, located, SetupProblem } from './setup.ts';

export interface Door {
  readonly isOpen: boolean;
  /** Opens once; does nothing where it is open. @throws SetupProblem when the address or the journal cannot be used */
  open(): Promise<void>;
  /** Resolves when every command that was typed in the group has been answered. */
  settle(): Promise<void>;
  /** Takes no more webhooks, and lets what follows from the last ones finish. */
  close(): Promise<void>;
}

export interface DoorParts extends Omit<HttpParts, 'webhooks'> {
  readonly app: App;
}

export function createDoor(parts: DoorParts): Door {
  let server: HttpServer | null = null;
  let inGroup: InGroup | null = null;
  return {
    get isOpen() {
      return server !== null;
    },
    async open() {
      if (server !== null) return;
      inGroup = await openInGroup(parts);
      const { decide, keep, follow } = inGroup;
      const onFailure = () => parts.app.moderation.settings().onFailure;
      const webhooks = { deciders: [decide], keepers: [keep], followers: [follow], onFailure };
      server = await openHttp({ ...parts, webhooks });
      if (inGroup.hasLeft) await settleCases(parts);
      inGroup.resume();
    },
    settle: async () => inGroup?.settle(),
    async close() {
      await server?.close();
      await inGroup?.close();
    },
  };
}

/** What an earlier run left is settled before its commands are looked at again; where Chat is away, they say so. */
async function settleCases({ app, logger }: DoorParts): Promise<void> {
  try {
    await app.moderation.reconcile();
  } catch (error) {
    logger.warn({ err: error }, 'cases of an earlier run are not settled yet');
  }
}

async function openInGroup({ app, services, config, terminal, logger }: DoorParts): Promise<InGroup> {
  const { createInGroup } = await import('../surfaces/ingroup/index.ts');
  const { chat, moderation, defaultGroup, record, recent } = app;
  try {
    return createInGroup({
      chat,
      moderation,
      settings: moderation.settings,
      onSettled: moderation.onSettled,
      defaultGroup,
      recorded: record.groups,
      recent,
      everywhere: services.sandbox !== null,
      journal: journalOf(config.databaseUrl, terminal.directory),
      clock: Date,
      logger,
    });
  } catch (error) {
    throw new SetupProblem([message('terminal.recordFailed', { detail: detailOf(error) })], { cause: error });
  }
}

/** Beside the record, where that is a file; it belongs to this process alone. */
function journalOf(databaseUrl: string, directory: string): string | null {
  if (databaseUrl === 'sqlite::memory:') return null;
  const file = /^sqlite:(.+)$/.exec(located(databaseUrl, directory))?.[1];
  return join(file === undefined ? join(directory, 'data') : dirname(file), 'ingroup.jsonl');
}
