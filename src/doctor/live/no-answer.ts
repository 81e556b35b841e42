import { errorCode } from '../../foundation/index.ts';

const closed: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'UND_ERR_SOCKET']);
const silent: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Nothing was learned of who was to be asked: this machine’s DNS does not answer, or it has no way out at all. */
export function isOwnNetwork(error: unknown): boolean {
  return ['EAI_AGAIN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'].includes(errorCode(error) ?? '');
}

/**
 * Why a request got no answer on a connection that was made: it was closed or reset, nothing came in time, or what came is
 * no HTTP. Undefined where it is something else: a name, the connection itself, TLS.
 */
export function noAnswer(error: unknown): 'closed' | 'silent' | 'no HTTP' | undefined {
  const code = errorCode(error) ?? '';
  if (closed.has(code)) return 'closed';
  if (silent.has(code) || (error instanceof Error && error.name === 'TimeoutError')) return 'silent';
  // undici’s parser tells a code only sometimes.
  const isUnread = code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW' || (error instanceof Error && error.name === 'HTTPParserError');
  return isUnread ? 'no HTTP' : undefined;
}
