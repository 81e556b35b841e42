import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

export interface CertificateRequest {
  /** PKCS #10, PEM. */
  request: string;
  /** PKCS #8, PEM. Never leaves this machine. */
  privateKey: string;
}

/** Object identifiers in DER: commonName (2.5.4.3), ecdsa-with-SHA256 (1.2.840.10045.4.3.2). */
const commonNameOid = Buffer.from('0603550403', 'hex');
const ecdsaWithSha256 = Buffer.from('300a06082a8648ce3d040302', 'hex');

/**
 * Makes a P-256 key and a request for a certificate on it (RFC 2986 §4). The handful of DER is written here, because
 * the agent is to stay without dependencies.
 */
export function createCertificateRequest(commonName: string): CertificateRequest {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const attribute = der(0x31, der(0x30, commonNameOid, der(0x0c, Buffer.from(commonName.slice(0, 64), 'utf8'))));
  const information = der(0x30, der(0x02, Buffer.from([0])), der(0x30, attribute), publicKey, der(0xa0));
  const signature = sign('sha256', information, { key: privateKey, dsaEncoding: 'der' });
  const request = der(0x30, information, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  return { request: pem('CERTIFICATE REQUEST', request), privateKey: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() };
}

function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

function pem(label: string, bytes: Buffer): string {
  return `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
}
