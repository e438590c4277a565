# The bot of scenario.ts in discord.py: run with the API's address, the gateway's address and the token.

import sys

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

api, gateway, token = sys.argv[1:]
Route.BASE = f'{api}/v10'
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)

intents = discord.Intents(guilds=True, members=True, messages=True, message_content=True)


class Bot(discord.Client):
    def __init__(self) -> None:
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        self.tree.add_command(show)
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        if message.content.startswith('!members '):
            query = message.content.removeprefix('!members ')
            members = await message.guild.query_members(query, limit=5)
            await message.reply(','.join(member.name for member in members))
        elif message.content == '!history':
            contents = [each.content async for each in message.channel.history(limit=3)]
            await message.reply('oldest first: ' + '|'.join(reversed(contents)))


@app_commands.command(description='Shows a channel')
@app_commands.describe(channel='Which')
async def show(interaction: discord.Interaction, channel: app_commands.AppCommandChannel) -> None:
    may_see = channel.permissions.view_channel
    await interaction.response.send_message(f'{channel.name} {str(may_see).lower()}')


Bot().run(token)
