import type { IncomingMessage, ServerResponse } from 'node:http';
import { HybridgeError } from './hybridge-error.ts';

export type HttpServerErrorCode = 'HTTP_BODY_TOO_LARGE' | 'HTTP_BODY_NOT_JSON' | 'HTTP_BODY_CUT';

export type HttpHandler = (request: IncomingMessage, response: ServerResponse, parameters: Readonly<Record<string, string>>) => Promise<void> | void;

export interface HttpRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Literal segments and `:name` ones, e.g. `/adminapi/beta/:tenant/InvokeCommand`. Literals match in any case. */
  path: string;
  handle: HttpHandler;
}

export interface RouteMatch {
  handle: HttpHandler;
  parameters: Readonly<Record<string, string>>;
}

/** Finds a route: a match, `method` when only the method is wrong (405), or `path` when nothing answers there (404). */
export type Router = (method: string, path: string) => RouteMatch | 'method' | 'path';

/** Compiles a route table once. HEAD is served by GET routes. */
export function createRouter(routes: readonly HttpRoute[]): Router {
  const compiled = routes.map((route) => ({ ...route, segments: route.path.split('/') }));
  return (method, path) => {
    const segments = path.split('/');
    const wanted = method === 'HEAD' ? 'GET' : method;
    let pathFound = false;
    for (const route of compiled) {
      const parameters = matchSegments(route.segments, segments);
      if (parameters === undefined) continue;
      if (route.method === wanted) return { handle: route.handle, parameters };
      pathFound = true;
    }
    return pathFound ? 'method' : 'path';
  };
}

function matchSegments(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part.startsWith(':')) {
      if (segment === '') return undefined;
      try {
        parameters[part.slice(1)] = decodeURIComponent(segment);
      } catch {
        return undefined;
      }
    } else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return parameters;
}

/** The path of a request target, without query; `/` for anything that is not an origin-form target. */
export function requestPath(request: IncomingMessage): string {
  const target = request.url ?? '/';
  if (!target.startsWith('/')) return '/';
  const end = target.indexOf('?');
  return end === -1 ? target : target.slice(0, end);
}

/** The query of a request target. */
export function requestQuery(request: IncomingMessage): URLSearchParams {
  const target = request.url ?? '/';
  const start = target.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : target.slice(start + 1));
}

/**
 * Reads a whole body of at most `limit` bytes. The limit holds while reading: what is announced or sent beyond it is
 * never buffered.
 *
 * @throws HybridgeError `HTTP_BODY_TOO_LARGE` (answer 413 and close), `HTTP_BODY_CUT` (the client went away)
 */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const announced = Number(request.headers['content-length'] ?? '0');
  if (announced > limit) throw tooLarge(limit);
  // Announced: one buffer of that size, instead of pieces that are put together in the end.
  const whole = announced > 0 ? Buffer.allocUnsafeSlow(announced) : undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(limit);
      if (whole !== undefined && size <= announced) chunk.copy(whole, size - chunk.length);
      else chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof HybridgeError) throw error;
    throw new HybridgeError<HttpServerErrorCode>('HTTP_BODY_CUT', 'The request ended before its body was complete.', { cause: error });
  }
  if (whole !== undefined && size === announced) return whole;
  return Buffer.concat(whole === undefined ? chunks : [whole.subarray(0, Math.min(size, announced)), ...chunks], size);
}

function tooLarge(limit: number): HybridgeError<HttpServerErrorCode> {
  return new HybridgeError('HTTP_BODY_TOO_LARGE', `The request body is larger than ${limit} bytes.`, { facts: { limit }, remedy: 'Send a smaller request.' });
}

/** Reads a JSON body of at most `limit` bytes (default 1 MiB). The result is unknown until a schema has parsed it. */
export async function readJson(request: IncomingMessage, limit = 1 << 20): Promise<unknown> {
  const body = await readBody(request, limit);
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    throw new HybridgeError<HttpServerErrorCode>('HTTP_BODY_NOT_JSON', 'The request body is not valid JSON.', { cause: error });
  }
}

/** Sends a JSON answer with its length. */
export function sendJson(response: ServerResponse, status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const body = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': String(body.length), 'cache-control': 'no-store', ...headers });
  response.end(body);
}
