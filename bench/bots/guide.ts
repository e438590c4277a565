// A bot as the guide of discord.js builds it: a collection of commands, builders for the reply, and a SQLite file in
// which a case is written before the change and settled after it, each durably. It checks roles on both sides.

import { DatabaseSync } from 'node:sqlite';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  Client,
  Collection,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
  PermissionFlagsBits,
  SlashCommandBuilder,
  TimestampStyles,
  time,
} from 'discord.js';
import { call } from './least-chat.ts';
import { ready } from './ready.ts';
import { settings } from './settings.ts';

const database = new DatabaseSync(settings.database);
database.exec(`pragma journal_mode = wal; pragma synchronous = full;
  create table if not exists cases (id integer primary key autoincrement, member text, moderator text, seconds integer,
    reason text, state text, at integer)`);
const openCase = database.prepare(
  "insert into cases (member, moderator, seconds, reason, state, at) values (?, ?, ?, ?, 'pending', ?) returning id",
);
const settleCase = database.prepare("update cases set state = 'applied' where id = ?");

const mute = {
  data: new SlashCommandBuilder()
    .setName('mute')
    .setDescription('Mutes a member')
    .setDefaultMemberPermissions(PermissionFlagsBits.ModerateMembers)
    .addStringOption((option) => option.setName('member').setDescription('Member').setRequired(true))
    .addStringOption((option) => option.setName('duration').setDescription('Seconds').setRequired(true))
    .addStringOption((option) => option.setName('reason').setDescription('Reason')),
  async execute(interaction: ChatInputCommandInteraction) {
    const refuse = (content: string) => interaction.reply({ content, flags: MessageFlags.Ephemeral });
    if (!interaction.memberPermissions?.has(PermissionFlagsBits.ModerateMembers)) {
      return refuse('You may not mute members.');
    }
    const account = interaction.options.getString('member', true).replace('@', '');
    const seconds = Number(interaction.options.getString('duration', true));
    const reason = interaction.options.getString('reason') ?? 'No reason provided';
    if (!Number.isSafeInteger(seconds)) return refuse('The duration is a number of seconds.');
    const { MemberList } = await call('get_specified_group_member_info', {
      GroupId: 'guild',
      Member_List_Account: [account],
    });
    const role = MemberList?.[0]?.Role;
    if (role === undefined) return refuse(`${account} is not in the group.`);
    if (role !== 'Member') return refuse(`${account} stands too high.`);
    const { id } = openCase.get(account, interaction.user.id, seconds, reason, Date.now()) ?? {};
    const body = { GroupId: 'guild', Member_Account: account, MuteTime: seconds };
    const { ErrorCode } = await call('modify_group_member_info', body);
    if (ErrorCode !== 0) return refuse(`Chat refused: ${ErrorCode}.`);
    settleCase.run(id ?? null);
    const until = Math.floor(Date.now() / 1_000) + seconds;
    const embed = new EmbedBuilder()
      .setColor(0x57_f2_87)
      .setDescription(`${account} is muted until ${time(until, TimestampStyles.LongDateTime)}.`)
      .addFields({ name: 'Reason', value: reason })
      .setFooter({ text: `/mute · guild · #${id}` });
    const undo = new ButtonBuilder()
      .setCustomId(`undo:${id}`)
      .setLabel('Undo')
      .setStyle(ButtonStyle.Secondary);
    const components = [new ActionRowBuilder<ButtonBuilder>().addComponents(undo)];
    return interaction.reply({ embeds: [embed], components, allowedMentions: { parse: [] } });
  },
};

const commands = new Collection([[mute.data.name, mute]]);
const client = new Client({
  intents: [GatewayIntentBits.Guilds],
  rest: { api: settings.api, globalRequestsPerSecond: Number.POSITIVE_INFINITY },
});
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  try {
    await commands.get(interaction.commandName)?.execute(interaction);
  } catch {
    const content = 'There was an error while executing this command!';
    if (interaction.replied || interaction.deferred) await interaction.followUp({ content });
    else await interaction.reply({ content });
  }
});
client.once(Events.ClientReady, async ({ application }) => {
  await application.commands.set(
    commands.map(({ data }) => data.toJSON()),
    settings.guildId,
  );
  ready();
});
await client.login(settings.token);
