import { TunnelError } from './tunnel-error.ts';

export interface ClientHello {
  /** Lower case; undefined where the client sent none. */
  serverName?: string;
  protocols: readonly string[];
}

/** A ClientHello may span records and carry post-quantum keys; 64 KiB is far beyond any that exists. */
const maximumLength = 64 * 1024;

/**
 * Reads server name and application protocols from the first bytes of a TLS connection (RFC 8446 §4.1.2, RFC 6066 §3,
 * RFC 7301). Returns undefined while bytes are missing.
 *
 * @throws TunnelError `TUNNEL_CLIENT_HELLO` when this is not TLS or the hello is malformed
 */
export function readClientHello(bytes: Buffer): ClientHello | undefined {
  const message = handshakeMessage(bytes);
  if (message === undefined) return undefined;
  try {
    return parseHello(message);
  } catch (error) {
    throw error instanceof RangeError ? notHello('truncated') : error;
  }
}

/** Joins the fragments of the first handshake message, which must be a ClientHello. */
function handshakeMessage(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let collected = 0;
  let needed: number | undefined;
  let at = 0;
  while (needed === undefined || collected < needed) {
    if (bytes.length > at && bytes[at] !== 22) throw notHello('not a handshake record');
    if (bytes.length < at + 5) return undefined;
    if (bytes[at + 1] !== 3) throw notHello('not a TLS version');
    const length = bytes.readUInt16BE(at + 3);
    if (length === 0 || length > 16_384) throw notHello('record length');
    if (at + length > maximumLength) throw notHello('too long');
    const available = bytes.subarray(at + 5, at + 5 + length);
    parts.push(available);
    collected += available.length;
    const start = parts.length === 1 || needed === undefined ? Buffer.concat(parts) : undefined;
    if (start !== undefined) {
      if (start.length > 0 && start[0] !== 1) throw notHello('not a ClientHello');
      if (start.length >= 4) {
        needed = 4 + start.readUIntBE(1, 3);
        if (needed > maximumLength) throw notHello('too long');
      }
    }
    if (available.length < length && (needed === undefined || collected < needed)) return undefined;
    at += 5 + length;
  }
  return Buffer.concat(parts).subarray(4, needed);
}

function parseHello(hello: Buffer): ClientHello {
  let at = 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  if (at >= hello.length) return { protocols: [] };
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  let serverName: string | undefined;
  let protocols: string[] = [];
  while (at < end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    const body = hello.subarray(at + 4, at + 4 + length);
    if (body.length !== length) throw notHello('truncated');
    if (type === 0) serverName = serverNameOf(body);
    if (type === 16) protocols = protocolsOf(body);
    at += 4 + length;
  }
  return { protocols, ...(serverName === undefined ? {} : { serverName }) };
}

function serverNameOf(body: Buffer): string | undefined {
  if (body.length < 5 || body[2] !== 0) return undefined;
  const name = body.subarray(5, 5 + body.readUInt16BE(3)).toString('latin1');
  return /^[0-9a-z_.-]{1,253}$/i.test(name) ? name.toLowerCase() : undefined;
}

function protocolsOf(body: Buffer): string[] {
  const protocols: string[] = [];
  for (let at = 2; at < body.length; ) {
    const length = body.readUInt8(at);
    protocols.push(body.subarray(at + 1, at + 1 + length).toString('latin1'));
    at += 1 + length;
  }
  return protocols;
}

function notHello(reason: string): TunnelError {
  return new TunnelError('TUNNEL_CLIENT_HELLO', 'The connection does not begin with a TLS handshake.', { facts: { reason } });
}
