import { isIPv4, isIPv6 } from 'node:net';

/** What a load balancer says about the connection that it passes on (HAProxy, "The PROXY protocol", versions 1 and 2). */
export interface ProxyHeader {
  /** Bytes of the header. */
  length: number;
  /** Absent where the load balancer speaks for itself, as in its health checks, or does not know. */
  client?: { address: string; port: number };
}

const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
/** §2.1: the longest line of version 1, with CR LF. */
const maximumLine = 107;
/** Addresses and extensions of version 2; those in use stay far below. */
const maximumBlock = 4096;

/**
 * Reads the header at the beginning of a connection; undefined while bytes are missing.
 *
 * @throws RangeError when there is none, or a malformed one
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader | undefined {
  const known = Math.min(bytes.length, signature.length);
  if (bytes.subarray(0, known).equals(signature.subarray(0, known))) return bytes.length < 16 ? undefined : readBinary(bytes);
  return readLine(bytes);
}

function readLine(bytes: Buffer): ProxyHeader | undefined {
  const text = bytes.toString('latin1', 0, maximumLine);
  if (!'PROXY '.startsWith(text.slice(0, 6))) throw new RangeError('no PROXY header');
  const end = text.indexOf('\r\n');
  if (end === -1) {
    if (text.length === maximumLine) throw new RangeError('a PROXY line is too long');
    return undefined;
  }
  const line = text.slice(0, end);
  const length = end + 2;
  if (/^PROXY UNKNOWN(?: |$)/.test(line)) return { length };
  const [, family, address = '', destination = '', port] = /^PROXY TCP(4|6) (\S+) (\S+) (\d{1,5}) \d{1,5}$/.exec(line) ?? [];
  const isAddress = family === '4' ? isIPv4 : isIPv6;
  if (family === undefined || !isAddress(address) || !isAddress(destination) || Number(port) > 65_535) throw new RangeError('a PROXY line is malformed');
  return { length, client: { address, port: Number(port) } };
}

function readBinary(bytes: Buffer): ProxyHeader | undefined {
  const versionAndCommand = bytes.readUInt8(12);
  const family = bytes.readUInt8(13);
  const block = bytes.readUInt16BE(14);
  if (versionAndCommand >> 4 !== 2 || (versionAndCommand & 0xf) > 1 || block > maximumBlock) throw new RangeError('a PROXY header is malformed');
  const length = 16 + block;
  if (bytes.length < length) return undefined;
  // LOCAL: the load balancer itself.
  if ((versionAndCommand & 0xf) === 0) return { length };
  if (family === 0x11 && block >= 12) return { length, client: { address: [...bytes.subarray(16, 20)].join('.'), port: bytes.readUInt16BE(24) } };
  if (family === 0x21 && block >= 36) return { length, client: { address: textOfIPv6(bytes.subarray(16, 32)), port: bytes.readUInt16BE(48) } };
  if (family === 0x11 || family === 0x21) throw new RangeError('a PROXY header is malformed');
  return { length };
}

function textOfIPv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16)).join(':');
  // The URL parser writes addresses as RFC 5952 wants them.
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}
