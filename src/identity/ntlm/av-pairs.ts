import { malformedMessage } from './ntlm-message.ts';

/** AvId, [MS-NLMP] 2.2.2.1. */
export const avIds = {
  endOfList: 0,
  netBiosComputerName: 1,
  netBiosDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  flags: 6,
  timestamp: 7,
  channelBindings: 10,
} as const;

/** Bit of `flags`: the AUTHENTICATE message carries an integrity code. */
export const micPresent = 0x2;

/** Milliseconds between 1601, where FILETIME begins, and 1970. */
const fileTimeEpoch = 11_644_473_600_000n;

export type AvPairs = ReadonlyMap<number, Buffer>;

/** The list with its end mark. */
export function writeAvPairs(pairs: Iterable<readonly [number, Uint8Array]>): Buffer {
  return Buffer.concat([...pairs, [avIds.endOfList, Buffer.alloc(0)] as const].flatMap(([id, value]) => [avHeader(id, value.length), value]));
}

/** @throws IdentityError `IDENTITY_NTLM_MALFORMED` for a list without end, or one that says something twice */
export function readAvPairs(bytes: Buffer): AvPairs {
  const pairs = new Map<number, Buffer>();
  let at = 0;
  for (;;) {
    if (at + 4 > bytes.length) throw malformedMessage('target information without end');
    const id = bytes.readUInt16LE(at);
    const length = bytes.readUInt16LE(at + 2);
    if (id === avIds.endOfList) return pairs;
    if (at + 4 + length > bytes.length) throw malformedMessage('target information is cut');
    if (pairs.has(id)) throw malformedMessage('target information repeats itself');
    pairs.set(id, bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
}

/** An instant (epoch milliseconds) as FILETIME: 100 ns steps since 1601, little-endian. */
export function fileTime(instant: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE((BigInt(Math.trunc(instant)) + fileTimeEpoch) * 10_000n);
  return bytes;
}

function avHeader(id: number, length: number): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt16LE(id, 0);
  header.writeUInt16LE(length, 2);
  return header;
}
