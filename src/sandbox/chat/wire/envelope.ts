// The envelope around every answer, with the irregularities that single services are known for (page 34620).
import type { EndpointName } from '../../../chat/protocol/endpoints.ts';
import type { Answer } from '../rules/call.ts';
import { Failure } from '../rules/failure.ts';

/** Largest answer, in bytes; beyond it Chat asks for paging. */
const MAX_ANSWER_BYTES = 1_048_576;

/** An answer as it goes over the wire, and its code for the log. */
export interface Sealed {
  readonly code: number;
  readonly text: string;
}

/** Wraps the fields of a success. @throws Failure 10018 when the answer is over 1 MB */
export function seal(name: EndpointName, service: string, answer: Answer): Sealed {
  const envelope = {
    // The samples of these services have none (pages 34923 and 34924).
    ...(service !== 'openconfigsvr' && { ActionStatus: 'OK' }),
    // The page's sample of this call has none.
    ...(name !== 'get_group_muted_account' && { ErrorInfo: '' }),
    ErrorCode: 0,
  };
  const text = JSON.stringify({ ...envelope, ...extras(service), ...answer });
  if (Buffer.byteLength(text) > MAX_ANSWER_BYTES) throw new Failure(10018);
  return { code: 0, text };
}

export function sealFailure(service: string, { code, message }: Failure): Sealed {
  const envelope = {
    ...(service !== 'openconfigsvr' && { ActionStatus: 'FAIL' }),
    ...{ ErrorCode: code, ErrorInfo: message },
  };
  return { code, text: JSON.stringify({ ...envelope, ...extras(service) }) };
}

function extras(service: string): Answer {
  if (service === 'profile') return { ErrorDisplay: '' };
  if (service === 'group_open_avchatroom_http_svc') return { RequestId: 'Id-sandbox' };
  return {};
}
