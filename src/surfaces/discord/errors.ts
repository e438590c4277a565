// What went wrong between us and Discord, without the interaction tokens that its addresses hold.

/** What a log may say of a failed call to Discord. */
export interface DiscordFailure {
  readonly name: string;
  readonly message: string;
  /** Discord's JSON error code, or the system's (`ECONNRESET`). */
  readonly code?: string | number;
  /** HTTP status. */
  readonly status?: number;
}

/**
 * Unknown interaction, token expired: nothing more can be said to this interaction
 * (docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
const GONE: readonly unknown[] = [10062, 50027];

/** A member, or a user, that Discord does not know. */
const NOBODY: readonly unknown[] = [10007, 10013];

/** Describes anything that was thrown; of discord.js's errors, neither the address nor the body. */
export function describe(error: unknown): DiscordFailure {
  if (!(error instanceof Error)) return { name: 'Unknown', message: String(error) };
  const { code, status } = numbersOf(error);
  return {
    name: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
  };
}

/** Whether the interaction cannot be answered any more. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && GONE.includes(numbersOf(error).code);

/** Whether Discord says that there is no such person. */
export const isNobody = (error: unknown): boolean =>
  error instanceof Error && NOBODY.includes(numbersOf(error).code);

/** A host application may bring a discord.js of its own, so its classes are not compared. */
function numbersOf(error: Error): { code?: string | number; status?: number } {
  const code = 'code' in error ? error.code : undefined;
  const status = 'status' in error ? error.status : undefined;
  return {
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  };
}
