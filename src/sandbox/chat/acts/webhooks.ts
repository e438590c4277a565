// Sends webhooks as Chat's backend does (pages 34354 and 34355).
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../../util/clock.ts';
import { Agent, request } from '../../../util/undici.ts';
import { Failure } from '../rules/failure.ts';

export interface WebhookTarget {
  readonly url: string;
  /** Authentication token; with it `Sign` and `RequestTime` are added to the URL. */
  readonly token?: string;
  /** What becomes of a message whose before-webhook failed: delivered (Chat's default), or refused with 80003. */
  readonly onFailure?: 'deliver' | 'refuse';
}

/** Where an action came from: a REST call or a user's client. */
export type Platform = 'RESTAPI' | 'Web';

const verdict = z.looseObject({ ErrorCode: z.number(), ErrorInfo: z.string().nullish() });
/** What a receiver answers to a before-webhook. */
export type Verdict = z.output<typeof verdict>;

const proceed: Verdict = { ErrorCode: 0 };
/** Milliseconds (page 34354). */
const TIME_OUT = 2000;

/** The `Sign` of a webhook's URL: it covers neither the body nor other parameters (page 34354). */
export const webhookSign = (token: string, requestTime: number): string =>
  createHash('sha256').update(`${token}${requestTime}`).digest('hex');

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
   * as failed: the action goes on, unless the target says `refuse`.
   *
   * @throws Failure 10016, 80003, or the receiver's own code of 10100 to 10200
   */
  async before(command: string, fields: object, platform: Platform): Promise<Verdict> {
    if (this.#target === undefined) return proceed;
    const answer = await this.#send(this.#target, command, fields, platform);
    if (answer === undefined) {
      if (this.#target?.onFailure === 'refuse') throw new Failure(80003);
      return proceed;
    }
    const code = answer.ErrorCode;
    if (code >= 10100 && code <= 10200) throw new Failure(code, answer.ErrorInfo ?? '');
    const discards = code === 2 && command === 'Group.CallbackBeforeSendMsg';
    if (code !== 0 && !discards) throw new Failure(10016);
    return answer;
  }

  /** Tells the receiver after an action, without waiting. Its answer does not matter. */
  after(command: string, fields: object, platform: Platform): void {
    if (this.#target === undefined) return;
    const sending = this.#send(this.#target, command, fields, platform);
    this.#pending.add(sending);
    // `#send` never rejects.
    void sending.then(() => this.#pending.delete(sending));
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
    platform: Platform,
  ): Promise<Verdict | undefined> {
    const body = JSON.stringify({ CallbackCommand: command, ...fields, EventTime: this.#clock.now() });
    try {
      const answer = await request(this.#urlFor(target, command, platform), {
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

  #urlFor({ url, token }: WebhookTarget, command: string, platform: Platform): string {
    const query = new URLSearchParams({
      SdkAppid: String(this.#sdkAppId),
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '127.0.0.1',
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
