// Sends webhooks as Chat's backend does (pages 34354 and 34355).
import { z } from 'zod';
import {
  type BeforeCommand,
  customCodes,
  type WebhookCommand,
  webhookSign,
} from '../../../chat/protocol/webhooks/index.ts';
import type { Clock } from '../../../util/clock.ts';
import { Agent, request } from '../../../util/undici/undici.ts';
import { Failure } from '../rules/failure.ts';
import type { Platform } from '../world/place.ts';

export interface WebhookTarget {
  readonly url: string;
  /** Authentication token; with it `Sign` and `RequestTime` are added to the URL. */
  readonly token?: string;
  /** What becomes of a message whose before-webhook failed: delivered (Chat's default), or refused with 80003. */
  readonly onFailure?: 'deliver' | 'refuse';
  /** The only events that are switched on, by `CallbackCommand`; all of them unless told. */
  readonly commands?: readonly WebhookCommand[];
}

/** Where an action came from, as the URL of a webhook tells. */
export interface Source {
  readonly platform: Platform;
  /** `127.0.0.1` unless told. */
  readonly clientIp?: string | undefined;
}

/** What the answers to the before-webhooks of one family mean (pages 34364 and 34374). */
interface AnswerCodes {
  /** The receiver's own codes, handed to the sender as they are. */
  readonly own: readonly [number, number];
  /** For any other refusal. */
  readonly refused: number;
}
const groupCodes: AnswerCodes = { own: customCodes.group, refused: 10016 };
const oneToOneCodes: AnswerCodes = { own: customCodes.oneToOne, refused: 20006 };
const codesOf = (command: string): AnswerCodes => (command.startsWith('C2C.') ? oneToOneCodes : groupCodes);

/** Those that may discard in silence, and that the console can make to refuse when they fail. */
const isMessage = (command: string): boolean => command.endsWith('.CallbackBeforeSendMsg');

const verdict = z.looseObject({ ErrorCode: z.number(), ErrorInfo: z.string().nullish() });
/** What a receiver answers to a before-webhook. */
export type Verdict = z.output<typeof verdict>;

const proceed: Verdict = { ErrorCode: 0 };
/** Milliseconds (page 34354). */
const TIME_OUT = 2000;

export class Webhooks {
  readonly #sdkAppId: number;
  readonly #clock: Clock;
  readonly #agent = new Agent();
  readonly #pending = new Set<Promise<unknown>>();
  #target: WebhookTarget | undefined;

  constructor(sdkAppId: number, clock: Clock, target: WebhookTarget | undefined) {
    this.#sdkAppId = sdkAppId;
    this.#clock = clock;
    this.#target = target;
  }

  /** Sends webhooks there from now on, or nowhere. */
  setTarget(target: WebhookTarget | undefined): void {
    this.#target = target;
  }

  /**
   * Asks the receiver before an action. No answer within 2 s, a status other than 200 or anything but JSON counts
   * as failed: the action goes on, unless it is a message and the target says `refuse`.
   *
   * @returns its answer; `ErrorCode` 2 means that a message is to be discarded in silence
   * @throws Failure 10016 (20006 one-to-one), 80003, or the receiver's own code: 10100 to 10200, 120001 to 130000
   */
  async before(command: BeforeCommand, fields: object, source: Source): Promise<Verdict> {
    const target = this.#targetFor(command);
    if (target === undefined) return proceed;
    const answer = await this.#send(target, command, fields, source);
    if (answer === undefined) {
      if (target.onFailure === 'refuse' && isMessage(command)) throw new Failure(80003);
      return proceed;
    }
    const { own, refused } = codesOf(command);
    const code = answer.ErrorCode;
    if (code >= own[0] && code <= own[1]) throw new Failure(code, answer.ErrorInfo ?? '');
    const discards = code === 2 && isMessage(command);
    if (code !== 0 && !discards) throw new Failure(refused);
    return answer;
  }

  /** Tells the receiver after an action, without waiting. Its answer does not matter. */
  after(command: Exclude<WebhookCommand, BeforeCommand>, fields: object, source: Source): void {
    const target = this.#targetFor(command);
    if (target === undefined) return;
    const sending = this.#send(target, command, fields, source);
    this.#pending.add(sending);
    // `#send` never rejects.
    void sending.then(() => this.#pending.delete(sending));
  }

  /** Where an event goes; nowhere when it is switched off. */
  #targetFor(command: WebhookCommand): WebhookTarget | undefined {
    return this.#target?.commands?.includes(command) === false ? undefined : this.#target;
  }

  /** Resolves when every webhook sent so far has been answered or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    this.#target = undefined;
    await this.#agent.destroy();
  }

  /** @returns undefined when the webhook failed in any way */
  async #send(
    target: WebhookTarget,
    command: string,
    fields: object,
    source: Source,
  ): Promise<Verdict | undefined> {
    const body = JSON.stringify({ CallbackCommand: command, ...fields, EventTime: this.#clock.now() });
    try {
      const answer = await request(this.#urlFor(target, command, source), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(TIME_OUT),
      });
      const text = await answer.body.text();
      return answer.statusCode === 200 ? verdict.safeParse(JSON.parse(text)).data : undefined;
    } catch {
      // Unreachable, too slow or no JSON: to Chat all the same, a failed webhook.
      return undefined;
    }
  }

  #urlFor({ url, token }: WebhookTarget, command: string, { platform, clientIp }: Source): string {
    const query = new URLSearchParams({
      SdkAppid: String(this.#sdkAppId),
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: clientIp ?? '127.0.0.1',
      OptPlatform: platform,
    });
    if (token !== undefined) {
      const requestTime = Math.floor(this.#clock.now() / 1000);
      query.set('Sign', webhookSign(token, requestTime));
      query.set('RequestTime', String(requestTime));
    }
    return `${url}${url.includes('?') ? '&' : '?'}${query}`;
  }
}
