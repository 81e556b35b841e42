import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { errorCode } from '../../foundation/index.ts';

export interface JsonAnswer {
  status: number;
  contentType: string;
  /** Undefined when the body is not JSON, or longer than the limit. */
  value: unknown;
  /** The body as it came; undefined when longer than the limit. */
  text: string | undefined;
}

export interface FetchJsonOptions {
  httpClient: Dispatcher;
  method?: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** Largest answer read, bytes. Default 256 KiB. */
  limit?: number;
  /** For the whole exchange. Default 30,000. */
  timeoutMs?: number;
}

/** One HTTP exchange whose answer should be JSON. Redirects are not followed. Rejects as undici does when no answer came. */
export async function fetchJson(url: string, options: FetchJsonOptions): Promise<JsonAnswer> {
  const response = await request(url, {
    dispatcher: options.httpClient,
    method: options.method ?? 'GET',
    headers: { accept: 'application/json, */*;q=0.5', ...options.headers },
    ...(options.body === undefined ? {} : { body: options.body }),
    signal: AbortSignal.timeout(options.timeoutMs ?? 30_000),
  });
  const text = await readText(response.body, options.limit ?? 262_144);
  const contentType = response.headers['content-type'];
  return { status: response.statusCode, contentType: typeof contentType === 'string' ? contentType : '', value: parse(text), text };
}

async function readText(body: Dispatcher.ResponseData['body'], limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) {
      body.destroy();
      return undefined;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** Why no answer came, in a word: Node's, OpenSSL's or undici's code, of the error or of what caused it. */
export function connectFailure(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'TIMEOUT';
  return errorCode(error) ?? (error instanceof Error ? (errorCode(error.cause) ?? error.name) : 'UNKNOWN');
}
