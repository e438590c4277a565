// A Chat client of the sandbox's app, quick to repeat.
import { type ChatClient, type ChatClientOptions, createChatClient } from '../../src/chat/client/client.ts';
import { sandboxApp } from '../../src/sandbox/chat/index.ts';

export const sandboxClient = (baseUrl: string, options: Partial<ChatClientOptions> = {}): ChatClient =>
  createChatClient({
    sdkAppId: sandboxApp.sdkAppId,
    secretKey: sandboxApp.secretKey,
    admin: 'administrator',
    baseUrl,
    retries: { pauseMs: 1, backoffMs: 1 },
    ...options,
  });
