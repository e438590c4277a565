// Files of messages: where they are to be had, and `attachment://` in embeds and components.

import { describe, expect, it } from 'vitest';
import type { DiscordService } from '../../../../src/sandbox/discord/index.ts';
import { startService } from '../harness.ts';

const GENERAL = '/channels/1100000000000000031/messages';
const V2 = 32_768;

interface Message {
  id: string;
  attachments: { id: string; url: string; filename: string; description?: string }[];
  embeds: { image?: { url: string }; author?: { icon_url: string } }[];
  components: unknown[];
}

async function upload(service: DiscordService, method: string, path: string, json: object, names: string[]) {
  const form = new FormData();
  form.set('payload_json', JSON.stringify(json));
  for (const [index, name] of names.entries()) {
    form.set(`files[${index}]`, new File([`bytes of ${name}`], name, { type: 'image/png' }));
  }
  const headers = { authorization: `Bot ${service.token}` };
  const answer = await fetch(`${service.api}${path}`, { method, headers, body: form });
  // What the answer holds is what each test looks at; the harness judges its shape.
  return { status: answer.status, body: (await answer.json()) as Message };
}

async function read(url: string | undefined) {
  const answer = await fetch(url ?? 'http://127.0.0.1/');
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

describe('a file', () => {
  it('is served from the port of the stand-in', async () => {
    const service = await startService();
    const about = { attachments: [{ id: 0, description: 'A chart' }] };
    const { body } = await upload(service, 'POST', GENERAL, about, ['a chart.png']);
    const [file] = body.attachments;
    expect(file).toMatchObject({ filename: 'a chart.png', description: 'A chart' });
    expect(file?.url.startsWith(new URL(service.api).origin)).toBe(true);
    expect(await read(file?.url)).toEqual({ status: 200, type: 'image/png', text: 'bytes of a chart.png' });
    expect((await read(`${file?.url}x`)).status).toBe(404);
  });

  it('is named at the public address, where there is one', async () => {
    const service = await startService({ publicUrl: 'https://localhost:8443' });
    const { body } = await upload(service, 'POST', GENERAL, {}, ['a.png']);
    expect(body.attachments[0]?.url).toMatch(/^https:\/\/localhost:8443\/attachments\//);
    const gateway = await fetch(`${service.api}/gateway`);
    expect(await gateway.json()).toEqual({ url: 'wss://localhost:8443' });
  });
});

describe('attachment://', () => {
  it('in an embed is the address of the file, which is then not listed', async () => {
    const service = await startService();
    const embeds = [
      { title: 'attachment://a.png', image: { url: 'attachment://a.png' } },
      { author: { name: 'x', icon_url: 'attachment://a.png' } },
    ];
    const { body } = await upload(service, 'POST', GENERAL, { embeds }, ['a.png', 'b.png']);
    expect(body.attachments.map(({ filename }) => filename)).toEqual(['b.png']);
    const url = body.embeds[0]?.image?.url;
    expect(await read(url)).toMatchObject({ text: 'bytes of a.png' });
    expect(body.embeds).toMatchObject([{ title: 'attachment://a.png' }, { author: { icon_url: url } }]);
    const edited = await upload(service, 'PATCH', `${GENERAL}/${body.id}`, { embeds: [], content: 'x' }, []);
    expect(edited.body.attachments.map(({ filename }) => filename)).toEqual(['a.png', 'b.png']);
  });

  it('in a component is the address of the file', async () => {
    const service = await startService();
    const components = [
      { type: 12, items: [{ media: { url: 'attachment://a.png' } }] },
      { type: 13, file: { url: 'attachment://b.txt' } },
    ];
    const { body } = await upload(service, 'POST', GENERAL, { flags: V2, components }, ['a.png', 'b.txt']);
    const address = expect.stringContaining(new URL(service.api).origin);
    expect(body.attachments).toEqual([]);
    expect(body.components).toMatchObject([
      { type: 12, id: 1, items: [{ media: { url: address, attachment_id: expect.any(String) } }] },
      { type: 13, id: 2, file: { url: address }, name: 'b.txt', size: 14 },
    ]);
  });

  it.each([
    [{ embeds: [{ image: { url: 'attachment://none.png' } }] }, 'URL_TYPE_INVALID_SCHEME'],
    [
      { flags: V2, components: [{ type: 13, file: { url: 'attachment://none.png' } }] },
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    ],
  ])('without a file of that name is refused: %j', async (json, code) => {
    const service = await startService();
    const { status, body } = await upload(service, 'POST', GENERAL, json, ['a.png']);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(code);
    expect(service.messages('general')).toEqual([]);
  });
});
