// A request: the one value that every surface hands to the pipeline.
import type { Actor } from '../moderation/actor.ts';

/** Options as typed, by name, before anybody read them. */
export type RawOptions = Readonly<Record<string, string>>;

export interface Request {
  readonly actor: Actor;
  /** Command name without the slash. */
  readonly command: string;
  /** The command's own options and the common ones: `reason`, `group`, `dry-run`. */
  readonly options: RawOptions;
  /** Group to act on where the options name none: the one that the place is linked to, or the configured one. */
  readonly defaultGroup?: string;
  /** Show the requests and send none. */
  readonly dryRun?: boolean;
  /**
   * Chat account of a mentioned Discord user; `null` when there is none.
   * Only a surface on which people mention Discord users hands it in.
   */
  accountOfMention?(userId: string): Promise<string | null>;
  readonly signal?: AbortSignal;
}
