// What this surface offers to the program that opens it.

export { type HttpServer, openHttpServer, type Room } from './server.ts';
export {
  createReceiver,
  type Receiver,
  type ReceiverOptions,
  WEBHOOK_PATH,
  type WebhookCounts,
} from './webhooks.ts';
