// Step 6 of the pipeline: sends the planned changes, and says per target what Chat answered.
import { type Chat, type ChatResult, callOptions, type SentRequest } from '../../chat/chat.ts';
import { type AnswerOf, type EndpointName, endpoints } from '../../chat/protocol/endpoints.ts';
import { type Message, message, type Value } from '../../i18n/message.ts';
import {
  type Change,
  type Covered,
  chainOf,
  type Entry,
  isChange,
  isRefusal,
  isWrite,
  type Refusal,
  type Step,
  shownIn,
  targetsOf,
  type Write,
} from '../../moderation/cases/change.ts';
import { failureOf, type TargetResult } from '../../request/outcome.ts';
import type { Clock } from '../../util/clock.ts';

export interface Applied {
  readonly results: readonly TargetResult[];
  readonly requests: readonly SentRequest[];
}

interface Effects {
  readonly chat: Chat;
  readonly clock: Clock;
  /** Changes the bot's own records. */
  write(step: Write): Promise<TargetResult>;
}

/** Shows what would be sent and sends nothing. */
export function previewSteps(chat: Chat, steps: readonly Step[]): Applied {
  return {
    results: steps.flatMap((step) =>
      isRefusal(step)
        ? [refusedResult(step)]
        : targetsOf(step).flatMap((target) => previewResults(target, step)),
    ),
    requests: steps
      .filter(isChange)
      .flatMap((step) => chainOf(step).map(({ endpoint, body }) => chat.preview(endpoint, body))),
  };
}

/** Sends every change; the results stand in the order of the steps. */
export async function applySteps(
  deps: Effects,
  steps: readonly Step[],
  signal: AbortSignal | undefined,
): Promise<Applied> {
  const applied = await Promise.all(
    steps.map(
      async (step): Promise<Applied> =>
        isChange(step)
          ? applyChain(deps, step, signal)
          : { results: [isWrite(step) ? await deps.write(step) : withoutCall(step)], requests: [] },
    ),
  );
  return {
    results: applied.flatMap((one) => one.results),
    requests: applied.flatMap((one) => one.requests),
  };
}

/** Sends a change and, once every target of it is done, the one that follows. */
async function applyChain(deps: Effects, change: Change, signal: AbortSignal | undefined): Promise<Applied> {
  const answer = await deps.chat.call(change.endpoint, change.body, callOptions(signal));
  const first = settle(change, answer, deps.clock);
  if (change.next === undefined || first.results.some((result) => result.outcome !== 'done')) return first;
  const rest = await applyChain(deps, change.next, signal);
  return {
    // The first half is done: whatever the second said, something may have changed.
    results: rest.results.map((result) =>
      result.outcome === 'failed' ? { ...result, uncertain: true } : result,
    ),
    requests: [...first.requests, ...rest.requests],
  };
}

const withoutCall = (step: Entry | Refusal): TargetResult =>
  isRefusal(step) ? refusedResult(step) : { target: step.target, outcome: 'done', message: step.entered };

const refusedResult = (step: Refusal): TargetResult => ({
  target: step.target,
  outcome: 'refused',
  message: step.refused,
});

function previewResults(target: string, step: Step): readonly TargetResult[] {
  const { message: what = target, lines = [] } = shownIn(step).get(target) ?? {};
  const first = isWrite(step)
    ? message('preview.write', { done: step.done })
    : message('preview.target', { target: what });
  return [first, ...lines].map((line) => ({ target, outcome: 'preview', message: line }));
}

function settle(change: Change, result: ChatResult<AnswerOf<EndpointName>>, clock: Clock): Applied {
  if (!result.ok) {
    const why = failureOf(result.error);
    return {
      results: change.covers.map(({ target }) => ({
        target,
        outcome: 'failed',
        message: message('failed.target', { target, why }),
        ...(result.error.code === undefined ? {} : { code: result.error.code }),
        uncertain: result.error.uncertain,
      })),
      requests: [result.error.request],
    };
  }
  const codes = itemCodes(change, result.answer);
  return {
    results: change.covers.map((covered) =>
      settleTarget(covered, codes?.get(covered.target), codes !== null, result.request, clock),
    ),
    requests: [result.request],
  };
}

function settleTarget(
  { target, done }: Covered,
  code: number | null | undefined,
  perItem: boolean,
  request: SentRequest,
  clock: Clock,
): TargetResult {
  if (!perItem || code === 0) return { target, outcome: 'done', message: fromNow(done, clock) };
  if (code === undefined) {
    return { target, outcome: 'failed', message: message('failed.noItem', { target }), uncertain: true };
  }
  if (code === null) return { target, outcome: 'failed', message: message('failed.item', { target }) };
  const error = { kind: 'code', code, detail: '', uncertain: false, attempts: 1, request } as const;
  const why = failureOf(error);
  return { target, outcome: 'failed', message: message('failed.target', { target, why }), code };
}

/**
 * Per-item codes, where a call answers them: there the envelope's 0 does not mean "done" (pages 34965, 34921).
 * `null`: the item was not done, and no code says why.
 */
function itemCodes(change: Change, answer: unknown): ReadonlyMap<string, number | null> | null {
  if (change.endpoint === 'group_msg_recall') {
    const list = endpoints.group_msg_recall.answer.safeParse(answer).data?.RecallRetList ?? [];
    return new Map(list.map((item) => [String(item.MsgSeq), item.RetCode]));
  }
  if (change.endpoint === 'add_group_member') {
    const list = endpoints.add_group_member.answer.safeParse(answer).data?.MemberList ?? [];
    // 1 added, 2 a member already; 0 failed, 3 waits for somebody's consent.
    return new Map(list.map((item) => [item.Member_Account, [1, 2].includes(item.Result) ? 0 : null]));
  }
  return null;
}

/** Chat counts durations from the moment it accepts the change: only now is the end known. */
function fromNow(done: Message, clock: Clock): Message {
  const until = done.values?.until;
  if (!isCountdown(until)) return done;
  return {
    ...done,
    values: { ...done.values, until: { at: Math.round(clock.now() / 1_000) + until.seconds } },
  };
}

const isCountdown = (value: Value | undefined): value is { seconds: number } =>
  typeof value === 'object' && 'seconds' in value;
