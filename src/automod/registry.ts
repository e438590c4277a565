// Every part that a rule can be made of. The schema, the JSON Schema for editors and the page of the docs read it.
import { alert } from './actions/group/alert.ts';
import { command } from './actions/group/command.ts';
import { count } from './actions/group/count.ts';
import { lock } from './actions/group/lock.ts';
import { queue } from './actions/group/queue.ts';
import { raid } from './actions/group/raid.ts';
import { slow } from './actions/group/slow.ts';
import { ban } from './actions/member/ban.ts';
import { kick } from './actions/member/kick.ts';
import { mute } from './actions/member/mute.ts';
import { warn } from './actions/member/warn.ts';
import { block } from './actions/message/block.ts';
import { hide } from './actions/message/hide.ts';
import { hold } from './actions/message/hold.ts';
import { mask } from './actions/message/mask.ts';
import { recall } from './actions/message/recall.ts';
import { groupType } from './conditions/group-type.ts';
import { hasCases } from './conditions/has-cases.ts';
import { hasPoints } from './conditions/has-points.ts';
import { linked } from './conditions/linked.ts';
import { role } from './conditions/role.ts';
import { timeOfDay } from './conditions/time-of-day.ts';
import { timeSinceJoin } from './conditions/time-since-join.ts';
import { topic } from './conditions/topic.ts';
import type { ActionPart, ConditionPart, TriggerPart } from './part.ts';
import { counted } from './triggers/behaviour/counted.ts';
import { flood } from './triggers/behaviour/flood.ts';
import { mentions } from './triggers/behaviour/mentions.ts';
import { newcomer } from './triggers/behaviour/newcomer.ts';
import { repeated } from './triggers/behaviour/repeated.ts';
import { waveOfJoins } from './triggers/behaviour/wave-of-joins.ts';
import { caps } from './triggers/shape/caps.ts';
import { emoji } from './triggers/shape/emoji.ts';
import { files } from './triggers/shape/files.ts';
import { images } from './triggers/shape/images.ts';
import { length } from './triggers/shape/length.ts';
import { lines } from './triggers/shape/lines.ts';
import { zeroWidth } from './triggers/shape/zero-width.ts';
import { contacts } from './triggers/text/contacts.ts';
import { domains } from './triggers/text/domains.ts';
import { invites } from './triggers/text/invites.ts';
import { keywords } from './triggers/text/keywords.ts';
import { links } from './triggers/text/links.ts';
import { names } from './triggers/text/names.ts';
import { regex } from './triggers/text/regex.ts';

export const triggers: readonly TriggerPart[] = [
  keywords,
  regex,
  links,
  domains,
  invites,
  contacts,
  mentions,
  repeated,
  flood,
  newcomer,
  waveOfJoins,
  names,
  counted,
  caps,
  emoji,
  length,
  lines,
  zeroWidth,
  images,
  files,
];

export const conditions: readonly ConditionPart[] = [
  role,
  timeSinceJoin,
  groupType,
  topic,
  timeOfDay,
  linked,
  hasCases,
  hasPoints,
];

export const actions: readonly ActionPart[] = [
  block,
  mask,
  hide,
  hold,
  queue,
  count,
  warn,
  mute,
  kick,
  ban,
  recall,
  slow,
  raid,
  lock,
  alert,
  command,
];
