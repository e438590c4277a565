// Speaks on the sandbox as a person's own client would, and shows what that client and the person's inbox show.
import { literal, message } from '../i18n/message.ts';
import type { Translator } from '../i18n/translator.ts';
import type { ClientAnswer } from '../sandbox/chat/index.ts';
import type { ChatSandbox } from '../sandbox/start.ts';
import type { ShellOptions, Speech } from '../surfaces/terminal/shell.ts';
import { plain } from '../surfaces/terminal/style.ts';
import type { Door } from './door.ts';

/** @param door what the sandbox's webhooks go to: its answers are waited for */
export function speakOn(
  { app, chat }: ChatSandbox,
  door: Pick<Door, 'settle'> | null,
  { text }: Translator,
): NonNullable<ShellOptions['speak']> {
  const [bot = ''] = app.admins;
  return async (speech) => {
    const { account } = speech;
    const before = chat.world.inbox(account).length;
    const answer = await send(speech);
    await chat.webhooksSettled();
    await door?.settle();
    const heard = chat.world.inbox(account).slice(before);
    return [
      text(sentenceOf(speech, answer)),
      ...heard.flatMap(({ from, text: words }) => [
        text(message('terminal.heard', { name: account, sender: from })),
        ...words.split('\n').map((line) => `  ${plain(line)}`),
      ]),
    ];
  };

  async function send({ account, group, text: words }: Speech): Promise<ClientAnswer> {
    if (group === null) return chat.whisper(account, bot, words);
    return chat.world.groups.has(group) ? chat.say(group, account, words) : noGroup;
  }
}

/** What Chat answers about a group that does not exist (page 34348). */
const noGroup: ClientAnswer = { ErrorCode: 10_010, ErrorInfo: 'no such group' };

function sentenceOf({ account: name, group }: Speech, { ErrorCode, ErrorInfo, MsgSeq = 0 }: ClientAnswer) {
  if (ErrorCode !== 0) {
    return message('terminal.notSaid', { name, code: literal(String(ErrorCode)), detail: ErrorInfo });
  }
  return group === null
    ? message('terminal.whispered', { name })
    : message('terminal.said', { name, seq: MsgSeq });
}
