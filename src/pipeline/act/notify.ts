import { batches } from '../../chat/batches.ts';
import type { Chat, ChatResult } from '../../chat/chat.ts';
import { createRandom } from '../../chat/client/random.ts';
import {
  type AnswerOf,
  allowsGroupType,
  type BodyOf,
  type EndpointName,
} from '../../chat/protocol/endpoints.ts';
import { roles } from '../../chat/protocol/schemas.ts';
import { shorten } from '../../command/shorten.ts';
import { type Instant, literal, type Message, message, type Value } from '../../i18n/message.ts';
import { plainStyle } from '../../i18n/plain-style.ts';
import { createTranslator, type Translator } from '../../i18n/translator.ts';
import { endOf, type GroupFacts } from '../../moderation/groups/facts.ts';
import type { Notice, Notifier } from '../deps.ts';

interface NotifierDeps {
  readonly chat: Chat;
  readonly logger: { warn(fields: object, message: string): void };
}

/** Makes the notifier; its notices come from the app admin that `chat` signs with. */
export function createNotifier(deps: NotifierDeps): Notifier {
  const random = createRandom();
  const underWay = new Set<Promise<unknown>>();
  return {
    notify(done) {
      if (done.settings.tell === 'off') return Promise.resolve([]);
      const telling = tellMembers({ ...deps, random }, done)
        .catch((error: unknown) => {
          deps.logger.warn({ err: error, group: done.group.id }, 'members could not be told');
          return toldOf(done);
        })
        .finally(() => underWay.delete(telling));
      underWay.add(telling);
      return telling;
    },
    async settle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

interface Effects extends NotifierDeps {
  readonly random: () => number;
}

/** @returns the accounts that were not reached */
async function tellMembers(effects: Effects, done: Notice): Promise<readonly string[]> {
  const texts = textsOf(done);
  const noticed = await whoCanBeNotified(effects, done, [...texts.values()].flat());
  const missed = await Promise.all(
    [...texts].flatMap(([text, accounts]) => [
      ...batches(
        'send_group_system_notification',
        accounts.filter((account) => noticed.has(account)),
      ).map((batch) => notify(effects, done.group, batch, text)),
      ...batches(
        'batchsendmsg',
        accounts.filter((account) => !noticed.has(account)),
      ).map((batch) => write(effects, done.group, batch, text)),
    ]),
  );
  return missed.flat();
}

/** Whom a notice is for; a command about the group has the group for a target. */
const toldOf = ({ results, group }: Notice): readonly string[] =>
  results
    .filter(({ target, outcome }) => outcome === 'done' && target !== group.id)
    .map(({ target }) => target);

/** Accounts by what they are told: mostly one text, for times are told to the minute. */
function textsOf(done: Notice): ReadonlyMap<string, readonly string[]> {
  const translator = createTranslator(done.settings.language, plainStyle);
  const texts = new Map<string, string[]>();
  for (const { target, outcome, message } of done.results) {
    // A command about the group has the group for a target.
    if (outcome !== 'done' || target === done.group.id) continue;
    const text = textFor(done, message, translator);
    const accounts = texts.get(text);
    if (accounts === undefined) texts.set(text, [target]);
    else accounts.push(target);
  }
  return texts;
}

/**
 * Bytes that a reason may take. A message holds 12 KB (page 34381; 8,000 bytes by older pages), the rest of it is short,
 * and JSON doubles quotes and backslashes.
 */
const REASON_BYTES = 3_000;

function textFor(done: Notice, result: Message, translator: Translator): string {
  const { reason } = done;
  const end = result.values?.until;
  const until = isInstant(end) ? endOf(end.at) : message('time.permanent');
  const extra = isInstant(end) && done.command.ends !== true;
  return [
    sentenceOf(done, until),
    ...(extra ? [message('tell.until', { until })] : []),
    ...(reason === undefined ? [] : [message('reason.line', { reason: shorten(reason, REASON_BYTES) })]),
  ]
    .map(translator.text)
    .join('\n');
}

function sentenceOf({ command, group, undone }: Notice, until: Value): Message {
  const name = group.name === '' ? group.id : group.name;
  return undone === undefined
    ? message('tell.done', { command: literal(command.name), group: name, until })
    : message('tell.undone', { command: literal(undone), group: name });
}

const isInstant = (value: Value | undefined): value is Instant =>
  typeof value === 'object' && !Array.isArray(value) && 'at' in value;

/** Those among the accounts whom a notice of the group's system reaches: members, where it can name some. */
async function whoCanBeNotified(
  effects: Effects,
  { command, group, settings, known = [] }: Notice,
  accounts: readonly string[],
): Promise<ReadonlySet<string>> {
  const named = allowsGroupType('send_group_system_notification', group.type, 'ToMembers_Account');
  if (settings.tell !== 'system' || !named || command.removes === true) return new Set();
  const roleOf = new Map(known.map(({ account, role }) => [account, role]));
  const unknown = accounts.filter((account) => !roleOf.has(account));
  const answers = await Promise.all(
    batches('get_role_in_group', unknown).map((batch) =>
      call(effects, group, 'get_role_in_group', { GroupId: group.id, User_Account: [...batch] }),
    ),
  );
  // Whoever could not be looked up counts as out of the group: a message reaches them anyway.
  const list = answers.flatMap((result) => (result.ok ? result.answer.UserIdList : []));
  return new Set([
    ...accounts.filter((account) => (roleOf.get(account) ?? null) !== null),
    ...list.filter(({ Role }) => isRole(Role)).map(({ Member_Account }) => Member_Account),
  ]);
}

/** Chat calls those who are not in the group `NotMember` (page 34963). */
const isRole = (name: string): boolean => roles.some((role) => role === name.trim());

async function notify(
  effects: Effects,
  group: GroupFacts,
  accounts: readonly string[],
  text: string,
): Promise<readonly string[]> {
  const body = { GroupId: group.id, ToMembers_Account: [...accounts], Content: text };
  const result = await call(effects, group, 'send_group_system_notification', body);
  return result.ok ? [] : accounts;
}

async function write(
  effects: Effects,
  group: GroupFacts,
  accounts: readonly string[],
  text: string,
): Promise<readonly string[]> {
  const result = await call(effects, group, 'batchsendmsg', {
    To_Account: [...accounts],
    MsgRandom: effects.random(),
    MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: text } }],
    // The admin's own devices need no copy.
    SyncOtherMachine: 2,
  });
  if (!result.ok) return accounts;
  const failed = result.answer.ErrorList;
  if (failed.length === 0) return [];
  effects.logger.warn({ endpoint: 'batchsendmsg', group: group.id, failed }, 'some members were not told');
  return failed.map(({ To_Account }) => To_Account);
}

async function call<Name extends EndpointName>(
  { chat, logger }: Effects,
  group: GroupFacts,
  endpoint: Name,
  body: BodyOf<Name>,
): Promise<ChatResult<AnswerOf<Name>>> {
  const result = await chat.call(endpoint, body);
  if (!result.ok) {
    const { kind, code } = result.error;
    logger.warn({ endpoint, group: group.id, kind, code }, 'a call to tell members failed');
  }
  return result;
}
