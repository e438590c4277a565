// Chat's webhooks: which there are, what their bodies hold, and where they come from (sections of page 34355).
import type { z } from 'zod';
import { groupWebhooks } from './group.ts';
import { oneToOneWebhooks, otherWebhooks } from './one-to-one.ts';

export { answerOf, customCodes, OK, type Verdict, type WebhookAnswer } from './answers.ts';
export { SIGN_WINDOW, type SignFault, signFault, webhookSign } from './sign.ts';

const bodies = { ...groupWebhooks, ...oneToOneWebhooks, ...otherWebhooks };

export type WebhookCommand = keyof typeof bodies;
export type WebhookBody<Command extends WebhookCommand> = z.output<(typeof bodies)[Command]>;

// Object.keys widens to string[]; the table's keys are exactly the commands.
export const webhookCommands = Object.keys(bodies) as readonly WebhookCommand[];

/** Where an action came from, with every webhook's URL. */
export interface WebhookOrigin {
  /** `RESTAPI` for a backend of the app, else the client's system, such as `Web` or `iOS`. */
  readonly platform: string;
  readonly clientIp: string;
}

/** A webhook that was read; `command` tells which body it has. */
export type Webhook = {
  readonly [Command in WebhookCommand]: {
    readonly command: Command;
    readonly body: WebhookBody<Command>;
    readonly origin: WebhookOrigin;
  };
}[WebhookCommand];

/** The webhooks of some commands. */
export type WebhookOf<Command extends WebhookCommand> = Extract<Webhook, { readonly command: Command }>;

export type BeforeCommand = Extract<WebhookCommand, `${string}.CallbackBefore${string}`>;
/** Asked before something happens: the answer decides. */
export type BeforeWebhook = WebhookOf<BeforeCommand>;

/** Whether a command's answer decides; true also for those that are not known, by their name. */
export const isBeforeCommand = (command: string): boolean => /^[A-Za-z0-9]+\.CallbackBefore/.test(command);

export const isBefore = (webhook: Webhook): webhook is BeforeWebhook => isBeforeCommand(webhook.command);

const isKnown = (command: string): command is WebhookCommand => Object.hasOwn(bodies, command);

export type WebhookRead =
  | { readonly kind: 'read'; readonly webhook: Webhook }
  /** A command that this table does not list: answered OK. */
  | { readonly kind: 'unknown' }
  /** The body is not of its command's shape; `where` names the first wrong field. */
  | { readonly kind: 'faulty'; readonly where: string };

/** Reads a webhook's body. Never throws, and takes over no value that it does not understand. */
export function readWebhook(command: string, origin: WebhookOrigin, body: unknown): WebhookRead {
  if (!isKnown(command)) return { kind: 'unknown' };
  const read = bodies[command].safeParse(body);
  if (!read.success) return { kind: 'faulty', where: read.error.issues[0]?.path.join('.') ?? '' };
  // The table pairs each command with its own shape; TypeScript cannot follow that through a variable.
  return { kind: 'read', webhook: { command, body: read.data, origin } as Webhook };
}
