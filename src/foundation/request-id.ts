import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * The header in which one request id travels from hop to hop. Exchange clients send `client-request-id`
 * ([MS-OXWSXPROP]-era clients and Outlook alike) and find it again in the IIS logs; we keep that name.
 */
export const requestIdHeader = 'client-request-id';

const shape = /^[0-9A-Za-z][0-9A-Za-z._-]{7,63}$/;

/** A new request id: a random UUID. */
export function createRequestId(): string {
  return randomUUID();
}

/** True for what we accept as a request id from outside: 8 to 64 letters, digits, dots, dashes, underscores. */
export function isRequestId(text: string): boolean {
  return shape.test(text);
}

/** The request id that a client sent, without braces, or a new one where it sent none or one that no log should hold. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const sent = headers[requestIdHeader];
  const text = (Array.isArray(sent) ? sent[0] : sent)?.replace(/^\{|\}$/g, '');
  return text !== undefined && isRequestId(text) ? text : createRequestId();
}
