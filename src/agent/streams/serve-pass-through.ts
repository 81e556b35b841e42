import type { ServerHttp2Stream } from 'node:http2';
import { createRequestId } from '../../foundation/index.ts';
import type { RefusalCode } from '../../tunnel/index.ts';
import { resetCodeOf, resetStream, splice } from '../../tunnel/index.ts';
import type { StreamContext } from './serve-stream.ts';

/**
 * Serves a stream whose TLS ends at the target: one connection with a target, bytes both ways, unread. The name that
 * the client asked for must be one that the application passes through.
 */
export async function servePassThrough(stream: ServerHttp2Stream, applicationId: string, serverName: string, context: StreamContext): Promise<void> {
  const { traffic, accessLog, applications } = context;
  const reset = (code: RefusalCode): void => resetStream(stream, resetCodeOf(code));
  traffic.activeConnections += 1;
  stream.on('error', () => undefined);
  stream.once('close', () => (traffic.activeConnections -= 1));
  const application = applications.get(applicationId);
  if (application === undefined) return reset('AGENT_APPLICATION_UNKNOWN');
  if (!application.configuration.passThroughHosts.includes(serverName)) return reset('AGENT_PATH_NOT_ALLOWED');
  const connection = await application.connectPlain();
  if (typeof connection === 'string') return reset(connection);
  const { socket, target } = connection;
  if (stream.destroyed || stream.closed) return void socket.destroy();
  const startedAt = performance.now();
  stream.respond({ ':status': 200 });
  splice(stream, socket, ({ bytesFromSocket, bytesToSocket, inGoodOrder }) => {
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
