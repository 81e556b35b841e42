import { createServer as createHttpsServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics } from 'prom-client';
import type { Registry } from 'prom-client';
import { errorText, HybridgeError } from './hybridge-error.ts';
import type { HttpRoute } from './http-server.ts';
import { createRouter, requestPath, sendJson } from './http-server.ts';
import type { Listener, ListenOptions } from './listener.ts';
import { listen } from './listener.ts';
import type { Log } from './log.ts';

export interface AdminListenerOptions extends ListenOptions {
  /** PEM certificate chain and key: admin listeners speak TLS only. */
  cert: string;
  key: string;
  log: Log;
  /** True when the party can do its work; `/readyz` answers 503 otherwise. */
  ready: () => boolean;
  /** The party's own; those of every process (memory, processor, event loop) are added. */
  metrics: Registry;
  /** The party's own admin API. Each route checks its caller itself. */
  routes?: readonly HttpRoute[];
}

/**
 * The operators' side of a party: `/livez`, `/readyz`, `/metrics` (Prometheus text) and the party's admin API, on a
 * listener of its own. Errors of ours become `{ error: { code, message, remedy } }`; anything else becomes a 500 that
 * names nothing and is logged whole.
 */
export async function startAdminListener(options: AdminListenerOptions): Promise<Listener> {
  // A registry may have them from a listener before this one.
  if (options.metrics.getSingleMetric('process_resident_memory_bytes') === undefined) collectDefaultMetrics({ register: options.metrics });
  const ownRoutes: HttpRoute[] = [
    { method: 'GET', path: '/livez', handle: (_, response) => sendText(response, 200, 'ok\n') },
    {
      method: 'GET',
      path: '/readyz',
      handle: (_, response) => (options.ready() ? sendText(response, 200, 'ok\n') : sendText(response, 503, 'not ready\n')),
    },
    {
      method: 'GET',
      path: '/metrics',
      handle: async (_, response) => {
        sendText(response, 200, await options.metrics.metrics(), options.metrics.contentType);
      },
    },
  ];
  const answer = createAdminHandler([...ownRoutes, ...(options.routes ?? [])], options.log);
  return listen(createHttpsServer({ cert: options.cert, key: options.key, minVersion: 'TLSv1.2' }, answer), options);
}

/** Answers by routes; errors as `startAdminListener` says. */
export function createAdminHandler(routes: readonly HttpRoute[], log: Log): (request: IncomingMessage, response: ServerResponse) => void {
  const router = createRouter(routes);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const match = router(request.method ?? 'GET', requestPath(request));
    if (match === 'path') return sendJson(response, 404, { error: { code: 'ADMIN_NOT_FOUND', message: 'Nothing answers at this path.' } });
    if (match === 'method') return sendJson(response, 405, { error: { code: 'ADMIN_METHOD', message: 'This path does not take that method.' } });
    await match.handle(request, response, match.parameters);
  };
  return (request, response) => {
    answer(request, response).catch((error: unknown) => sendAdminError(response, error, log));
  };
}

/** The HTTP status that fits an error code of the admin API; 400 unless the route said otherwise in `facts.status`. */
function sendAdminError(response: ServerResponse, error: unknown, log: Log): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof HybridgeError) {
    const status = typeof error.facts['status'] === 'number' ? error.facts['status'] : 400;
    log.warn({ code: error.code, facts: error.facts }, error.message);
    sendJson(response, status, { error: { code: error.code, message: error.message, ...(error.remedy === undefined ? {} : { remedy: error.remedy }) } });
    return;
  }
  log.error({ err: error }, errorText(error));
  sendJson(response, 500, { error: { code: 'ADMIN_INTERNAL', message: 'The request failed inside the service. Its log has the details.' } });
}

function sendText(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': String(Buffer.byteLength(text)), 'cache-control': 'no-store' });
  response.end(text);
}
