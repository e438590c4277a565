// The doctor's look at Chat's webhooks: what is set, whether the running server takes one, what the console must hold.

import type { Config } from '../../app/config.ts';
import { webhookSign } from '../../chat/protocol/webhooks/index.ts';
import { literal, message } from '../../i18n/message.ts';
import { request } from '../../util/undici/undici.ts';
import { addressOf, DEFAULT_PORT, freshSecret } from '../http.ts';
import { detailOf } from '../setup.ts';
import { type Check, failed, note, ok, warning } from './check.ts';

/** Milliseconds to wait for the server; Chat itself waits two seconds. */
const PATIENCE = 5_000;
/** A command that no version of Chat has: every receiver answers it with OK. */
const PROBE = 'ChatMarshal.CallbackAfterDoctor';
/** Of an answer that is no webhook's, so much is shown. */
const SHOWN = 200;

/** Posts one signed webhook that means nothing to the configured server, and changes nothing. */
export async function checkWebhooks(config: Config, stop: AbortSignal): Promise<readonly Check[]> {
  const { chat, webhooks, http } = config;
  const { token, path } = webhooks;
  if (chat === null) return [];
  const missing = [...(token === undefined ? [noToken] : []), ...(path === undefined ? [noPath()] : [])];
  if (token === undefined || path === undefined) {
    // Nobody who wants no commands in the group is to be bothered.
    return token === undefined && path === undefined ? missing.map(asNote) : missing;
  }
  const base = http.publicUrl ?? addressOf(http, http.port ?? DEFAULT_PORT);
  const url = literal(`${base}/webhooks/chat/<CHAT_WEBHOOK_PATH>`);
  const answered = await probe(`${base}/webhooks/chat/${path}`, {
    sdkAppId: chat.sdkAppId,
    token,
    base,
    stop,
  });
  return [answered, note(message('doctor.webhookConsole', { url }))];
}

const noToken = warning(message('doctor.noWebhookToken'), message('doctor.mend.webhookToken'));

function noPath(): Check {
  const path = literal(freshSecret());
  return warning(message('doctor.webhookPath', { path }), message('doctor.mend.webhookPath', { path }));
}

const asNote = (check: Check): Check => ({ ...check, status: 'note' });

interface Probe {
  readonly sdkAppId: number;
  readonly token: string;
  readonly base: string;
  readonly stop: AbortSignal;
}

async function probe(url: string, { sdkAppId, token, base, stop }: Probe): Promise<Check> {
  const requestTime = Math.floor(Date.now() / 1_000);
  const query = new URLSearchParams({
    SdkAppid: String(sdkAppId),
    CallbackCommand: PROBE,
    contenttype: 'json',
    ClientIP: '127.0.0.1',
    OptPlatform: 'RESTAPI',
    Sign: webhookSign(token, requestTime),
    RequestTime: String(requestTime),
  });
  const address = literal(base);
  try {
    const { statusCode, body } = await request(`${url}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ CallbackCommand: PROBE }),
      signal: AbortSignal.any([stop, AbortSignal.timeout(PATIENCE)]),
    });
    const answer = (await body.text()).slice(0, SHOWN);
    return statusCode === 200
      ? ok(message('doctor.webhookAnswered', { address, answer }))
      : failed(
          message('doctor.webhookRefused', { address, status: literal(String(statusCode)), answer }),
          message('doctor.mend.webhookSame'),
        );
  } catch (error) {
    return warning(
      message('doctor.webhookUnreached', { address, detail: detailOf(error) }),
      message('doctor.mend.webhookServer'),
    );
  }
}
