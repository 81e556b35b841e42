import { createHash, createHmac, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { BmpString, Constructed, Integer, Null, Primitive, Set as SetOf } from 'asn1js';
import type { AsnType } from 'asn1js';
import { deriveKey, keyPurposes, passwordBytes } from './derive-key.ts';
import { encryptWithPassword, identifier, octets, sequence } from './password-encryption.ts';

export interface NewPkcs12 {
  /** PEM. */
  certificate: string;
  /** PEM, PKCS #8. */
  privateKey: string;
  /** At least one character: the file is as safe as this. */
  password: string;
  /** How Windows names the certificate in its lists. */
  friendlyName?: string;
}

const macIterations = 10_000;
const data = '1.2.840.113549.1.7.1';

/** Writes a certificate with its key as a PKCS #12 file (RFC 7292): AES-256, PBKDF2 and SHA-256, as OpenSSL 3 and Windows since Server 2019 read it. */
export async function writePkcs12({ certificate, privateKey, password, friendlyName }: NewPkcs12): Promise<Buffer> {
  const der = new X509Certificate(certificate).raw;
  const attributes = new SetOf({
    value: [attribute('1.2.840.113549.1.9.21', octets(createHash('sha1').update(der).digest())), ...(friendlyName === undefined || friendlyName === '' ? [] : [attribute('1.2.840.113549.1.9.20', new BmpString({ value: friendlyName }))])],
  });
  const key = await encryptWithPassword(createPrivateKey(privateKey).export({ format: 'der', type: 'pkcs8' }), password);
  const keyBag = sequence(identifier('1.2.840.113549.1.12.10.1.2'), tagged(0, sequence(key.algorithm, octets(key.encrypted))), attributes);
  const certificateBag = sequence(identifier('1.2.840.113549.1.12.10.1.3'), tagged(0, sequence(identifier('1.2.840.113549.1.9.22.1'), tagged(0, octets(der)))), attributes);
  const certificates = await encryptWithPassword(encode(sequence(certificateBag)), password);
  const encryptedContent = new Primitive({ idBlock: { tagClass: 3, tagNumber: 0 }, valueHex: Uint8Array.from(certificates.encrypted) });
  const encrypted = sequence(identifier('1.2.840.113549.1.7.6'), tagged(0, sequence(new Integer({ value: 0 }), sequence(identifier(data), certificates.algorithm, encryptedContent))));
  const safe = encode(sequence(encrypted, content(encode(sequence(keyBag)))));
  const salt = randomBytes(16);
  const macKey = deriveKey({ hash: 'sha256', purpose: keyPurposes.mac, password: passwordBytes(password), salt, iterations: macIterations, length: 32 });
  const digest = createHmac('sha256', macKey).update(safe).digest();
  const mac = sequence(sequence(sequence(identifier('2.16.840.1.101.3.4.2.1'), new Null()), octets(digest)), octets(salt), new Integer({ value: macIterations }));
  return encode(sequence(new Integer({ value: 3 }), content(safe), mac));
}

function content(bytes: Buffer): AsnType {
  return sequence(identifier(data), tagged(0, octets(bytes)));
}

function attribute(type: string, value: AsnType): AsnType {
  return sequence(identifier(type), new SetOf({ value: [value] }));
}

function tagged(tagNumber: number, element: AsnType): AsnType {
  return new Constructed({ idBlock: { tagClass: 3, tagNumber }, value: [element] });
}

function encode(element: AsnType): Buffer {
  return Buffer.from(element.toBER());
}
