// What the sandbox's Chat service offers to the rest of the project.
export { fillDefaultWorld, sandboxApp } from './default-world.ts';
export type { Fault, Faults } from './faults.ts';
export type { ChatApp } from './gate.ts';
export type { Ban, Group, GroupSpec, Member, Message } from './group.ts';
export type { RequestRecord } from './request-log.ts';
export { type ChatService, type ChatServiceOptions, startChatService } from './server.ts';
export type { ClientAnswer } from './users.ts';
export { type WebhookTarget, webhookSign } from './webhooks.ts';
export type { Account, AccountSpec, MemberSpec, MessageSpec, Notice, World } from './world.ts';
