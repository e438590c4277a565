# Installs discord.py as Debian packages it: the Discord stand-in is tried with it too.
# Where it is missing and cannot be installed, its test skips itself.

# Debian's packages belong to Debian's own Python, which need not be the first in the path.
has_discord_py() {
  /usr/bin/python3 -c 'import discord.app_commands' 2>/dev/null || python3 -c 'import discord.app_commands' 2>/dev/null
}

install_discord_py() {
  has_discord_py && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-discord >/dev/null
  fi
  has_discord_py || { echo 'discord.py could not be installed: its test is skipped.'; return 1; }
}
