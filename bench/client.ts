// The Chat client of the benches: an app of our own, at the bench's service.
import { type ChatClientOptions, createChatClient } from '../src/chat/client/client.ts';

/** The body that every Chat call of the benches posts. */
export const body = { GroupId: 'guild', Member_Account: 'bob', MuteTime: 3_600 };

export const benchClient = (baseUrl: string, options: Partial<ChatClientOptions> = {}) =>
  createChatClient({
    sdkAppId: 1_400_000_000,
    secretKey: '5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e',
    admin: 'administrator',
    baseUrl,
    ...options,
  });
