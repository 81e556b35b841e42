import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { createTestNtlmClient } from '../../../src/identity/ntlm/test-ntlm-client.ts';

export interface BoundClientOptions {
  name: string;
  host: string;
  port: number;
  ca: string;
  password: string;
}

export interface BoundAnswer {
  status: number;
  body: string;
  /** Set where relay or agent answered instead of the origin. */
  refusedBy: string | undefined;
  wwwAuthenticate: string | undefined;
  socket: Socket;
}

/** One person with one connection at a time, over HTTP/1.1. */
export interface BoundClient {
  readonly name: string;
  /** @throws when the connection ends before the answer does */
  send(path: string, authorization?: string): Promise<BoundAnswer>;
  /** The three messages, the first with or without having been asked for it. The answer to the last. */
  signIn(path: string): Promise<BoundAnswer>;
  /** The header that answers a challenge. */
  answerTo(wwwAuthenticate: string): string;
  /** The header that begins. */
  readonly begin: string;
  hangUp(): void;
}

export function createBoundClient({ name, host, port, ca, password }: BoundClientOptions): BoundClient {
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca, servername: host });
  const ntlm = createTestNtlmClient({ userName: name, domain: 'CONTOSO', password });
  const begin = `NTLM ${ntlm.negotiate.toString('base64')}`;
  const client: BoundClient = {
    name,
    begin,
    async send(path, authorization) {
      const headers = { host: `${host}:${port}`, 'x-client': name, ...(authorization === undefined ? {} : { authorization }) };
      const request = https.request({ agent, host: '127.0.0.1', port, path, headers, timeout: 10_000 });
      request.once('timeout', () => request.destroy(new Error('no answer')));
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      const { socket } = response;
      let body = '';
      for await (const chunk of response) body += String(chunk);
      const error = response.headers['x-hybridge-error'];
      return { status: response.statusCode ?? 0, body, refusedBy: error === undefined ? undefined : String(error), wwwAuthenticate: response.headers['www-authenticate'], socket };
    },
    async signIn(path) {
      const first = await client.send(path, begin);
      if (first.refusedBy !== undefined || first.wwwAuthenticate?.startsWith('NTLM ') !== true) return first;
      return client.send(path, client.answerTo(first.wwwAuthenticate));
    },
    answerTo(wwwAuthenticate) {
      return `NTLM ${ntlm.authenticate(Buffer.from(wwwAuthenticate.slice('NTLM '.length), 'base64')).toString('base64')}`;
    },
    hangUp: () => agent.destroy(),
  };
  return client;
}
