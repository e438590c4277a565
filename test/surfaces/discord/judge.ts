// Judge: every body that went to Discord, held against its public specification.
import type { RecordedRequest } from '../../../src/sandbox/discord/index.ts';
import { complaints } from '../../sandbox/discord/judge.ts';

const callbacks: Readonly<Record<number, string>> = {
  4: 'CreateMessageInteractionCallbackRequestSchema',
  5: 'CreateMessageInteractionCallbackRequestSchema',
  6: 'UpdateMessageInteractionCallbackRequestSchema',
  7: 'UpdateMessageInteractionCallbackRequestSchema',
  8: 'ApplicationCommandAutocompleteCallbackRequestSchema',
  9: 'ModalInteractionCallbackRequestSchema',
};

/** What the specification says against the requests; nothing when it agrees with all. */
export const complaintsAbout = (requests: readonly RecordedRequest[]): readonly string[] =>
  requests.filter(({ method }) => method !== 'GET' && method !== 'DELETE').flatMap(judge);

function judge({ method, route, body }: RecordedRequest): readonly string[] {
  if (route.endsWith('/commands')) return [body].flat().flatMap(commandComplaints);
  return complaints(schemaOf(method, route, body), body).map(
    (complaint) => `${method} ${route} ${complaint}`,
  );
}

/** Permissions are a text on the wire, where the specification's schemas want a number. */
export function commandComplaints(body: unknown): readonly string[] {
  if (typeof body !== 'object' || body === null || !('default_member_permissions' in body))
    return ['no command'];
  const { default_member_permissions: permissions, ...rest } = body;
  const wrong =
    permissions === null || /^\d+$/.test(String(permissions)) ? [] : ['default_member_permissions'];
  return [...wrong, ...complaints('ApplicationCommandCreateRequestSchema', rest)];
}

function schemaOf(method: string, route: string, body: unknown): string {
  if (method === 'PATCH') return 'IncomingWebhookUpdateRequestPartialSchema';
  if (route.startsWith('/channels')) return 'MessageCreateRequestSchema';
  if (route.startsWith('/webhooks')) return 'IncomingWebhookInteractionRequestSchema';
  const type = typeof body === 'object' && body !== null && 'type' in body ? Number(body.type) : 0;
  const schema = callbacks[type];
  if (schema === undefined) throw new Error(`no schema for ${method} ${route} of type ${type}`);
  return schema;
}
