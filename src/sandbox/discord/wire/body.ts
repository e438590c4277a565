// Reads JSON and multipart request bodies into one shape.
// https://docs.discord.com/developers/reference#uploading-files

import { discordError } from './errors.ts';
import { parseJson } from './json.ts';

/** A file that came with a body. `field` is its name in the form, such as `files[0]`. */
export interface UploadedFile {
  readonly field: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** A body as it arrived: the JSON part and the files. */
export interface Upload {
  readonly json: unknown;
  readonly files: readonly UploadedFile[];
}

/**
 * Reads a raw body. In multipart bodies the JSON stands in the part `payload_json`; an empty body is `undefined`.
 * @throws DiscordError 50109 when what should be JSON is not.
 */
export async function readBody(contentType: string, raw: Buffer): Promise<Upload> {
  if (contentType.startsWith('multipart/form-data')) return readMultipart(contentType, raw);
  return { json: raw.length === 0 ? undefined : jsonOf(raw.toString()), files: [] };
}

async function readMultipart(contentType: string, raw: Buffer): Promise<Upload> {
  const form = await parseForm(contentType, raw);
  const payload = form.get('payload_json');
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    if (typeof value === 'string') continue;
    files.push({
      field,
      name: value.name,
      type: value.type,
      bytes: new Uint8Array(await value.arrayBuffer()),
    });
  }
  return { json: typeof payload === 'string' ? jsonOf(payload) : fields(form), files };
}

/** Without `payload_json` the fields of the form are the body. */
function fields(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

async function parseForm(contentType: string, raw: Buffer): Promise<FormData> {
  try {
    return await new Response(new Uint8Array(raw), { headers: { 'content-type': contentType } }).formData();
  } catch {
    // What does not parse is the client's fault, whatever the parser says of it.
    throw discordError(50109);
  }
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // As above.
    throw discordError(50109);
  }
}
