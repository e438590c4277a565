// eris, which speaks only TLS: through a front before the stand-in.

import { Agent } from 'node:https';
import * as Eris from 'eris';
import { it, onTestFinished } from 'vitest';
import { ManualClock, startService } from '../harness.ts';
import { listed, SHOW, shown, tryCommand, tryMessages } from './scenario.ts';
import { makeCertificate, openFront } from './tls-front.ts';

const certificate = makeCertificate();

it.skipIf(!certificate)('eris, over TLS (skipped where there is no openssl)', async () => {
  if (!certificate) return;
  const front = await openFront(certificate);
  const service = await startService({
    clock: new ManualClock(),
    publicUrl: `https://localhost:${front.port}`,
  });
  front.setTarget(Number(new URL(service.api).port));
  const ca = certificate.cert;
  const client = new Eris.Client(`Bot ${service.token}`, {
    intents: ['guilds', 'guildMembers', 'guildMessages', 'messageContent'],
    rest: { agent: new Agent({ host: '127.0.0.1', port: front.port, servername: 'localhost', ca }) },
    ws: { ca },
    restMode: true,
  });
  onTestFinished(() => client.disconnect({ reconnect: false }));
  client.on('interactionCreate', async (interaction) => {
    if (!(interaction instanceof Eris.CommandInteraction)) return;
    // Of a resolved channel eris keeps only the id.
    const [resolved] = interaction.data.resolved?.channels?.values() ?? [];
    const channel = client.guilds.get(interaction.guildID ?? '')?.channels.get(resolved?.id ?? '');
    const maySee = channel?.permissionsOf(interaction.member?.id ?? '').has('viewChannel');
    await interaction.createMessage(shown(channel?.name ?? '', maySee ?? false));
  });
  client.on('messageCreate', async (message) => {
    const reply = (content: string) =>
      client.createMessage(message.channel.id, { content, messageReference: { messageID: message.id } });
    if (message.content.startsWith('!members ')) {
      const query = message.content.slice(9);
      const members = await client.guilds.get(message.guildID ?? '')?.fetchMembers({ query, limit: 5 });
      await reply(members?.map(({ username }) => username).join(',') ?? '');
    } else if (message.content === '!history') {
      const history = await client.getMessages(message.channel.id, { limit: 3 });
      await reply(listed(history));
    }
  });
  const ready = new Promise<void>((resolve) => client.once('ready', () => resolve()));
  await client.connect();
  await ready;
  await client.createCommand({ ...SHOW, type: 1 } as Eris.ApplicationCommandCreateOptions<false, 1>);
  await tryCommand(service);
  await tryMessages(service);
});
