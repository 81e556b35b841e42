import type { RefusalCode, RequestHead } from '../../tunnel/index.ts';
import { comparablePath } from '../../tunnel/index.ts';
import type { Application } from '../registry/application.ts';
import type { ClientFacts, ProxyContext } from './proxy-context.ts';

/** The application that gets a request, or why none does. */
export function routeRequest(head: RequestHead, client: ClientFacts, context: ProxyContext): Application | RefusalCode {
  // TRACE would show the client what the relay added; CONNECT asks for another kind of proxy.
  if (head.method === 'CONNECT' || head.method === 'TRACE') return 'RELAY_METHOD_NOT_ALLOWED';
  if (client.serverName !== undefined && client.serverName !== head.host) return 'RELAY_MISDIRECTED';
  const application = context.route(head.host);
  if (application === undefined) return 'RELAY_UNKNOWN_ENDPOINT';
  if (head.path === '*') return 'RELAY_PATH_NOT_ALLOWED';
  const path = comparablePath(head.path);
  if (path === undefined) return 'RELAY_PATH_AMBIGUOUS';
  if (!context.allows(application, path)) return 'RELAY_PATH_NOT_ALLOWED';
  return context.admitRequest(application) ? application : 'RELAY_RATE_LIMIT';
}
