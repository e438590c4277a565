// What a receiver may change of a message before it is delivered (pages 34364 and 34374).
import { z } from 'zod';
import { messageElement } from '../../../chat/protocol/schemas.ts';
import type { Verdict } from './webhooks.ts';

const rewrite = z.looseObject({
  MsgBody: z.array(messageElement).optional(),
  CloudCustomData: z.string().optional(),
});

interface Content {
  readonly body: readonly unknown[];
  readonly cloudCustomData: string;
}

/** The message with what the receiver's answer replaces. */
export function rewritten<Draft extends Content>(draft: Draft, verdict: Verdict): Draft {
  const { MsgBody, CloudCustomData } = rewrite.safeParse(verdict).data ?? {};
  return {
    ...draft,
    body: MsgBody ?? draft.body,
    cloudCustomData: CloudCustomData ?? draft.cloudCustomData,
  };
}
