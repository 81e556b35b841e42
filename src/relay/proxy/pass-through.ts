import type { Socket } from 'node:net';
import { createRequestId } from '../../foundation/index.ts';
import type { LinkStream, RefusalCode } from '../../tunnel/index.ts';
import { errorCodes, neverReachedTarget, refusalOfReset, refusals, splice } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { ClientFaultCode } from '../relay-error.ts';
import { maximumAttempts } from './exchange.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';
import { writeProxyHeader } from './write-proxy-header.ts';

/** A fatal TLS alert, internal_error (RFC 8446 §6.2): all that can be said to a client whose TLS ends elsewhere. */
const internalErrorAlert = Buffer.from([21, 3, 3, 0, 2, 2, 80]);

/**
 * Passes a connection whose TLS ends at the target: routed by the name in its ClientHello, never read. The socket must
 * still hold the ClientHello; it is read only when an agent has a connection with a target.
 */
export function passThrough(socket: Socket, serverName: string, application: Application, client: ClientFacts, context: ProxyContext): void {
  const startedAt = performance.now();
  const refusedBy = new Set<string>();
  let attempts = 0;
  let agentId: string | undefined;
  let stream: LinkStream | undefined;

  const log = (status: number, bytesReceived: number, bytesSent: number, code?: RefusalCode | ClientFaultCode): void => {
    if (agentId !== undefined) context.count(agentId, bytesReceived, bytesSent, status >= 500);
    context.metrics.bytes.add('received', bytesReceived);
    context.metrics.bytes.add('sent', bytesSent);
    context.accessLog.write({
      requestId: createRequestId(),
      method: 'CONNECT',
      path: '',
      host: serverName,
      clientAddress: client.address,
      serverAddress: client.localAddress,
      serverPort: client.localPort,
      status,
      ...(code === undefined ? {} : { errorCode: code }),
      bytesReceived,
      bytesSent,
      durationMs: Math.round((performance.now() - startedAt) * 1000) / 1000,
      extra: { tenant: application.tenantId, application: application.id, ...(agentId === undefined ? {} : { agent: agentId }) },
    });
  };
  const refuse = (code: RefusalCode): void => {
    context.metrics.refusals.add(code);
    socket.removeListener('close', gone);
    log(refusals[code].status, 0, internalErrorAlert.length, code);
    socket.end(internalErrorAlert);
    socket.resume();
    setTimeout(() => socket.destroy(), 2000).unref();
  };
  const gone = (): void => {
    const waiting = stream;
    stream = undefined;
    waiting?.reset(errorCodes.cancel);
    log(499, 0, 0, 'RELAY_CLIENT_CLOSED');
  };
  const attempt = (): void => {
    const link = context.links.pick(application.tenantId, refusedBy);
    if (typeof link === 'string') return refuse(link);
    let opened: LinkStream;
    try {
      opened = link.openStream(application.id, serverName);
    } catch {
      link.available = false;
      return attempt();
    }
    attempts += 1;
    ({ agentId } = link);
    stream = opened;
    opened.onResponse = () => {
      if (stream !== opened) return;
      socket.removeListener('close', gone);
      if (application.proxyProtocol) opened.write(writeProxyHeader(client));
      splice(opened, socket, ({ bytesFromSocket, bytesToSocket, inGoodOrder }) => log(inGoodOrder ? 200 : 499, bytesFromSocket, bytesToSocket));
    };
    opened.onClose = (reset) => {
      if (stream !== opened) return;
      const code = refusalOfReset(reset) ?? 'RELAY_LINK_LOST';
      if (code !== 'RELAY_LINK_LOST' && code !== 'AGENT_DRAINING') refusedBy.add(link.agentId);
      // A link goes away once; that is nobody's failure.
      else if (!link.available) attempts -= 1;
      if (attempts < maximumAttempts && (neverReachedTarget(code) || code === 'RELAY_LINK_LOST') && typeof context.links.pick(application.tenantId, refusedBy) !== 'string') return attempt();
      refuse(code);
    };
  };
  socket.on('error', () => undefined);
  socket.once('close', gone);
  const limit = client.place.take(application) ?? context.limiter.enter(application);
  if (limit !== undefined) return refuse(limit);
  socket.once('close', () => context.limiter.leave(application));
  socket.setTimeout(context.timeouts.passThroughIdleMs, () => socket.destroy());
  attempt();
}
