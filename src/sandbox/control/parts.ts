// What the control acts on.
import type { ChatService } from '../chat/index.ts';
import type { SandboxLogger } from '../chat/wire/service.ts';
import type { MovableClock } from '../clock.ts';
import type { DiscordService } from '../discord/index.ts';

export interface ControlParts {
  readonly chat: ChatService;
  readonly clock: MovableClock;
  readonly discord?: DiscordService | undefined;
  readonly admins: readonly string[];
  readonly logger?: SandboxLogger | undefined;
  /** Writes the world to its file; absent where there is none. @returns the file's path */
  readonly save?: (() => Promise<string>) | undefined;
}
