// From Discord users to Chat accounts, by the template of the configuration.
import { Routes } from 'discord.js';
import { z } from 'zod';
import { isNobody } from '../errors.ts';

export interface DiscordUser {
  readonly id: string;
  readonly username: string;
}

/** The part of discord.js's REST client that looks members up. */
export interface Rest {
  get(route: `/${string}`): Promise<unknown>;
}

const guildMember = z.object({ user: z.object({ id: z.string(), username: z.string() }) });

/** The Chat account of a Discord user. @param template may hold `{id}` and `{username}` */
export const accountOf = (template: string, user: DiscordUser): string =>
  template.replaceAll('{id}', user.id).replaceAll('{username}', user.username);

/**
 * Looks up the Chat account of somebody who was mentioned; Discord is asked only where the template needs the name.
 *
 * @param known users that the interaction itself describes
 * @returns `null` for somebody who is not in the server
 * @throws discord.js's error when Discord cannot be asked
 */
export async function accountOfMention(
  { rest, guildId, template }: { rest: Rest; guildId: string; template: string },
  userId: string,
  known: readonly DiscordUser[],
): Promise<string | null> {
  const user = known.find((one) => one.id === userId);
  if (user !== undefined) return accountOf(template, user);
  if (!template.includes('{username}')) return accountOf(template, { id: userId, username: '' });
  try {
    return accountOf(template, guildMember.parse(await rest.get(Routes.guildMember(guildId, userId))).user);
  } catch (error) {
    if (isNobody(error)) return null;
    throw error;
  }
}
