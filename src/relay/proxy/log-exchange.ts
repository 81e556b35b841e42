import type { AccessLogEntry } from '../../foundation/index.ts';
import type { RefusalCode } from '../../tunnel/index.ts';
import { fieldValue, isRefusalCode } from '../../tunnel/index.ts';
import type { ClientFaultCode } from '../relay-error.ts';
import type { Exchange } from './exchange.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';

/** Query parameters whose values no log may keep. */
const secretParameters = /((?:^|&)(?:access_token|id_token|refresh_token|token|code|password|secret|sig|signature|key)=)[^&]*/gi;

/** Writes a finished exchange to the access log and the metrics. */
export function logExchange(exchange: Exchange, client: ClientFacts, context: ProxyContext, status: number, code?: RefusalCode | ClientFaultCode): void {
  const { head, application, agentId } = exchange;
  const userAgent = fieldValue(head.fields, 'user-agent');
  context.metrics.requests.add(status);
  context.metrics.bytes.add('received', exchange.bytesReceived);
  context.metrics.bytes.add('sent', exchange.bytesSent);
  if (isRefusalCode(code)) context.metrics.refusals.add(code);
  if (agentId !== undefined) context.count(agentId, exchange.bytesReceived, exchange.bytesSent, status >= 500);
  // Assigned one by one: this runs once a request, and spreading optional members shows in profiles.
  const entry: AccessLogEntry = {
    requestId: exchange.requestId,
    method: head.method,
    path: head.path,
    host: head.host,
    clientAddress: client.address,
    serverAddress: client.localAddress,
    serverPort: client.localPort,
    status,
    bytesReceived: exchange.bytesReceived,
    bytesSent: exchange.bytesSent,
    durationMs: Math.round((performance.now() - exchange.startedAt) * 1000) / 1000,
    extra: { tenant: application?.tenantId, application: application?.id, agent: agentId },
  };
  if (head.query !== undefined) entry.query = head.query.replace(secretParameters, '$1[masked]');
  if (userAgent !== undefined) entry.userAgent = userAgent;
  if (code !== undefined) entry.errorCode = code;
  context.accessLog.write(entry);
}
