import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { errorCode, errorText, HybridgeError } from '../../foundation/index.ts';
import { RelayError } from '../relay-error.ts';
import { relayRefusal } from './create-relay-admin-client.ts';
import type { TailLine } from './tail-line.ts';
import { tailLineSchema } from './tail-line.ts';

export interface ReadTailOptions {
  /** The admin listener, e.g. `https://127.0.0.1:8443`. */
  url: string;
  httpClient: Dispatcher;
  /** The relay's admin key. */
  key: string;
  tenantId?: string;
  applicationId?: string;
  /** Ends the tail without an error. */
  signal: AbortSignal;
}

/** Milliseconds without a line after which the relay counts as gone: three signs of life. */
const silenceMs = 30_000;
const maximumLineLength = 64 * 1024;

/**
 * Watches the requests of a relay as they finish.
 *
 * @throws RelayError `RELAY_ADMIN_UNREACHABLE` when the relay cannot be reached or ends the tail
 * @throws HybridgeError what the relay refuses, with its code: `RELAY_ADMIN_KEY`, `RELAY_TENANT_UNKNOWN`
 */
export async function* readTail(options: ReadTailOptions): AsyncGenerator<TailLine, void> {
  const { signal } = options;
  const url = new URL('/api/tail', options.url);
  if (options.tenantId !== undefined) url.searchParams.set('tenant', options.tenantId);
  if (options.applicationId !== undefined) url.searchParams.set('application', options.applicationId);
  try {
    const response = await request(url, { dispatcher: options.httpClient, headers: { authorization: `Bearer ${options.key}` }, signal, bodyTimeout: silenceMs });
    if (response.statusCode !== 200) throw relayRefusal(response.statusCode, await response.body.json().catch(() => undefined));
    let rest = '';
    response.body.setEncoding('utf8');
    for await (const chunk of response.body as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > maximumLineLength) throw ended('The relay sent a line that is too long.');
      for (const line of lines) yield tailLineSchema.parse(JSON.parse(line));
    }
  } catch (error) {
    if (signal.aborted) return;
    throw error instanceof HybridgeError ? error : ended('The tail of the relay ended.', error);
  }
  if (!signal.aborted) throw ended('The relay ended the tail.');
}

function ended(message: string, cause?: unknown): RelayError {
  return new RelayError('RELAY_ADMIN_UNREACHABLE', message, {
    facts: cause === undefined ? {} : { cause: errorCode(cause) ?? errorText(cause) },
    cause,
    retryable: true,
    remedy: 'Check the address of the admin listener and that the relay runs.',
  });
}
