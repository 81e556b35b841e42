import { request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import { dialTls, listen, requestPath } from '../../foundation/index.ts';
import type { Dial, Listener } from '../../foundation/index.ts';
import type { DeviceCondition } from '../conditions/condition.ts';
import type { ServerCertificate } from '../lab-certificates.ts';

export interface DeviceOptions {
  settings: DeviceCondition;
  certificate: ServerCertificate;
  /** What it takes for authorities of the servers behind it. */
  ca: string;
  /** Its way to the server. */
  dial: Dial;
}

/** Node takes TLS before 1.2 only where OpenSSL is told that it may be weak. */
const weak = 'DEFAULT@SECLEVEL=0';

/**
 * A reverse proxy, load balancer or web application firewall: it ends TLS with a certificate of its own, answers some
 * requests itself, and passes the others on, one connection per request.
 */
export async function startDevice(options: DeviceOptions): Promise<Listener> {
  const { tls } = options.settings;
  /** By the client's port: what lies beneath TLS can be reset, TLS cannot. */
  const connections = new Map<number | undefined, Socket>();
  const isOld = tls.maxVersion === 'TLSv1' || tls.maxVersion === 'TLSv1.1';
  const server = createServer(
    {
      cert: options.certificate.certificate,
      key: options.certificate.privateKey,
      ...(tls.maxVersion === undefined ? {} : { minVersion: isOld ? 'TLSv1' : tls.maxVersion, maxVersion: tls.maxVersion }),
      ...(tls.ciphers === undefined ? (isOld ? { ciphers: weak } : {}) : { ciphers: tls.ciphers }),
    },
    (request, response) => {
      serve(request, response, options, connections).catch(() => {
        if (response.headersSent) response.destroy();
        else response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body><h1>Bad Gateway</h1></body></html>');
      });
    },
  );
  server.on('connection', (socket: Socket) => {
    connections.set(socket.remotePort, socket);
    socket.once('close', () => connections.delete(socket.remotePort));
  });
  return listen(server);
}

async function serve(request: IncomingMessage, response: ServerResponse, options: DeviceOptions, connections: ReadonlyMap<number | undefined, Socket>): Promise<void> {
  const { settings } = options;
  if (settings.delayMs > 0) await delay(settings.delayMs);
  const own = ownAnswer(request, settings);
  if (own !== undefined) {
    request.resume();
    if (own.status === 0) return void connections.get(request.socket.remotePort)?.resetAndDestroy();
    response.writeHead(own.status, own.reason, { 'content-length': String(Buffer.byteLength(own.body)), ...own.headers }).end(own.body);
    return;
  }
  const socket = await connect(request, options);
  const onward = httpRequest({ createConnection: () => socket, method: request.method ?? 'GET', path: request.url ?? '/', headers: changedHeaders(request, settings), setHost: false });
  response.once('close', () => onward.destroy());
  const answered = new Promise<IncomingMessage>((resolve, reject) => void onward.once('response', resolve).once('error', reject));
  request.pipe(onward);
  const answer = await answered;
  if (settings.truncateAt !== undefined && request.method === 'POST' && answer.statusCode === 200) return truncate(answer, response, settings.truncateAt);
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage ?? '', endToEnd(answer.rawHeaders));
  answer.pipe(response);
}

/** The connection ends where the answer breaks off, and says so to nobody. */
async function truncate(answer: IncomingMessage, response: ServerResponse, bytes: number): Promise<void> {
  const whole = Buffer.concat(await answer.toArray() as Buffer[]);
  response.writeHead(200, { 'content-type': answer.headers['content-type'] ?? 'text/xml', 'x-feserver': answer.headers['x-feserver'] ?? '', connection: 'close' }).end(whole.subarray(0, bytes));
}

function ownAnswer(request: IncomingMessage, { answers }: DeviceCondition): DeviceCondition['answers'][number] | undefined {
  const hasToken = request.headers.authorization !== undefined;
  return answers.find(({ path, method, token }) => new RegExp(path, 'i').test(requestPath(request)) && (method === undefined || method === request.method) && (token === undefined || token === hasToken));
}

/** To the server for whose name the client came. */
function connect({ socket }: IncomingMessage, { settings, ca, dial }: DeviceOptions): Promise<Socket> {
  const host = settings.behind ?? ((socket as TLSSocket & { servername?: string | false }).servername || (settings.hosts[0] ?? ''));
  return settings.onward === 'plain' ? dial(host, 80) : dialTls({ dial, host, port: 443, ca, ALPNProtocols: ['http/1.1'] });
}

function changedHeaders({ rawHeaders }: IncomingMessage, { host, stripAuthorization }: DeviceCondition): string[] {
  const headers = endToEnd(rawHeaders);
  const changed: string[] = [];
  for (let at = 0; at < headers.length; at += 2) {
    const [name = '', value = ''] = headers.slice(at, at + 2);
    if (stripAuthorization && name.toLowerCase() === 'authorization') continue;
    changed.push(name, host !== undefined && name.toLowerCase() === 'host' ? host : value);
  }
  return [...changed, 'Connection', 'close'];
}

const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection']);

/** RFC 9110 §7.6.1, without what Node does for framing by itself. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) if (!hopByHop.has(rawHeaders[at]?.toLowerCase() ?? '')) kept.push(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return kept;
}
