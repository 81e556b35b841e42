import { HybridgeError } from '../foundation/index.ts';

/**
 * - `TUNNEL_HTTP_MALFORMED`: a message that two parsers could read differently; `facts.reason` says which rule it broke
 * - `TUNNEL_HTTP_HEAD_TOO_LARGE`: more bytes or header fields than the limits allow
 * - `TUNNEL_HTTP_VERSION`: neither HTTP/1.0 nor HTTP/1.1
 * - `TUNNEL_CONTROL_INVALID`: a control message that is not JSON, too long, or of the wrong shape
 * - `TUNNEL_CLIENT_HELLO`: the first bytes of a connection are no TLS ClientHello
 */
export type TunnelErrorCode = 'TUNNEL_HTTP_MALFORMED' | 'TUNNEL_HTTP_HEAD_TOO_LARGE' | 'TUNNEL_HTTP_VERSION' | 'TUNNEL_CONTROL_INVALID' | 'TUNNEL_CLIENT_HELLO';

export class TunnelError extends HybridgeError<TunnelErrorCode> {
  override readonly name = 'TunnelError';
}

/** A message that breaks a rule of RFC 9112 which intermediaries must not be lenient about. */
export function malformed(reason: string): TunnelError {
  return new TunnelError('TUNNEL_HTTP_MALFORMED', `The HTTP message is malformed: ${reason}.`, { facts: { reason } });
}
