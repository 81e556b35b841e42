import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHttpClient, systemClock, systemDial } from '../../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../../src/identity/index.ts';

const hybridge = fileURLToPath(new URL('../../../bin/hybridge.js', import.meta.url));

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface StartedProcess {
  child: ChildProcess;
  /** Resolves with the first line of the log that has this message. */
  logged(message: string): Promise<Record<string, unknown>>;
  /** Resolves with the first line of standard output for which `found` is true. */
  line(found: (line: string) => boolean): Promise<string>;
  finished: Promise<Finished>;
}

export interface ServiceWorld {
  folder: string;
  caFile: string;
  /** Endpoint GUID that the certificate of the relay covers. */
  applicationId: string;
  certificateFile: string;
  keyFile: string;
  target: { url: string; listener: { handle: RequestListener } };
  file(name: string, text: string): string;
  /** Starts `hybridge …`, or another script. */
  start(given: readonly string[], options?: { environment?: Record<string, string>; script?: string; folder?: string }): StartedProcess;
  run(given: readonly string[], options?: { environment?: Record<string, string>; script?: string; folder?: string }): Promise<Finished>;
  /** GET on the relay's public port, as an outside client. */
  get(port: number, path: string): Promise<{ status: number; via: string; body: string }>;
  close(): Promise<void>;
}

/** A folder with certificates and a target; parties run as processes of their own, with names that need no lab. */
export async function startServiceWorld(): Promise<ServiceWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-service-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 });
    return join(folder, name);
  };
  const applicationId = '6ca7c832-49a2-4a5d-aeae-a616f6d4b8e7';
  const authority = await createCertificateAuthority({ commonName: 'service test', clock: systemClock });
  const { certificate, privateKey } = await issueServerCertificate(authority, { hosts: ['localhost', `${applicationId}.localhost`, '127.0.0.1'], days: 2, clock: systemClock });
  const caFile = file('ca.pem', authority.certificate);
  const certificateFile = file('relay.pem', certificate);
  const keyFile = file('relay.key', privateKey);
  const listener: { handle: RequestListener } = { handle: (_, response) => response.end('the target') };
  const server: Server = createServer({ cert: certificate, key: privateKey }, (request, response) => listener.handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const running = new Set<ChildProcess>();

  const start: ServiceWorld['start'] = (given, { environment = {}, script = hybridge, folder: cwd = folder } = {}) => {
    const child = spawn(process.execPath, [script, ...given], { cwd, env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let stdout = '';
    let stderr = '';
    const waiting = new Set<() => void>();
    const look = (): void => {
      for (const check of waiting) check();
    };
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      look();
    });
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const finished = once(child, 'close').then(([code]): Finished => {
      running.delete(child);
      look();
      return { code: code as number | null, stdout, stderr };
    });
    const line: StartedProcess['line'] = (found) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const match = stdout.split('\n').slice(0, -1).find(found);
          if (match === undefined && running.has(child)) return;
          waiting.delete(check);
          if (match === undefined) reject(new Error(`the process ended first:\n${stdout}${stderr}`));
          else resolve(match);
        };
        waiting.add(check);
        check();
      });
    return { child, finished, line, logged: async (message) => JSON.parse(await line((text) => text.includes(`"msg":"${message}"`))) as Record<string, unknown> };
  };

  return {
    folder,
    caFile,
    applicationId,
    certificateFile,
    keyFile,
    target: { url: `https://localhost:${(server.address() as AddressInfo).port}`, listener },
    file,
    start,
    run: (given, options) => start(given, options).finished,
    async get(port, path) {
      const { request } = await import('undici');
      const httpClient = createHttpClient({ dial: (_, dialled, signal) => systemDial('127.0.0.1', dialled, signal), ca: authority.certificate, connections: 1 });
      try {
        const { statusCode, headers, body } = await request(`https://${applicationId}.localhost:${port}${path}`, { dispatcher: httpClient });
        return { status: statusCode, via: String(headers['via']), body: await body.text() };
      } finally {
        await httpClient.close();
      }
    },
    async close() {
      for (const child of running) {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
