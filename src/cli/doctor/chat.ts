// The doctor's look at Chat: can it be reached, does it know us, is the configured group there.

import type { ChatConfig } from '../../app/config.ts';
import type { Logger } from '../../app/logger.ts';
import type { Chat, ChatError } from '../../chat/chat.ts';
import { createChatClient } from '../../chat/client/client.ts';
import { describeChatError } from '../../chat/protocol/errors.ts';
import { literal, type Message, message } from '../../i18n/message.ts';
import { groupLabel } from '../../moderation/groups/facts.ts';
import { createGroups } from '../../moderation/groups/groups.ts';
import { failureOf } from '../../request/outcome.ts';
import { type Check, failed, note, ok } from './check.ts';

/** Reads twice and changes nothing. */
export async function checkChat(
  config: ChatConfig,
  logger: Logger,
  stop: AbortSignal,
): Promise<readonly Check[]> {
  // Somebody waits: one more try is enough.
  const chat = createChatClient({ ...config, logger, retries: { count: 1 } });
  try {
    const account = await chat.call(
      'account_check',
      { CheckItem: [{ UserID: config.admin }] },
      { signal: stop },
    );
    if (!account.ok)
      return [
        failed(
          message('doctor.chatFailed', { why: failureOf(account.error) }),
          remedyFor(account.error, config),
        ),
      ];
    const reached = ok(message('doctor.chat', { admin: config.admin, address: config.baseUrl }));
    return [reached, await checkGroup(chat, config, stop)];
  } finally {
    await chat.close();
  }
}

/** What the sentence about the failure does not say itself: the values in use. */
function remedyFor(error: ChatError, { baseUrl, sdkAppId, admin }: ChatConfig): Message {
  const { meaning } = describeChatError(error);
  if (meaning === 'chat.signatureExpired') {
    return message('doctor.mend.clock', { now: { at: Math.floor(Date.now() / 1_000) } });
  }
  if (error.kind !== 'code' || meaning === 'chat.wrongRegion') {
    return message('doctor.mend.address', { address: baseUrl });
  }
  return message('doctor.mend.account', { app: literal(String(sdkAppId)), admin });
}

async function checkGroup(chat: Chat, { group }: ChatConfig, stop: AbortSignal): Promise<Check> {
  if (group === undefined) return note(message('doctor.noGroup'));
  const found = await createGroups(chat, Date).find(group, { fresh: true, signal: stop });
  if (found.ok) {
    const type = message('group.typeName', { type: literal(found.value.type) });
    return ok(message('doctor.group', { group: groupLabel(found.value), type }));
  }
  return found.stop.kind === 'refused'
    ? failed(found.stop.message, message('doctor.mend.group'))
    : failed(message('doctor.chatFailed', { why: failureOf(found.stop.error) }));
}
