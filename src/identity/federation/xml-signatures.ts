import type { KeyObject } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { parseXml } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { envelopedSignature, exclusiveCanonicalization, hmacSha1, rsaSha256, sha1, sha256 } from './federation-namespaces.ts';

export type SignatureKey = { kind: 'RSA'; privateKey: string } | { kind: 'HMAC'; secret: Buffer };

export interface SignDocumentOptions {
  key: SignatureKey;
  /** XPath of what is signed; an element without an id gets one. */
  references: readonly string[];
  /** XPath of the element that takes the signature as its last child. */
  into: string;
  /** Signs elements of which the signature becomes a part. */
  enveloped?: boolean;
  /** XML of what `ds:KeyInfo` holds. */
  keyInfo: string;
  idAttribute?: 'AssertionID';
}

/** Signs parts of a document: RSA with SHA-256, or HMAC-SHA1 as WS-Security tokens with a proof key are used; exclusive canonicalisation. */
export function signDocument(xml: string, options: SignDocumentOptions): string {
  const { key } = options;
  const signer = new SignedXml({
    privateKey: key.kind === 'RSA' ? key.privateKey : key.secret,
    signatureAlgorithm: key.kind === 'RSA' ? rsaSha256 : hmacSha1,
    canonicalizationAlgorithm: exclusiveCanonicalization,
    getKeyInfoContent: () => options.keyInfo,
    ...(options.idAttribute === undefined ? { idMode: 'wssecurity' as const } : { idAttribute: options.idAttribute }),
  });
  if (key.kind === 'HMAC') signer.enableHMAC();
  const transforms = options.enveloped === true ? [envelopedSignature, exclusiveCanonicalization] : [exclusiveCanonicalization];
  for (const xpath of options.references) signer.addReference({ xpath, transforms, digestAlgorithm: key.kind === 'RSA' ? sha256 : sha1 });
  signer.computeSignature(xml, { prefix: 'ds', location: { reference: options.into, action: 'append' } });
  return signer.getSignedXml();
}

export interface VerifyDocumentOptions {
  /** The `ds:Signature` element as a document of its own. */
  signature: string;
  key: { kind: 'RSA'; publicKey: KeyObject } | { kind: 'HMAC'; secret: Buffer };
  idAttribute?: 'AssertionID';
}

/**
 * The elements that a signature really covers, read from what was signed and from nothing else; undefined where it does
 * not verify. Callers use these elements only: whatever else the document holds, somebody may have put there. The key
 * is the caller's, never one that the document brings; algorithms are those of `signDocument`.
 */
export function verifyDocument(xml: string, options: VerifyDocumentOptions): readonly XmlElement[] | undefined {
  const { key } = options;
  const verifier = new SignedXml({
    publicCert: key.kind === 'RSA' ? key.publicKey : key.secret,
    getCertFromKeyInfo: () => null,
    ...(options.idAttribute === undefined ? {} : { idAttribute: options.idAttribute }),
  });
  if (key.kind === 'HMAC') verifier.enableHMAC();
  restrict(verifier.SignatureAlgorithms, [key.kind === 'RSA' ? rsaSha256 : hmacSha1]);
  restrict(verifier.HashAlgorithms, key.kind === 'RSA' ? [sha256] : [sha1, sha256]);
  restrict(verifier.CanonicalizationAlgorithms, [exclusiveCanonicalization, envelopedSignature]);
  try {
    verifier.loadSignature(options.signature);
    if (!verifier.checkSignature(xml)) return undefined;
    return verifier.getSignedReferences().map((text) => parseXml(text));
  } catch {
    return undefined;
  }
}

/** The library keeps its algorithms in a plain object of each instance; what is not wanted goes. */
function restrict(algorithms: object, allowed: readonly string[]): void {
  for (const name of Object.keys(algorithms)) if (!allowed.includes(name)) Reflect.deleteProperty(algorithms, name);
}
