// A front that speaks TLS before the stand-in, for libraries that speak nothing else. docs/sandbox-discord.md shows it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A certificate for `localhost` and its key, in PEM. */
export interface Certificate {
  cert: Buffer;
  key: Buffer;
}

/** Makes a certificate that lives for a day; undefined where there is no `openssl` to make it. */
export function makeCertificate(): Certificate | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'tls-front-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync('openssl', ['req', '-x509', ...kind, ...subject, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Opens the front on a free port; `setTarget` then says which port of this machine it leads to. */
export async function openFront(certificate: Certificate) {
  let target = 0;
  const server = createServer(certificate, (outside) => {
    const inside = connect(target, '127.0.0.1');
    // Either side may break off; the other is then ended too.
    outside.on('error', () => inside.destroy());
    inside.on('error', () => outside.destroy());
    outside.pipe(inside).pipe(outside);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const setTarget = (inner: number) => {
    target = inner;
  };
  return { port, setTarget };
}
