import type { RefusalCode } from '../../tunnel/index.ts';
import { fieldValue, isRefusalCode } from '../../tunnel/index.ts';
import type { Exchange } from './exchange.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';

/** Query parameters whose values no log may keep. */
const secretParameters = /((?:^|&)(?:access_token|id_token|refresh_token|token|code|password|secret|sig|signature|key)=)[^&]*/gi;

/** Writes a finished exchange to the access log and the metrics. */
export function logExchange(exchange: Exchange, client: ClientFacts, context: ProxyContext, status: number, code?: RefusalCode | 'RELAY_CLIENT_CLOSED'): void {
  const { head, application, agentId } = exchange;
  const userAgent = fieldValue(head.fields, 'user-agent');
  context.metrics.requests.inc({ status: String(status) });
  context.metrics.bytes.inc({ direction: 'received' }, exchange.bytesReceived);
  context.metrics.bytes.inc({ direction: 'sent' }, exchange.bytesSent);
  if (isRefusalCode(code)) context.metrics.refusals.inc({ code });
  if (agentId !== undefined) context.count(agentId, exchange.bytesReceived, exchange.bytesSent, status >= 500);
  context.accessLog.write({
    requestId: exchange.requestId,
    method: head.method,
    path: head.path,
    ...(head.query === undefined ? {} : { query: head.query.replace(secretParameters, '$1[masked]') }),
    host: head.host,
    clientAddress: client.address,
    serverAddress: client.localAddress,
    serverPort: client.localPort,
    ...(userAgent === undefined ? {} : { userAgent }),
    status,
    ...(code === undefined ? {} : { errorCode: code }),
    bytesReceived: exchange.bytesReceived,
    bytesSent: exchange.bytesSent,
    durationMs: Math.round((performance.now() - exchange.startedAt) * 1000) / 1000,
    extra: { ...(application === undefined ? {} : { tenant: application.tenantId, application: application.id }), ...(agentId === undefined ? {} : { agent: agentId }) },
  });
}
