// What other moderation programs call our commands, for whoever types the name that they are used to.

const names: Readonly<Record<string, readonly string[]>> = {
  mute: [
    'timeout',
    'tempmute',
    'silence',
    'gag',
    'shut',
    'shutup',
    'quiet',
    'jail',
    '静音',
    '口封じ',
    '뮤트',
    'ミュート',
  ],
  unmute: ['untimeout', 'unsilence', 'ungag', 'unjail', '解除静音'],
  kick: ['remove', 'boot', 'removemember', '踢', '踢人', 'キック'],
  ban: ['tempban', 'block', 'blacklist', '拉黑', 'BAN', '밴'],
  unban: ['pardon', 'unblock', 'removeban'],
  warn: ['strike', 'infract', 'caution', '警告する'],
  nick: ['nickname', 'setnick', 'rename', 'namecard', '改名'],
  promote: ['op', 'admin', 'setadmin', 'addadmin', 'mod+'],
  demote: ['deop', 'unadmin', 'deladmin', 'removeadmin'],
  lock: ['lockdown', 'muteall', 'freeze', '全员禁言'],
  unlock: ['unlockdown', 'unmuteall', 'unfreeze'],
  recall: ['clear', 'prune', 'clean', 'delete', 'del', 'bulkdelete', '撤回消息'],
  undo: ['revert', 'unwarn', 'delwarn', 'removewarn', 'rmpunish'],
  history: ['modlogs', 'infractions', 'warnings', 'warns', 'punishments', 'sanctions', 'record'],
  case: ['cases', 'caseinfo', 'infraction'],
  whois: ['userinfo', 'user', 'info', 'profile', 'whoami', 'lookup'],
  banned: ['bans', 'banlist', 'listbans'],
  muted: ['mutes', 'mutelist', 'listmutes'],
  members: ['list', 'users', 'memberlist'],
  group: ['serverinfo', 'guildinfo', 'groupinfo', 'chatinfo'],
  timers: ['reminders', 'scheduled', 'pending'],
  mod: ['modstats', 'moderations', 'modactions'],
  help: ['commands', 'start', 'menu'],
};

const byOtherName: ReadonlyMap<string, string> = new Map(
  Object.entries(names).flatMap(([command, others]) =>
    others.map((other) => [other.toLowerCase(), command] as const),
  ),
);

/** The command of ours that another program calls so; `null` where we know none. */
export const commandCalled = (name: string): string | null =>
  byOtherName.get(name.normalize('NFKC').toLowerCase()) ?? null;
