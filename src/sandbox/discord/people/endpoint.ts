// The bot's interactions endpoint: interactions are signed and posted to it, in place of the gateway.
// https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint

import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { InteractionResponseType as Answer, InteractionType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { readBody, type Upload } from '../wire/body.ts';
import { invalidForm } from '../wire/errors.ts';
import type { Snowflakes } from '../world/ids.ts';

const pongForm = z.object({ type: z.literal(Answer.Pong) });

/** How long Discord waits for the answer to one request. */
const ANSWER_WITHIN_MS = 3_000;
const USER_AGENT = 'Discord-Interactions/1.0 (+https://discord.com)';

/** What an endpoint said to one interaction: an answer, nothing (it answers over REST), or why it failed. */
export type Delivered =
  | { readonly kind: 'answer'; readonly upload: Upload }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly reason: string };

/** The endpoint, where the bot has one. */
export class Endpoint {
  /** The application's public key, in hexadecimal: what bots check signatures by. */
  readonly publicKey: string;
  readonly #privateKey: KeyObject;
  readonly #applicationId: string;
  readonly #ids: Snowflakes;
  readonly #clock: Clock;
  #url: string | undefined;

  constructor(applicationId: string, ids: Snowflakes, clock: Clock) {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    this.publicKey = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex');
    this.#privateKey = privateKey;
    this.#applicationId = applicationId;
    this.#ids = ids;
    this.#clock = clock;
  }

  /** Where interactions are posted to; undefined while they go over the gateway. */
  get url(): string | undefined {
    return this.#url;
  }

  /**
   * Sets or removes the endpoint. As Discord does, it first sends a PING, which must be answered by a PONG, and one
   * with a false signature, which must be answered by 401.
   * @throws DiscordError 50035 saying which of the two went wrong
   */
  async set(url: string | undefined): Promise<void> {
    if (url !== undefined) await this.#prove(url);
    this.#url = url;
  }

  /** Posts an interaction. Never rejects. */
  async deliver(url: string, interaction: object): Promise<Delivered> {
    const text = JSON.stringify(interaction);
    try {
      const response = await this.#post(url, text, this.#signature(text));
      if (!response.ok) return failed(`The endpoint answered ${response.status}.`);
      const contentType = response.headers.get('content-type') ?? '';
      const upload = await readBody(contentType, Buffer.from(await response.arrayBuffer()));
      return upload.json === undefined ? { kind: 'nothing' } : { kind: 'answer', upload };
    } catch (error) {
      return failed(reasonOf(error));
    }
  }

  async #prove(url: string): Promise<void> {
    const text = JSON.stringify({
      id: this.#ids.next(),
      application_id: this.#applicationId,
      type: InteractionType.Ping,
      token: 'ping',
      version: 1,
      user: null,
      entitlements: [],
    });
    const forged = this.#signature(`${text} `);
    try {
      const pong = await this.#post(url, text, this.#signature(text));
      const answer = pongForm.safeParse(pong.ok ? await pong.json() : undefined);
      if (!answer.success) {
        refuse(`It answered ${pong.status} to a PING, where 200 and {"type": 1} are wanted.`);
      }
      const { status } = await this.#post(url, text, forged);
      if (status !== 401) refuse(`It answered ${status} to a false signature, where 401 is wanted.`);
    } catch (error) {
      // What `refuse` throws is the answer already.
      if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) {
        refuse(reasonOf(error));
      }
      throw error;
    }
  }

  #signature(text: string): Record<string, string> {
    const timestamp = Math.floor(this.#clock.now() / 1000).toString();
    const signature = sign(null, Buffer.from(timestamp + text), this.#privateKey).toString('hex');
    return { 'x-signature-ed25519': signature, 'x-signature-timestamp': timestamp };
  }

  #post(url: string, body: string, signature: Record<string, string>): Promise<Response> {
    const headers = { 'content-type': 'application/json', 'user-agent': USER_AGENT, ...signature };
    return fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  }
}

function refuse(why: string): never {
  const message = `The specified interactions endpoint url could not be verified. ${why}`;
  const code = 'APPLICATION_INTERACTIONS_ENDPOINT_URL_INVALID';
  throw invalidForm([{ path: ['interactions_endpoint_url'], code, message }]);
}

function failed(reason: string): Delivered {
  return { kind: 'failed', reason };
}

/** fetch names what happened only in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
