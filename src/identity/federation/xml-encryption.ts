import { createPublicKey } from 'node:crypto';
import { createRequire } from 'node:module';
import { childText, findAttribute, findChild } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { certificatePem } from '../certificates/read-certificate.ts';
import { federationNamespaces as names } from './federation-namespaces.ts';

type Callback = (error: Error | null | undefined, result: string) => void;

/** The part of the package that is used here; it brings no types of its own. */
interface XmlEncryption {
  encrypt(
    content: string,
    options: { rsa_pub: string; pem: string; encryptionAlgorithm: string; keyEncryptionAlgorithm: string; disallowEncryptionWithInsecureAlgorithm: boolean; warnInsecureAlgorithm: boolean },
    callback: Callback,
  ): void;
  decrypt(xml: string, options: { key: string; disallowDecryptionWithInsecureAlgorithm: boolean; warnInsecureAlgorithm: boolean }, callback: Callback): void;
}

const require = createRequire(import.meta.url);
const { decrypt, encrypt } = require('xml-encryption') as XmlEncryption;

const aes256Cbc = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';
const rsaOaep = 'http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p';
const contentAlgorithms = new Set([aes256Cbc, 'http://www.w3.org/2001/04/xmlenc#aes128-cbc', 'http://www.w3.org/2009/xmlenc11#aes128-gcm', 'http://www.w3.org/2009/xmlenc11#aes256-gcm']);

/**
 * Encrypts an element for the holder of a certificate's key, as the federation gateway does: AES-256 in CBC mode, its
 * key by RSA-OAEP. Answers the `xenc:EncryptedData` element.
 */
export function encryptElement(xml: string, certificate: string): Promise<string> {
  const pem = certificatePem(certificate);
  const rsaPublicKey = createPublicKey(pem).export({ format: 'pem', type: 'spki' }).toString();
  return new Promise((resolve, reject) => {
    encrypt(
      xml,
      // CBC counts as insecure with the library; federation is specified with it, and what is decrypted is signed.
      { rsa_pub: rsaPublicKey, pem, encryptionAlgorithm: aes256Cbc, keyEncryptionAlgorithm: rsaOaep, disallowEncryptionWithInsecureAlgorithm: false, warnInsecureAlgorithm: false },
      (error, result) => (error === null || error === undefined ? resolve(result) : reject(error)),
    );
  });
}

/**
 * Decrypts an `xenc:EncryptedData` element with the first of the keys that fits; undefined where none does, whatever
 * the reason: which one it was would help who guesses at padding. RSA 1.5 and 3DES are refused.
 */
export async function decryptElement(encrypted: XmlElement, privateKeys: readonly string[]): Promise<string | undefined> {
  const rebuilt = rebuild(encrypted);
  if (rebuilt === undefined) return undefined;
  for (const key of privateKeys) {
    const text = await new Promise<string | undefined>((resolve) => {
      decrypt(rebuilt, { key, disallowDecryptionWithInsecureAlgorithm: false, warnInsecureAlgorithm: false }, (error, result) => resolve(error === null || error === undefined ? result : undefined));
    });
    if (text !== undefined) return text;
  }
  return undefined;
}

/** The library looks for elements by local name anywhere, so it gets a document that holds only what was understood. */
function rebuild(encrypted: XmlElement): string | undefined {
  const { encryption, signature } = names;
  const keyInfo = findChild(encrypted, signature, 'KeyInfo');
  const encryptedKey = keyInfo === undefined ? undefined : findChild(keyInfo, encryption, 'EncryptedKey');
  const content = algorithmAndValue(encrypted);
  const key = encryptedKey === undefined ? undefined : algorithmAndValue(encryptedKey);
  if (content === undefined || key === undefined || !contentAlgorithms.has(content.algorithm) || key.algorithm !== rsaOaep) return undefined;
  return (
    `<e:EncryptedData xmlns:e="${encryption}"><e:EncryptionMethod Algorithm="${content.algorithm}"/>` +
    `<KeyInfo xmlns="${signature}"><e:EncryptedKey><e:EncryptionMethod Algorithm="${key.algorithm}"/><e:CipherData><e:CipherValue>${key.value}</e:CipherValue></e:CipherData></e:EncryptedKey></KeyInfo>` +
    `<e:CipherData><e:CipherValue>${content.value}</e:CipherValue></e:CipherData></e:EncryptedData>`
  );
}

function algorithmAndValue(element: XmlElement): { algorithm: string; value: string } | undefined {
  const method = findChild(element, names.encryption, 'EncryptionMethod');
  const data = findChild(element, names.encryption, 'CipherData');
  const algorithm = method === undefined ? undefined : findAttribute(method, 'Algorithm');
  const value = (data === undefined ? undefined : childText(data, names.encryption, 'CipherValue'))?.replace(/\s/g, '');
  return algorithm === undefined || value === undefined || !/^[A-Za-z0-9+/]+=*$/.test(value) ? undefined : { algorithm, value };
}
