// The least way to call Chat: signed once, no pacing, nothing repeated, no schema.
import { signUserSig } from '../../src/chat/protocol/usersig.ts';
import { Pool } from '../../src/util/undici/undici.ts';
import { settings } from './settings.ts';

/** What the bots read of an answer. */
interface Answer {
  readonly ErrorCode?: number;
  readonly MemberList?: readonly { readonly Role?: string }[];
}

const { baseUrl, sdkAppId, secretKey } = settings.chat;
const identifier = 'administrator';
const userSig = signUserSig({
  sdkAppId,
  secretKey,
  identifier,
  issuedAt: Math.floor(Date.now() / 1_000),
  expire: 86_400,
});
const query = `sdkappid=${sdkAppId}&identifier=${identifier}&usersig=${userSig}&random=1&contenttype=json`;
const pool = new Pool(baseUrl, { connections: 50, pipelining: 1 });

export async function call(command: string, body: object): Promise<Answer> {
  const path = `/v4/group_open_http_svc/${command}?${query}`;
  const headers = { 'content-type': 'application/json' };
  const response = await pool.request({ method: 'POST', path, headers, body: JSON.stringify(body) });
  // A bot of the bench takes the stand-in at its word.
  return (await response.body.json()) as Answer;
}
