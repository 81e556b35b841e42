import { createHash } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import { createXmlWriter, childText, isElement, parseXml, readSoapEnvelope, soapNamespaces } from '../../xml/index.ts';
import type { SoapVersion, XmlElement, XmlLimits } from '../../xml/index.ts';
import { elementSources } from './element-source.ts';
import { allowedSkewMs, federationNamespaces as names } from './federation-namespaces.ts';
import type { SignatureKey } from './xml-signatures.ts';
import { signDocument, verifyDocument } from './xml-signatures.ts';

/** A message is valid for as long as clocks may differ. */
const messageLifeMs = 5 * 60_000;

export interface SecureEnvelopeOptions {
  key: SignatureKey;
  /** XML of the security token, which stands before the signature. */
  token: string;
  /** XML of `ds:KeyInfo`'s content: how the signature names the token. */
  keyInfo: string;
  clock: Clock;
}

/**
 * Puts a WS-Security header into an envelope that `writeSoapEnvelope` wrote with a header: timestamp, token, and a
 * signature over timestamp, body and every header block.
 */
export function secureEnvelope(envelope: string, options: SecureEnvelopeOptions): string {
  const at = envelope.indexOf('<s:Header>');
  if (at === -1) throw new TypeError('The envelope to secure has no header.');
  const now = options.clock.now();
  const header =
    `<o:Security xmlns:o="${names.security}" xmlns:u="${names.utility}" s:mustUnderstand="1">` +
    `<u:Timestamp u:Id="_timestamp"><u:Created>${new Date(now).toISOString()}</u:Created><u:Expires>${new Date(now + messageLifeMs).toISOString()}</u:Expires></u:Timestamp>` +
    `${options.token}</o:Security>`;
  const start = at + '<s:Header>'.length;
  const security = "*[local-name()='Security']";
  return signDocument(`${envelope.slice(0, start)}${header}${envelope.slice(start)}`, {
    key: options.key,
    references: [
      `/*/*[local-name()='Header']/${security}/*[local-name()='Timestamp']`,
      "/*/*[local-name()='Body']",
      ...(envelope.startsWith('</s:Header>', start) ? [] : ["/*/*[local-name()='Header']/*[not(local-name()='Security')]"]),
    ],
    into: `/*/*[local-name()='Header']/${security}`,
    keyInfo: options.keyInfo,
  });
}

/** An envelope with a WS-Security header, of which nothing is believed yet. */
export interface SecuredEnvelope {
  xml: string;
  version: SoapVersion;
  security: XmlElement;
  signature: string;
  /** SHA-256 of the signature, by which a message is known again. */
  fingerprint: string;
}

/** Reads an envelope with exactly one security header, one signature in it, and one body; undefined for anything else. Only UTF-8 is taken, so that every reader reads the same. */
export function readSecuredEnvelope(body: Uint8Array, limits?: XmlLimits): SecuredEnvelope | undefined {
  try {
    const xml = new TextDecoder('utf-8', { fatal: true }).decode(body);
    const root = parseXml(xml, limits);
    const envelope = readSoapEnvelope(root);
    const headers = envelope.header.filter((element) => isElement(element, names.security, 'Security'));
    const signatures = elementSources(xml, names.signature, 'Signature').filter(({ parent }) => parent === `${names.security}|Security`);
    const [security] = headers;
    const [signature] = signatures;
    if (security === undefined || signature === undefined || headers.length !== 1 || signatures.length !== 1) return undefined;
    // A second body, wherever it is, is there to be signed in the first one's stead.
    if (countOf(root, soapNamespaces[envelope.version], 'Body') !== 1) return undefined;
    const value = security.children.find((child) => isElement(child, names.signature, 'Signature'));
    const fingerprint = createHash('sha256').update((value && childText(value, names.signature, 'SignatureValue'))?.replace(/\s/g, '') ?? '').digest('base64url');
    return { xml, version: envelope.version, security, signature: signature.text, fingerprint };
  } catch {
    return undefined;
  }
}

function countOf(element: XmlElement, namespace: string, local: string): number {
  return element.children.reduce((count, child) => count + countOf(child, namespace, local), isElement(element, namespace, local) ? 1 : 0);
}

/** What of a message is really its sender's: built from the signed elements alone. */
export interface VerifiedEnvelope {
  /** The body element. */
  body: XmlElement;
  header: readonly XmlElement[];
  /** A whole envelope again, of nothing but what was signed. */
  xml: string;
  /** Epoch milliseconds from which on the same message would be refused by its age. */
  voidFrom: number;
}

export type EnvelopeProblem = 'signature' | 'timestamp';

/** Checks signature and timestamp of a secured envelope: body and timestamp must be signed. */
export function verifyEnvelope(envelope: SecuredEnvelope, key: { kind: 'RSA'; publicKey: KeyObject } | { kind: 'HMAC'; secret: Buffer }, clock: Clock): VerifiedEnvelope | EnvelopeProblem {
  const signed = verifyDocument(envelope.xml, { signature: envelope.signature, key });
  if (signed === undefined) return 'signature';
  const soap = soapNamespaces[envelope.version];
  const bodies = signed.filter((element) => isElement(element, soap, 'Body'));
  const timestamps = signed.filter((element) => isElement(element, names.utility, 'Timestamp'));
  const [body] = bodies;
  const [timestamp] = timestamps;
  if (body === undefined || timestamp === undefined || bodies.length !== 1 || timestamps.length !== 1) return 'signature';
  const created = Date.parse(childText(timestamp, names.utility, 'Created') ?? '');
  const expires = Date.parse(childText(timestamp, names.utility, 'Expires') ?? '');
  const now = clock.now();
  // A message is not taken longer than five minutes after its creation, whatever it says of itself: that bounds a slow clock as well.
  const voidFrom = Math.min(expires, created + messageLifeMs);
  if (Number.isNaN(voidFrom) || created > now + allowedSkewMs || voidFrom <= now || expires < created) return 'timestamp';
  const header = signed.filter((element) => !bodies.includes(element) && !timestamps.includes(element));
  return { body, header, xml: writeEnvelope(soap, header, body), voidFrom };
}

function writeEnvelope(soap: string, header: readonly XmlElement[], body: XmlElement): string {
  const writer = createXmlWriter();
  writer.open('s:Envelope', { 'xmlns:s': soap });
  writer.open('s:Header');
  for (const element of header) writeElement(writer, element);
  writer.close();
  writer.open('s:Body');
  for (const element of body.children) writeElement(writer, element);
  writer.close();
  writer.close();
  return writer.toString();
}

/** Writes a parsed element again. Text beside child elements is only layout in the messages of these services, and goes. */
function writeElement(writer: ReturnType<typeof createXmlWriter>, element: XmlElement): void {
  const attributes: Record<string, string> = { xmlns: element.namespace };
  for (const [index, { namespace, local, value }] of element.attributes.entries()) {
    if (namespace === '') attributes[local] = value;
    else if (namespace === 'http://www.w3.org/XML/1998/namespace') attributes[`xml:${local}`] = value;
    else {
      attributes[`xmlns:a${index}`] = namespace;
      attributes[`a${index}:${local}`] = value;
    }
  }
  if (element.children.length === 0) return writer.element(element.local, element.text, attributes);
  writer.open(element.local, attributes);
  for (const child of element.children) writeElement(writer, child);
  writer.close();
}
