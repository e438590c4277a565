// The route that serves the files of messages; as on Discord's own file servers, whoever knows an address may read it.

import type { FastifyInstance } from 'fastify';
import { found } from '../../world/directory.ts';
import type { Parts } from '../parts.ts';

interface OfFile {
  Params: { channel: string; attachment: string; name: string };
}

export function attachmentRoute(app: FastifyInstance, { files }: Parts): void {
  app.get<OfFile>('/attachments/:channel/:attachment/:name', ({ params }, reply) => {
    const file = found(files.find(params.channel, params.attachment, params.name), 0);
    return reply.type(file.type || 'application/octet-stream').send(Buffer.from(file.bytes));
  });
}
