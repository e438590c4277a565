// A fault of our own, as every surface answers it: a reference in the reply, and under it the whole story in the log.
import { randomUUID } from 'node:crypto';
import { literal, message } from '../i18n/message.ts';
import type { Outcome } from '../request/outcome.ts';

/** Logs the error. @returns what the asker is told */
export function internalFailure(
  logger: { error(fields: object, text: string): void },
  command: string,
  error: unknown,
): Outcome {
  const reference = randomUUID().slice(0, 8);
  logger.error({ err: error, reference, command }, 'a command failed inside');
  return {
    kind: 'failed',
    command,
    message: message('failed.internal', { reference: literal(reference) }),
    results: [],
    requests: [],
  };
}
