// Reads one answer of Chat: the envelope with its irregularities, then the call's own fields.
import { z } from 'zod';
import { type AnswerOf, type EndpointName, endpointOf } from '../protocol/endpoints.ts';
import { errorRowOf, type Failure } from '../protocol/errors.ts';

/** The envelope (docs/…/34620): some services leave out a field, so each may be missing. */
const envelope = z.object({
  ActionStatus: z.string().nullish(),
  ErrorCode: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).nullish(),
  ErrorInfo: z.string().nullish().catch(undefined),
  // Each group of `get_group_info` carries its own code and the outer one means nothing (page 34961).
  GroupInfo: z.array(z.unknown()).nullish().catch(undefined),
});

/**
 * Reads the body of an HTTP 200.
 *
 * @returns the answer as its schema cleans it, or why there is none: `code` when Chat refused, `garbled` when
 * the text is not JSON or not what the call documents
 */
export function readAnswer<Name extends EndpointName>(
  name: Name,
  text: string,
): { readonly ok: true; readonly answer: AnswerOf<Name> } | Failure {
  const json = parseJson(text);
  const { data } = envelope.safeParse(json);
  const status = data?.ActionStatus ?? undefined;
  const code = data?.ErrorCode ?? undefined;
  // A proxy's page, or an answer cut short: the next one may be whole.
  if (status === undefined && code === undefined) return garbled('not an answer of Chat', 'yes');

  const succeeded = (code ?? 0) === 0 && (status ?? 'OK') === 'OK';
  const codesPerItem = name === 'get_group_info' && (data?.GroupInfo?.length ?? 0) > 0;
  if (!succeeded && !codesPerItem) return refused(code ?? 0, data?.ErrorInfo ?? '');

  const answer = endpointOf(name).answer.safeParse(json);
  // Chat says that it is done, so asking again brings the same.
  if (!answer.success) return garbled(z.prettifyError(answer.error), 'no');
  // The schema is this endpoint's own; the table's common type has forgotten which.
  return { ok: true, answer: answer.data as AnswerOf<Name> };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is as good as no envelope.
    return undefined;
  }
}

const garbled = (detail: string, retry: Failure['retry']): Failure => ({
  ok: false,
  kind: 'garbled',
  detail,
  retry,
  uncertain: true,
});

function refused(code: number, detail: string): Failure {
  const { retry, uncertain } = errorRowOf(code);
  // FAIL with code 0 contradicts itself, which is no clear refusal.
  return { ok: false, kind: 'code', code, detail, retry, uncertain: uncertain || code === 0 };
}
