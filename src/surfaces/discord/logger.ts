// The log of the Discord surface; an application that attaches the bot may hand in its own.
import type { Log } from '../../util/log.ts';

export type DiscordLogger = Log;
