import { request } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../foundation/index.ts';

export interface Asking {
  httpClient: Dispatcher;
  clock: Clock;
  /** How long the answer may take. Default 40,000 ms. */
  patienceMs?: number;
}

/** What a stranger is answered, by whoever answers. */
export interface FirstAnswer {
  status: number;
  type: string;
  location: string;
  /** Of the answering program; HTTP.sys and IIS name themselves. */
  server: string;
  /** Challenges of `WWW-Authenticate`. */
  challenges: readonly string[];
  /** `x-ms-diagnostics`. */
  diagnostics: string;
  /** `x-hybridge-error`, where our own relay or server refused. */
  refusal: string;
  /** Whether a front end of Exchange has had the request (`X-FEServer`). */
  isExchange: boolean;
  /** Name of that front end. */
  frontEnd: string;
  /** By the answering server's clock, against ours. */
  skewMs: number | undefined;
  tookMs: number;
}

/** A lookup is given up after 25 seconds; what takes longer than this is too slow for it. */
const defaultPatienceMs = 40_000;

/** Asks without credentials, or with a token that is none, on a connection of its own, and reads the head of the answer. */
export async function firstAnswer({ httpClient, clock, patienceMs = defaultPatienceMs }: Asking, url: URL, authorization = 'Bearer'): Promise<FirstAnswer> {
  const started = performance.now();
  const response = await request(url, { dispatcher: httpClient, method: 'GET', reset: true, headers: { authorization, 'user-agent': 'Hybridge doctor' }, headersTimeout: patienceMs, signal: AbortSignal.timeout(patienceMs) });
  const tookMs = performance.now() - started;
  response.body.on('error', () => undefined);
  response.body.destroy();
  const all = (name: string): readonly string[] => [response.headers[name] ?? []].flat();
  const header = (name: string): string => all(name)[0] ?? '';
  const date = Date.parse(header('date'));
  return {
    status: response.statusCode,
    type: header('content-type'),
    location: header('location'),
    server: header('server'),
    challenges: all('www-authenticate'),
    diagnostics: header('x-ms-diagnostics'),
    refusal: header('x-hybridge-error'),
    isExchange: header('x-feserver') !== '',
    frontEnd: header('x-feserver'),
    skewMs: Number.isNaN(date) ? undefined : date - clock.now(),
    tookMs,
  };
}
