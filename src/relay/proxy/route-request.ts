import type { RefusalCode, RequestHead } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';

/** The application that gets a request, or why none does. `headBytes` and declared body are held to its limits. */
export function routeRequest(head: RequestHead, headBytes: number, client: ClientFacts, context: ProxyContext): Application | RefusalCode {
  // TRACE would show the client what the relay added; CONNECT asks for another kind of proxy.
  if (head.method === 'CONNECT' || head.method === 'TRACE') return 'RELAY_METHOD_NOT_ALLOWED';
  if (head.ambiguous) return 'RELAY_REQUEST_MALFORMED';
  if (client.serverName !== undefined && client.serverName !== head.host) return 'RELAY_MISDIRECTED';
  const application = context.route(head.host);
  if (application === undefined) return 'RELAY_UNKNOWN_ENDPOINT';
  if (head.path === '*') return 'RELAY_PATH_NOT_ALLOWED';
  const path = head.comparablePath;
  if (path === undefined) return 'RELAY_PATH_AMBIGUOUS';
  if (!context.allows(application, path)) return 'RELAY_PATH_NOT_ALLOWED';
  if (headBytes > application.headBytes) return 'RELAY_REQUEST_HEADERS_TOO_LARGE';
  if (application.bodyBytes !== null && (head.contentLength ?? 0) > application.bodyBytes) return 'RELAY_REQUEST_TOO_LARGE';
  return application;
}
