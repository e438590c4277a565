// slash-create: commands alone, over the gateway of another library or, as here, over signed HTTP.

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import {
  type CommandContext,
  CommandOptionType,
  GenericServer,
  SlashCommand,
  SlashCreator,
} from 'slash-create';
import { expect, it, onTestFinished } from 'vitest';
import { ManualClock, startService } from '../harness.ts';
import { SHOW, shown, tryCommand, VIEW_CHANNEL } from './scenario.ts';

class Show extends SlashCommand {
  constructor(creator: SlashCreator) {
    const option = {
      type: CommandOptionType.CHANNEL,
      name: 'channel',
      description: 'Which',
      required: true,
    } as const;
    super(creator, { name: SHOW.name, description: SHOW.description, options: [option] });
  }

  override async run(context: CommandContext) {
    const channel = context.channels.get(context.options.channel);
    return shown(channel?.name ?? '', Boolean(BigInt(channel?.permissions?.bitfield ?? 0) & VIEW_CHANNEL));
  }
}

/** The server of the library takes and gives the web's own requests and responses. */
async function listen(server: GenericServer): Promise<string> {
  const http = createServer(async (request, response) => {
    const answer = await server.endpoint(await toWeb(request));
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void http.close());
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}/interactions`;
}

async function toWeb(request: IncomingMessage): Promise<Request> {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  return new Request('http://127.0.0.1/interactions', { method: 'POST', headers, body: await text(request) });
}

it('slash-create, over signed HTTP', async () => {
  const service = await startService({ clock: new ManualClock() });
  const creator = new SlashCreator({
    applicationID: service.applicationId,
    publicKey: service.publicKey,
    token: service.token,
    client: undefined,
    rest: { baseURL: `${service.api}/v8` },
  });
  const server = new GenericServer();
  creator.withServer(server).registerCommand(Show);
  await creator.syncCommands();
  expect(service.commands()).toMatchObject([{ name: 'show' }]);
  await service.setInteractionsEndpoint(await listen(server));
  await tryCommand(service);
});
