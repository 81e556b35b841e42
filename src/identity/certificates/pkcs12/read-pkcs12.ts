import { createHmac, createPrivateKey, timingSafeEqual, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AsnType } from 'asn1js';
import { IdentityError } from '../../identity-error.ts';
import { bytesOf, childrenOf, explicit, identifierOf, integerOf, isTag, readAsn1 } from './asn1.ts';
import { deriveKey, keyPurposes, passwordBytes } from './derive-key.ts';
import { checkedIterations, decryptWithPassword } from './password-encryption.ts';
import { Pkcs12Error } from './pkcs12-error.ts';

/** What a PKCS #12 file holds. PEM; the certificate that the key belongs to comes first. */
export interface Pkcs12Contents {
  certificates: readonly string[];
  /** PKCS #8. Absent: the file has certificates only. */
  privateKey?: string;
}

const largestFile = 262_144;
const mostBags = 100;

const contentTypes = { data: '1.2.840.113549.1.7.1', encrypted: '1.2.840.113549.1.7.6', enveloped: '1.2.840.113549.1.7.3' } as const;
const bags = { key: '1.2.840.113549.1.12.10.1.1', shroudedKey: '1.2.840.113549.1.12.10.1.2', certificate: '1.2.840.113549.1.12.10.1.3', nested: '1.2.840.113549.1.12.10.1.6' } as const;
const x509Certificate = '1.2.840.113549.1.9.22.1';
const hashes: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = { '1.3.14.3.2.26': 'sha1', '2.16.840.1.101.3.4.2.1': 'sha256', '2.16.840.1.101.3.4.2.2': 'sha384', '2.16.840.1.101.3.4.2.3': 'sha512' };

/**
 * Reads a PKCS #12 file (.pfx, .p12; RFC 7292) as Windows, OpenSSL and Java write it: PBES2 with AES or triple DES, and
 * the older schemes with triple DES and RC2. Files for the holder of a key, RC4 and PBMAC1 are not read.
 *
 * @throws IdentityError `IDENTITY_PKCS12_PASSWORD`, `IDENTITY_PKCS12_UNREADABLE`
 */
export async function readPkcs12(file: Buffer, password: string): Promise<Pkcs12Contents> {
  try {
    if (file.length > largestFile) throw new Pkcs12Error('unreadable', `${file.length} bytes`);
    return order(await openFile(file, password));
  } catch (error) {
    if (error instanceof Pkcs12Error) throw refusal(error);
    throw error;
  }
}

interface Found {
  certificates: Buffer[];
  keys: KeyObject[];
}

async function openFile(file: Buffer, password: string): Promise<Found> {
  const [version, authenticated, mac] = childrenOf(readAsn1(file));
  const [type, content] = childrenOf(authenticated);
  if (integerOf(version) !== 3) throw new Pkcs12Error('unreadable', 'version');
  if (identifierOf(type) !== contentTypes.data) throw new Pkcs12Error('unsupported', identifierOf(type));
  const safe = bytesOf(explicit(content, 0));
  if (mac !== undefined) checkMac(childrenOf(mac), safe, password);
  const found: Found = { certificates: [], keys: [] };
  for (const part of childrenOf(readAsn1(safe))) await readBags(readAsn1(await openPart(childrenOf(part), password)), password, found);
  return found;
}

/** The integrity code is over the whole content: with it, a wrong password is told from a damaged file. */
function checkMac([digestInfo, salt, iterations]: readonly AsnType[], safe: Buffer, password: string): void {
  const [algorithm, digest] = childrenOf(digestInfo);
  const name = identifierOf(childrenOf(algorithm)[0]);
  const hash = hashes[name];
  if (hash === undefined) throw new Pkcs12Error('unsupported', name);
  const expected = bytesOf(digest);
  const length = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }[hash];
  // An absent password is written as an empty one by some and as none by others.
  const candidates = password === '' ? [passwordBytes(''), Buffer.alloc(0)] : [passwordBytes(password)];
  const isRight = candidates.some((candidate) => {
    const key = deriveKey({ hash, purpose: keyPurposes.mac, password: candidate, salt: bytesOf(salt), iterations: checkedIterations(iterations, 'pkcs12'), length });
    const actual = createHmac(hash, key).update(safe).digest();
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  });
  if (!isRight) throw new Pkcs12Error('password', 'integrity code');
}

async function openPart([type, content]: readonly AsnType[], password: string): Promise<Buffer> {
  const kind = identifierOf(type);
  if (kind === contentTypes.data) return bytesOf(explicit(content, 0));
  if (kind !== contentTypes.encrypted) throw new Pkcs12Error('unsupported', kind);
  const [, info] = childrenOf(explicit(content, 0));
  const [, algorithm, encrypted] = childrenOf(info);
  if (algorithm === undefined || !isTag(encrypted, 0)) throw new Pkcs12Error('unreadable', 'encrypted content');
  return decryptWithPassword(algorithm, bytesOf(encrypted), password);
}

async function readBags(contents: AsnType, password: string, found: Found): Promise<void> {
  for (const bag of childrenOf(contents)) {
    const [type, tagged] = childrenOf(bag);
    const value = explicit(tagged, 0);
    if (found.certificates.length + found.keys.length >= mostBags) throw new Pkcs12Error('unreadable', 'too many bags');
    const kind = identifierOf(type);
    if (kind === bags.nested) await readBags(value, password, found);
    if (kind === bags.key) found.keys.push(readKey(Buffer.from(value.toBER())));
    if (kind === bags.shroudedKey) {
      const [algorithm, encrypted] = childrenOf(value);
      if (algorithm === undefined) throw new Pkcs12Error('unreadable', 'key');
      found.keys.push(readKey(await decryptWithPassword(algorithm, bytesOf(encrypted), password)));
    }
    if (kind === bags.certificate) {
      const [certificateType, octets] = childrenOf(value);
      if (identifierOf(certificateType) === x509Certificate) found.certificates.push(bytesOf(explicit(octets, 0)));
    }
  }
}

function readKey(der: Buffer): KeyObject {
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } catch {
    throw new Pkcs12Error('unreadable', 'private key');
  }
}

function order({ certificates, keys }: Found): Pkcs12Contents {
  const [key] = keys;
  if (keys.length > 1) throw new Pkcs12Error('unreadable', `${keys.length} private keys`);
  let parsed: X509Certificate[];
  try {
    parsed = certificates.map((der) => new X509Certificate(der));
  } catch {
    throw new Pkcs12Error('unreadable', 'certificate');
  }
  if (parsed.length === 0) throw new Pkcs12Error('unreadable', 'no certificate');
  const own = key === undefined ? undefined : parsed.find((certificate) => certificate.checkPrivateKey(key));
  if (key !== undefined && own === undefined) throw new Pkcs12Error('unreadable', 'the private key belongs to no certificate of the file');
  const ordered = own === undefined ? parsed : [own, ...parsed.filter((certificate) => certificate !== own)];
  return { certificates: ordered.map((certificate) => certificate.toString()), ...(key === undefined ? {} : { privateKey: key.export({ format: 'pem', type: 'pkcs8' }).toString() }) };
}

function refusal({ reason, detail }: Pkcs12Error): IdentityError {
  if (reason === 'password') return new IdentityError('IDENTITY_PKCS12_PASSWORD', 'The PKCS #12 file cannot be opened with this password.', { facts: { detail } });
  if (reason === 'unsupported') {
    return new IdentityError('IDENTITY_PKCS12_UNREADABLE', `The PKCS #12 file uses an algorithm that is not read here (${detail}).`, {
      facts: { detail },
      remedy: 'Write it anew: openssl pkcs12 -legacy -in old.pfx -nodes | openssl pkcs12 -export -out new.pfx',
    });
  }
  return new IdentityError('IDENTITY_PKCS12_UNREADABLE', 'The file is no PKCS #12 file that can be read.', { facts: { detail } });
}

/** Whether bytes look like a PKCS #12 file: a sequence that begins with version 3. */
export function isPkcs12(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && bytes.subarray(0, 16).includes(Buffer.from([0x02, 0x01, 0x03, 0x30]));
}
