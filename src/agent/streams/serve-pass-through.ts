import { createRequestId } from '../../foundation/index.ts';
import type { LinkStream, RefusalCode } from '../../tunnel/index.ts';
import { resetCodeOf, splice } from '../../tunnel/index.ts';
import type { StreamContext } from './serve-stream.ts';

/**
 * Serves a stream whose TLS ends at the target: one connection with a target, bytes both ways, unread. The name that
 * the client asked for must be one that the application passes through.
 */
export async function servePassThrough(stream: LinkStream, applicationId: string, serverName: string, context: StreamContext): Promise<void> {
  const { traffic, accessLog, applications } = context;
  const reset = (code: RefusalCode): void => stream.reset(resetCodeOf(code));
  traffic.activeConnections += 1;
  stream.onClose = () => void (traffic.activeConnections -= 1);
  const application = applications.get(applicationId);
  if (application === undefined) return reset('AGENT_APPLICATION_UNKNOWN');
  if (!application.configuration.passThroughHosts.includes(serverName)) return reset('AGENT_PATH_NOT_ALLOWED');
  const connection = await application.connectPlain();
  if (typeof connection === 'string') return reset(connection);
  const { socket, target } = connection;
  if (stream.closed) return void socket.destroy();
  const startedAt = performance.now();
  stream.respond(200);
  splice(stream, socket, ({ bytesFromSocket, bytesToSocket, inGoodOrder }) => {
    traffic.activeConnections -= 1;
    traffic.requests += 1;
    traffic.bytesReceived += bytesToSocket;
    traffic.bytesSent += bytesFromSocket;
    accessLog.write({
      requestId: createRequestId(),
      method: 'CONNECT',
      path: '',
      host: serverName,
      clientAddress: '',
      serverAddress: target.host,
      serverPort: target.port,
      status: inGoodOrder ? 200 : 499,
      bytesReceived: bytesToSocket,
      bytesSent: bytesFromSocket,
      durationMs: Math.round((performance.now() - startedAt) * 1000) / 1000,
      extra: { application: applicationId },
    });
  });
}
