// What a bot of the bench is told by its environment.
const {
  BENCH_TOKEN = '',
  BENCH_API = '',
  BENCH_GUILD = '',
  BENCH_CHAT_URL = '',
  BENCH_KEY = '',
  BENCH_DATABASE = '',
} = process.env;

export const settings = {
  token: BENCH_TOKEN,
  api: BENCH_API,
  guildId: BENCH_GUILD,
  chat: { baseUrl: BENCH_CHAT_URL, sdkAppId: 1_400_000_000, secretKey: BENCH_KEY },
  /** Path of a SQLite file that is not there yet. */
  database: BENCH_DATABASE,
};
