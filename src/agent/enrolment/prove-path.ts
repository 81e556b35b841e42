import { request } from 'undici';
import { z } from 'zod';
import type { Dial } from '../../foundation/index.ts';
import { createHttpClient, createRequestId, errorCode, errorText, requestIdHeader } from '../../foundation/index.ts';
import type { ApplicationConfiguration } from '../../tunnel/index.ts';
import { errorHeader } from '../../tunnel/index.ts';

export interface ProvePathOptions {
  application: Pick<ApplicationConfiguration, 'id' | 'allowedPaths'>;
  agentId: string;
  /** `https://relay.example[:port]`. */
  relayUrl: string;
  dial: Dial;
  /** PEM certificates to trust for the relay instead of the built-in roots. */
  ca?: readonly string[];
}

/** What came back from the outside. Only `answered` proves the whole path. */
export type PathProof =
  | { outcome: 'answered'; url: string; status: number; durationMs: number; requestId: string }
  | { outcome: 'refused'; url: string; status: number; code: string; message: string; remedy?: string; requestId: string }
  | { outcome: 'elsewhere'; url: string; via: string; requestId: string }
  | { outcome: 'failed'; url: string; code: string; message: string; requestId: string };

/** Connections tried until the relay chooses this agent among those of its tenant; it takes turns. */
const maximumAttempts = 20;
const timeoutMs = 30_000;

const refusalSchema = z.object({ error: z.object({ message: z.string(), remedy: z.string().optional() }) });

/**
 * Sends a request as an outside client does, to the relay's public port under the application's host name, until one has
 * come through this agent. Any answer of the target will do: 401 is what Exchange says to a stranger.
 */
export async function provePath(options: ProvePathOptions): Promise<PathProof> {
  const { application, agentId, relayUrl, dial } = options;
  const relay = new URL(relayUrl);
  const url = `https://${application.id}.${relay.host}${pathOf(application)}`;
  let last: PathProof | undefined;
  for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
    const httpClient = createHttpClient({
      // The name of the endpoint leads to the relay for everybody outside; a resolver in here may not know it.
      dial: (_, port, signal) => dial(relay.hostname.replace(/^\[|\]$/g, ''), port, signal),
      connections: 1,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    try {
      last = await ask(url, agentId, httpClient);
    } finally {
      await httpClient.destroy();
    }
    if (last.outcome !== 'elsewhere') return last;
  }
  return last ?? { outcome: 'failed', url, code: 'AGENT_RELAY_UNREACHABLE', message: 'No request was sent.', requestId: '' };
}

async function ask(url: string, agentId: string, httpClient: ReturnType<typeof createHttpClient>): Promise<PathProof> {
  const requestId = createRequestId();
  const began = performance.now();
  try {
    const { statusCode: status, headers, body } = await request(url, { dispatcher: httpClient, headers: { [requestIdHeader]: requestId, 'user-agent': 'Hybridge-Agent-Validation' }, signal: AbortSignal.timeout(timeoutMs) });
    const durationMs = Math.round(performance.now() - began);
    const code = headers[errorHeader];
    if (typeof code === 'string') {
      const said = refusalSchema.safeParse(await body.json());
      const { message, remedy } = said.success ? said.data.error : { message: 'The request was refused.', remedy: undefined };
      return { outcome: 'refused', url, status, code, message, ...(remedy === undefined ? {} : { remedy }), requestId };
    }
    await body.dump();
    const via = String(headers['via'] ?? '');
    return via.includes(`agent ${agentId.slice(0, 8)}`) ? { outcome: 'answered', url, status, durationMs, requestId } : { outcome: 'elsewhere', url, via, requestId };
  } catch (error) {
    return { outcome: 'failed', url, code: errorCode(error) ?? 'AGENT_RELAY_UNREACHABLE', message: errorText(error), requestId };
  }
}

/** A path that the application publishes: EWS where it does, else the first. */
function pathOf({ allowedPaths }: Pick<ApplicationConfiguration, 'allowedPaths'>): string {
  if (allowedPaths.some((pattern) => /^\/ews\/(?:\*|exchange\.asmx)$/i.test(pattern))) return '/EWS/Exchange.asmx';
  return (allowedPaths[0] ?? '/').replace(/\*$/, '');
}
