import { createCipheriv, createDecipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { Integer, Null, ObjectIdentifier, OctetString, Sequence } from 'asn1js';
import type { AsnType } from 'asn1js';
import { bytesOf, childrenOf, identifierOf, integerOf } from './asn1.ts';
import { deriveKey, keyPurposes, passwordBytes } from './derive-key.ts';
import { Pkcs12Error } from './pkcs12-error.ts';
import { decryptRc2 } from './rc2.ts';

const derive = promisify(pbkdf2);

/** So that a file cannot keep the process busy for long. Windows writes 2,000, OpenSSL 2,048, Java 10,000. */
const mostIterations = { pbkdf2: 5_000_000, pkcs12: 1_000_000 } as const;

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2Identifier = '1.2.840.113549.1.5.12';
const hmacSha256 = '1.2.840.113549.2.9';
const aes256 = '2.16.840.1.101.3.4.1.42';

/** RFC 8018 appendix B.1.2. */
const pseudoRandomFunctions: Readonly<Record<string, string>> = { '1.2.840.113549.2.7': 'sha1', '1.2.840.113549.2.8': 'sha224', [hmacSha256]: 'sha256', '1.2.840.113549.2.10': 'sha384', '1.2.840.113549.2.11': 'sha512' };
const ciphers: Readonly<Record<string, { name: string; keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  [aes256]: { name: 'aes-256-cbc', keyBytes: 32 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24 },
};
/** RFC 7292 appendix C. The two with RC4 are not read. */
const olderCiphers: Readonly<Record<string, { name: 'des-ede3-cbc' | 'des-ede-cbc' | 'rc2'; keyBytes: number }>> = {
  '1.2.840.113549.1.12.1.3': { name: 'des-ede3-cbc', keyBytes: 24 },
  '1.2.840.113549.1.12.1.4': { name: 'des-ede-cbc', keyBytes: 16 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyBytes: 5 },
};

/** Decrypts what an AlgorithmIdentifier of a password-based scheme describes: PBES2 (RFC 8018 §6.2), or those of PKCS #12. */
export async function decryptWithPassword(algorithm: AsnType, data: Buffer, password: string): Promise<Buffer> {
  const [identifier, parameters] = childrenOf(algorithm);
  const scheme = identifierOf(identifier);
  if (scheme === pbes2) return decryptPbes2(childrenOf(parameters), data, password);
  const cipher = olderCiphers[scheme];
  if (cipher === undefined) throw new Pkcs12Error('unsupported', scheme);
  const [salt, iterations] = childrenOf(parameters);
  const options = { hash: 'sha1', password: passwordBytes(password), salt: bytesOf(salt), iterations: checkedIterations(iterations, 'pkcs12') } as const;
  const key = deriveKey({ ...options, purpose: keyPurposes.key, length: cipher.keyBytes });
  const iv = deriveKey({ ...options, purpose: keyPurposes.iv, length: 8 });
  return cipher.name === 'rc2' ? orWrongPassword(decryptRc2(key, iv, data)) : decipher(cipher.name, key, iv, data);
}

async function decryptPbes2([derivation, encryption]: readonly AsnType[], data: Buffer, password: string): Promise<Buffer> {
  const [kdf, kdfParameters] = childrenOf(derivation);
  const [scheme, iv] = childrenOf(encryption);
  if (identifierOf(kdf) !== pbkdf2Identifier) throw new Pkcs12Error('unsupported', identifierOf(kdf));
  const cipher = ciphers[identifierOf(scheme)];
  if (cipher === undefined) throw new Pkcs12Error('unsupported', identifierOf(scheme));
  const [salt, iterations, ...rest] = childrenOf(kdfParameters);
  // An optional key length may stand before the optional function; a sequence is the latter.
  const prf = rest.find((element) => element instanceof Sequence);
  const digest = prf === undefined ? 'sha1' : pseudoRandomFunctions[identifierOf(childrenOf(prf)[0])];
  if (digest === undefined) throw new Pkcs12Error('unsupported', identifierOf(childrenOf(prf)[0]));
  const key = await derive(Buffer.from(password, 'utf8'), bytesOf(salt), checkedIterations(iterations, 'pbkdf2'), cipher.keyBytes, digest);
  return decipher(cipher.name, key, bytesOf(iv), data);
}

export function checkedIterations(element: AsnType | undefined, kind: keyof typeof mostIterations): number {
  const iterations = element === undefined ? 1 : integerOf(element);
  if (iterations < 1 || iterations > mostIterations[kind]) throw new Pkcs12Error('unreadable', `${iterations} iterations`);
  return iterations;
}

function decipher(name: string, key: Buffer, iv: Buffer, data: Buffer): Buffer {
  try {
    const cipher = createDecipheriv(name, key, iv);
    return Buffer.concat([cipher.update(data), cipher.final()]);
  } catch {
    return orWrongPassword(undefined);
  }
}

/** Wrong padding is what a wrong password looks like. */
function orWrongPassword(plain: Buffer | undefined): Buffer {
  if (plain === undefined) throw new Pkcs12Error('password', 'padding');
  return plain;
}

const writtenIterations = 100_000;

/** Encrypts as OpenSSL 3 and Windows Server 2019 do and read: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC. */
export async function encryptWithPassword(data: Buffer, password: string): Promise<{ algorithm: Sequence; encrypted: Buffer }> {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv('aes-256-cbc', await derive(Buffer.from(password, 'utf8'), salt, writtenIterations, 32, 'sha256'), iv);
  const encrypted = Buffer.concat([cipher.update(data), cipher.final()]);
  const kdf = sequence(identifier(pbkdf2Identifier), sequence(octets(salt), new Integer({ value: writtenIterations }), sequence(identifier(hmacSha256), new Null())));
  return { algorithm: sequence(identifier(pbes2), sequence(kdf, sequence(identifier(aes256), octets(iv)))), encrypted };
}

export function sequence(...value: AsnType[]): Sequence {
  return new Sequence({ value });
}

export function identifier(value: string): ObjectIdentifier {
  return new ObjectIdentifier({ value });
}

export function octets(bytes: Uint8Array): OctetString {
  return new OctetString({ valueHex: Uint8Array.from(bytes) });
}
