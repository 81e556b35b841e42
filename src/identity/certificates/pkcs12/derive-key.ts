import { createHash } from 'node:crypto';

/** What a derived value is for: RFC 7292 appendix B.3. */
export const keyPurposes = { key: 1, iv: 2, mac: 3 } as const;

export interface DeriveKeyOptions {
  hash: 'sha1' | 'sha256' | 'sha384' | 'sha512';
  purpose: (typeof keyPurposes)[keyof typeof keyPurposes];
  /** As `passwordBytes` gives it. */
  password: Buffer;
  salt: Buffer;
  iterations: number;
  /** Bytes. */
  length: number;
}

/** A password as PKCS #12 hashes it: big-endian UTF-16 with a final null (RFC 7292 appendix B.1). */
export function passwordBytes(password: string): Buffer {
  return Buffer.from(`${password}\0`, 'utf16le').swap16();
}

/** The key derivation of PKCS #12 (RFC 7292 appendix B.2). */
export function deriveKey({ hash, purpose, password, salt, iterations, length }: DeriveKeyOptions): Buffer {
  const block = hash === 'sha1' || hash === 'sha256' ? 64 : 128;
  const diversifier = Buffer.alloc(block, purpose);
  const input = Buffer.concat([repeat(salt, block), repeat(password, block)]);
  const derived: Buffer[] = [];
  for (let have = 0; have < length; ) {
    let digest = createHash(hash).update(diversifier).update(input).digest();
    for (let round = 1; round < iterations; round++) digest = createHash(hash).update(digest).digest();
    derived.push(digest);
    have += digest.length;
    const addend = repeat(digest, block).subarray(0, block);
    for (let offset = 0; offset < input.length; offset += block) add(input.subarray(offset, offset + block), addend);
  }
  return Buffer.concat(derived).subarray(0, length);
}

/** Copies of the bytes up to a multiple of the block; nothing stays nothing. */
function repeat(bytes: Buffer, block: number): Buffer {
  const length = Math.ceil(bytes.length / block) * block;
  return length === 0 ? Buffer.alloc(0) : Buffer.alloc(length, bytes);
}

/** target = target + addend + 1, modulo the block. */
function add(target: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let index = target.length - 1; index >= 0; index--) {
    const sum = (target[index] ?? 0) + (addend[index] ?? 0) + carry;
    target[index] = sum & 0xff;
    carry = sum >>> 8;
  }
}
