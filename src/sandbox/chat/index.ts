// What the sandbox's Chat service offers to the rest of the project.

export { webhookSign } from '../../chat/protocol/webhooks/index.ts';
export type { ClientAnswer } from './acts/users.ts';
export type { WebhookTarget } from './acts/webhooks.ts';
export { type ChatService, type ChatServiceOptions, startChatService } from './server.ts';
export type { Fault, Faults } from './wire/faults.ts';
export type { ChatApp } from './wire/gate.ts';
export type { RequestRecord } from './wire/request-log.ts';
export { fillDefaultWorld, sandboxApp } from './world/default-world.ts';
export type { Ban, Group, GroupSpec, Member } from './world/group.ts';
export type { Message, Place, Platform } from './world/place.ts';
export type { Account, AccountSpec, MemberSpec, MessageSpec, Notice, World } from './world/world.ts';
