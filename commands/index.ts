// The list of commands, in the order that help shows them.
import type { Command } from '../src/command/index.ts';
import { ban } from './ban.ts';
import { banned } from './banned.ts';
import { caseCommand } from './case.ts';
import { demote } from './demote.ts';
import { field } from './field.ts';
import { group } from './group.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { kick } from './kick.ts';
import { link } from './link.ts';
import { links } from './links.ts';
import { lock } from './lock.ts';
import { log } from './log.ts';
import { me } from './me.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { mod } from './mod.ts';
import { mute } from './mute.ts';
import { muted } from './muted.ts';
import { nick } from './nick.ts';
import { notify } from './notify.ts';
import { promote } from './promote.ts';
import { purge } from './purge.ts';
import { recall } from './recall.ts';
import { timers } from './timers.ts';
import { unban } from './unban.ts';
import { undo } from './undo.ts';
import { unlink } from './unlink.ts';
import { unlock } from './unlock.ts';
import { unmute } from './unmute.ts';
import { warn } from './warn.ts';
import { whois } from './whois.ts';
import { why } from './why.ts';

export const commands: readonly Command[] = [
  mute,
  unmute,
  promote,
  demote,
  nick,
  notify,
  field,
  kick,
  ban,
  unban,
  lock,
  unlock,
  recall,
  purge,
  warn,
  undo,
  whois,
  members,
  messages,
  muted,
  banned,
  group,
  caseCommand,
  history,
  mod,
  timers,
  link,
  unlink,
  links,
  log,
  why,
  me,
  help,
];
