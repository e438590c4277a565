// Routes that register application commands, for all guilds or for one.
// https://docs.discord.com/developers/interactions/application-commands#endpoints

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { discordError } from '../../wire/errors.ts';
import { flag, readQuery } from '../../wire/query.ts';
import type { CommandScope, RegisteredCommand } from '../../world/commands.ts';
import { found } from '../../world/directory.ts';
import { uploadOf } from '../http.ts';
import type { Parts } from '../parts.ts';

interface Scoped {
  Params: { application: string; guild?: string };
}

interface OfCommand {
  Params: { application: string; guild?: string; command: string };
}

const listQuery = z.object({ with_localizations: flag });

export function commandRoutes(app: FastifyInstance, parts: Parts): void {
  const { guild, application } = parts.directory.world;
  app.addHook<Scoped>('preHandler', async ({ params }) => {
    if (params.application !== application.id) throw discordError(20012);
    if (params.guild !== undefined && params.guild !== guild.id) throw discordError(50001);
  });
  scopeRoutes(app, '/applications/:application/commands', parts.globalCommands);
  scopeRoutes(app, '/applications/:application/guilds/:guild/commands', parts.guildCommands);
  permissionRoutes(app, parts);
}

/** Read only: Discord lets no bot token change them. */
function permissionRoutes(app: FastifyInstance, parts: Parts): void {
  const { commandPermissions, directory, guildCommands, globalCommands } = parts;
  const path = '/applications/:application/guilds/:guild/commands';
  const exists = (wanted: string) =>
    wanted === directory.world.application.id ||
    [...guildCommands.list(), ...globalCommands.list()].some(({ id }) => id === wanted);
  app.get(`${path}/permissions`, () => commandPermissions.list().filter(({ id }) => exists(id)));
  app.get<OfCommand>(`${path}/:command/permissions`, ({ params: { command } }) => {
    if (!exists(command)) throw discordError(10063);
    return found(commandPermissions.find(command), 10066);
  });
}

function scopeRoutes(app: FastifyInstance, path: string, scope: CommandScope): void {
  app.get<Scoped>(path, ({ query }) => {
    const { with_localizations: isFull } = readQuery(listQuery, query);
    return isFull ? scope.list() : scope.list().map(withoutLocalizations);
  });
  app.put<Scoped>(path, (request) => scope.replaceAll(uploadOf(request.body).json));
  app.post<Scoped>(path, (request, reply) => {
    const { command, isNew } = scope.upsert(uploadOf(request.body).json);
    return reply.code(isNew ? 201 : 200).send(command);
  });
  app.get<OfCommand>(`${path}/:command`, ({ params }) => scope.get(params.command));
  app.patch<OfCommand>(`${path}/:command`, (request) =>
    scope.edit(request.params.command, uploadOf(request.body).json),
  );
  app.delete<OfCommand>(`${path}/:command`, ({ params }, reply) => {
    scope.remove(params.command);
    return reply.code(204).send();
  });
}

/** Lists leave the localizations of the command itself out unless they are asked for. */
function withoutLocalizations(command: RegisteredCommand): Partial<RegisteredCommand> {
  const { name_localizations: _names, description_localizations: _descriptions, ...rest } = command;
  return rest;
}
