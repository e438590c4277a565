// The HTTP server: opens on an address and holds rooms, each a fastify plugin with the routes of one purpose.
import { type FastifyPluginAsync, fastify } from 'fastify';
import type { Log } from '../../util/log.ts';

/** A part of the server, such as the receiver of Chat's webhooks. */
export type Room = FastifyPluginAsync;

export interface HttpServer {
  /** Such as `http://127.0.0.1:8787`. */
  readonly address: string;
  /** Answers what is under way and takes nothing more. */
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly rooms: readonly Room[];
  readonly logger: Log;
}

/** Bytes of a body; the largest that is known, the members of a group that was disbanded, are a third of it. */
const LARGEST_BODY = 1_048_576;
/** Longer than clients keep an idle connection, so that none is cut under a request; in milliseconds. */
const KEEP_ALIVE = 72_000;
/** For a whole request to arrive, so that slow ones hold nothing up; in milliseconds. */
const ARRIVAL = 10_000;

/**
 * Opens the server.
 * @throws the system's error when the address cannot be used
 */
export async function openHttpServer({ host, port, rooms, logger }: HttpOptions): Promise<HttpServer> {
  const app = fastify({
    // Requests are not logged: a webhook's query holds its signature, and its path is a secret.
    logger: false,
    bodyLimit: LARGEST_BODY,
    keepAliveTimeout: KEEP_ALIVE,
    requestTimeout: ARRIVAL,
    forceCloseConnections: 'idle',
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ error: 'not found' }));
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    if (status >= 500) logger.error({ err: error }, 'an HTTP request failed inside');
    return reply.code(status).send({ error: status >= 500 ? 'internal error' : wordsOf(error) });
  });
  try {
    for (const room of rooms) await app.register(room);
    return { address: await app.listen({ host, port }), close: () => app.close() };
  } catch (error) {
    await app.close();
    throw error;
  }
}

/** The status of an error that fastify itself found in a request; 500 for a fault of ours. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : 'bad request');
