// The sandbox's Chat service in a process of its own.
import { fillDefaultWorld, sandboxApp, startChatService } from '../../src/sandbox/chat/index.ts';

const service = await startChatService({ app: sandboxApp, rateLimits: false });
await fillDefaultWorld(service.world);
process.send?.(Number(new URL(service.url).port));
