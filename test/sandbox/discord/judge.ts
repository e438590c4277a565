// Judge: Discord's public API specification, as schemas that bodies are held against.

interface Schema {
  safeParse(value: unknown): {
    success: boolean;
    error?: { issues: { path: PropertyKey[]; message: string }[] };
  };
}

// The package brings no types for its schemas; a name that is not literal lets them be given here.
const specification: string = 'discord-api-spec/zod';
const schemas: Record<string, Schema> = await import(specification);

/** What the specification says against a body; nothing when it agrees. */
export function complaints(schemaName: string, body: unknown): string[] {
  const schema = schemas[schemaName];
  if (!schema) throw new Error(`The specification has no ${schemaName}`);
  const issues = schema.safeParse(withZulu(body)).error?.issues ?? [];
  return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

/** Discord writes times with `+00:00`, which the schemas, unlike the specification, do not know. */
function withZulu(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll('+00:00"', 'Z"'));
}
