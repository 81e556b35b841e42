import type { ServerResponse } from 'node:http';
import type { AccessLogEntry, Clock } from '../../foundation/index.ts';
import { requestQuery } from '../../foundation/index.ts';
import { RelayError } from '../relay-error.ts';
import type { AdminKeys } from '../registry/admin-keys.ts';
import type { AdminRoute } from './admin-context.ts';
import type { TailLine } from './tail-line.ts';
import type { TrafficFeed } from './traffic-feed.ts';

/** Bytes that wait for a slow watcher; what comes while they do is counted and left out. */
const maximumWaitingBytes = 256 * 1024;
/** Milliseconds between signs of life on a quiet relay. */
const signOfLifeMs = 10_000;

/**
 * `GET /api/tail[?tenant=…&application=…]`: finished requests as they come, one JSON object a line, until the watcher
 * goes or its key is good no longer. A tenant's administrators see their own only.
 */
export function tailRoutes(feed: TrafficFeed, keys: AdminKeys, clock: Clock): AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/api/tail',
      async handle({ request, response, caller, own }) {
        const query = requestQuery(request);
        const asked = { tenant: own.tenantFor(query.get('tenant')), application: query.get('application') ?? undefined };
        // Nothing would ever come of what is not there.
        if (asked.tenant !== undefined) await own.tenant(asked.tenant);
        if (asked.application !== undefined) own.application(asked.application);
        const wanted = (entry: AccessLogEntry): boolean => (['tenant', 'application'] as const).every((name) => asked[name] === undefined || entry.extra?.[name] === asked[name]);
        const send = createSender(response);
        const stop = feed.watch(caller.tenantId, (entry) => {
          if (wanted(entry)) send({ type: 'request', time: clock.now(), ...viewOf(entry) });
        }, () => response.end());
        if (stop === undefined) throw new RelayError('RELAY_TAIL_FULL', 'As many people as possible watch this relay already.', { facts: { status: 503 }, remedy: 'End another tail first, or read the access log.' });
        response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
        send({ type: 'alive' });
        const endWithKey = (): void => {
          if (!caller.isStillGood()) response.end();
        };
        const alive = setInterval(() => {
          send({ type: 'alive' });
          endWithKey();
        }, signOfLifeMs);
        const forget = keys.onChanged(endWithKey);
        response.once('close', () => {
          clearInterval(alive);
          forget();
          stop();
        });
      },
    },
  ];
}

function createSender(response: ServerResponse): (line: TailLine) => void {
  let dropped = 0;
  return (line) => {
    if (response.writableLength > maximumWaitingBytes) {
      if (line.type === 'request') dropped += 1;
      return;
    }
    if (dropped > 0) response.write(`${JSON.stringify({ type: 'dropped', count: dropped } satisfies TailLine)}\n`);
    dropped = 0;
    response.write(`${JSON.stringify(line)}\n`);
  };
}

/** What operators see of a request: its query stays in the access log. */
function viewOf(entry: AccessLogEntry): Omit<Extract<TailLine, { type: 'request' }>, 'type' | 'time'> {
  const { requestId, method, path, host, clientAddress, status, errorCode, bytesReceived, bytesSent, durationMs, extra } = entry;
  const text = (name: string): Record<string, string> => (typeof extra?.[name] === 'string' ? { [name]: extra[name] } : {});
  return { requestId, method, path, host, clientAddress, status, ...(errorCode === undefined ? {} : { errorCode }), bytesReceived, bytesSent, durationMs, ...text('tenant'), ...text('application'), ...text('agent') };
}
