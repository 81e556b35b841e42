import { createPrivateKey, webcrypto } from 'node:crypto';

export type KeyKind = 'RSA-2048' | 'RSA-4096' | 'P-256';

type KeyPair = webcrypto.CryptoKeyPair;

const algorithms = {
  'RSA-2048': { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
  'RSA-4096': { name: 'RSASSA-PKCS1-v1_5', modulusLength: 4096, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
  'P-256': { name: 'ECDSA', namedCurve: 'P-256' },
} as const;

/** How each kind of key signs a certificate: sha256WithRSAEncryption and ecdsa-with-SHA256. */
export const signingAlgorithms = {
  'RSA-2048': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  'RSA-4096': { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  'P-256': { name: 'ECDSA', hash: 'SHA-256' },
} as const;

export async function createKeyPair(kind: KeyKind): Promise<KeyPair> {
  return webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify']);
}

/** A private key as PKCS #8 PEM. */
export async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** Reads a private key of ours back for signing; its kind is told by the key itself. */
export async function importPrivateKey(pem: string): Promise<{ key: webcrypto.CryptoKey; kind: KeyKind }> {
  const parsed = createPrivateKey(pem);
  const kind: KeyKind = parsed.asymmetricKeyType === 'ec' ? 'P-256' : 'RSA-2048';
  const der = parsed.export({ format: 'der', type: 'pkcs8' });
  const algorithm = kind === 'P-256' ? algorithms['P-256'] : signingAlgorithms['RSA-2048'];
  return { kind, key: await webcrypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']) };
}
