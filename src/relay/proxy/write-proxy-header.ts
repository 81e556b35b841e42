import { isIPv4, isIPv6 } from 'node:net';

const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');

export interface ProxyHeaderFacts {
  address: string;
  port: number;
  localAddress: string;
  localPort: number;
}

/** A PROXY protocol header, version 2 (HAProxy, "The PROXY protocol" §2.2), for a TCP connection that is passed on. */
export function writeProxyHeader({ address, port, localAddress, localPort }: ProxyHeaderFacts): Buffer {
  const plain = isIPv4(address) && isIPv4(localAddress);
  const addresses = [address, localAddress].map((text) => (plain ? bytesOfIPv4(text) : bytesOfIPv6(text)));
  const ports = Buffer.alloc(4);
  ports.writeUInt16BE(port, 0);
  ports.writeUInt16BE(localPort, 2);
  const block = Buffer.concat([...addresses, ports]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(block.length);
  return Buffer.concat([signature, Buffer.from([0x21, plain ? 0x11 : 0x21]), length, block]);
}

function bytesOfIPv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

/** IPv4 addresses become IPv4-mapped ones, where the two ends are of different kinds. */
function bytesOfIPv6(address: string): Buffer {
  if (!isIPv6(address)) return Buffer.concat([Buffer.from('00000000000000000000ffff', 'hex'), isIPv4(address) ? bytesOfIPv4(address) : Buffer.alloc(4)]);
  // The URL parser turns every spelling, such as a dotted end, into groups.
  const [left = '', right] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const groups = (text: string): number[] => text.split(':').filter((group) => group !== '').map((group) => Number.parseInt(group, 16));
  const head = groups(left);
  const tail = groups(right ?? '');
  const all = [...head, ...Array.from({ length: 8 - head.length - tail.length }, () => 0), ...tail];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]));
}
