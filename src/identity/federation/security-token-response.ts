import { randomUUID } from 'node:crypto';
import { childText, findChild, isElement, parseXml, readSoapEnvelope, readSoapFault, writeSoapEnvelope } from '../../xml/index.ts';
import type { SoapEnvelope, XmlElement } from '../../xml/index.ts';
import { elementSources } from './element-source.ts';
import { federationNamespaces as names, samlAssertionIdType, samlTokenType } from './federation-namespaces.ts';
import { computeProofKey, issueResponseAction, pathText } from './security-token-request.ts';

/** A token that the gateway issued, as its holder uses it: the assertion itself only the target can read. */
export interface DelegationToken {
  /** The `xenc:EncryptedData` element. */
  encryptedAssertion: string;
  assertionId: string;
  proofKey: Buffer;
  /** Epoch milliseconds. */
  expiresAt: number;
}

export interface TokenResponse {
  target: string;
  encryptedAssertion: string;
  assertionId: string;
  createdAt: number;
  expiresAt: number;
  /** The gateway's share of the proof key, or all of it where the client gave none. */
  entropy: Buffer;
  isComputed: boolean;
}

const placeholder = '%token%';

/** Writes a RequestSecurityTokenResponse. */
export function writeTokenResponse(response: TokenResponse): string {
  const reference = (writer: { open(name: string): void; close(): void; element(name: string, text: string, attributes?: Record<string, string>): void }, name: string): void => {
    writer.open(name);
    writer.open('o:SecurityTokenReference');
    writer.element('o:KeyIdentifier', response.assertionId, { ValueType: samlAssertionIdType });
    writer.close();
    writer.close();
  };
  const envelope = writeSoapEnvelope({
    version: '1.2',
    namespaces: { 'xmlns:a': names.addressing, 'xmlns:t': names.trust, 'xmlns:p': names.policy, 'xmlns:o': names.security, 'xmlns:u': names.utility },
    writeHeader(writer) {
      writer.element('a:Action', issueResponseAction, { 's:mustUnderstand': '1' });
      writer.element('a:MessageID', `urn:uuid:${randomUUID()}`);
    },
    writeBody(writer) {
      writer.open('t:RequestSecurityTokenResponse');
      writer.element('t:TokenType', samlTokenType);
      writer.open('p:AppliesTo');
      writer.open('a:EndpointReference');
      writer.element('a:Address', response.target);
      writer.close();
      writer.close();
      writer.open('t:Lifetime');
      writer.element('u:Created', new Date(response.createdAt).toISOString());
      writer.element('u:Expires', new Date(response.expiresAt).toISOString());
      writer.close();
      writer.element('t:RequestedSecurityToken', placeholder);
      reference(writer, 't:RequestedAttachedReference');
      reference(writer, 't:RequestedUnattachedReference');
      writer.open('t:RequestedProofToken');
      if (response.isComputed) writer.element('t:ComputedKey', `${names.trust}/CK/PSHA1`);
      else writer.element('t:BinarySecret', response.entropy.toString('base64'));
      writer.close();
      if (response.isComputed) {
        writer.open('t:Entropy');
        writer.element('t:BinarySecret', response.entropy.toString('base64'), { Type: `${names.trust}/Nonce` });
        writer.close();
      }
      writer.close();
    },
  });
  return envelope.replace(placeholder, () => response.encryptedAssertion);
}

/** What the gateway says when it refuses. `text` is its own, meant for administrators. */
export interface GatewayFault {
  code: string;
  /** `psf:value`. */
  value: string;
  /** `psf:internalerror/psf:code`. */
  internalCode: string;
  text: string;
}

/** A token, a fault, or undefined for what is neither. */
export function readTokenResponse(text: string, clientEntropy: Buffer): { token: DelegationToken } | { fault: GatewayFault } | undefined {
  try {
    const envelope = readSoapEnvelope(parseXml(text));
    const fault = readGatewayFault(envelope);
    if (fault !== undefined) return { fault };
    const [body] = envelope.body;
    const response = body !== undefined && isElement(body, names.trust, 'RequestSecurityTokenResponseCollection') ? findChild(body, names.trust, 'RequestSecurityTokenResponse') : body;
    if (response === undefined || !isElement(response, names.trust, 'RequestSecurityTokenResponse')) return undefined;
    const [encrypted, ...others] = elementSources(text, names.encryption, 'EncryptedData');
    const assertionId = pathText(response, [[names.trust, 'RequestedAttachedReference'], [names.security, 'SecurityTokenReference'], [names.security, 'KeyIdentifier']]);
    const expiresAt = Date.parse(pathText(response, [[names.trust, 'Lifetime'], [names.utility, 'Expires']]) ?? '');
    const proofKey = proofKeyOf(response, clientEntropy);
    if (encrypted === undefined || others.length > 0 || !assertionId || Number.isNaN(expiresAt) || proofKey === undefined) return undefined;
    return { token: { encryptedAssertion: encrypted.text, assertionId, proofKey, expiresAt } };
  } catch {
    return undefined;
  }
}

function proofKeyOf(response: XmlElement, clientEntropy: Buffer): Buffer | undefined {
  const proof = findChild(response, names.trust, 'RequestedProofToken');
  if (proof === undefined) return undefined;
  if (childText(proof, names.trust, 'ComputedKey') === `${names.trust}/CK/PSHA1`) {
    const entropy = pathText(response, [[names.trust, 'Entropy'], [names.trust, 'BinarySecret']]);
    return entropy === undefined ? undefined : computeProofKey(clientEntropy, Buffer.from(entropy, 'base64'));
  }
  const secret = childText(proof, names.trust, 'BinarySecret');
  return secret === undefined ? undefined : Buffer.from(secret, 'base64');
}

function readGatewayFault(envelope: SoapEnvelope): GatewayFault | undefined {
  const fault = readSoapFault(envelope);
  if (fault === undefined) return undefined;
  const error = fault.detail && findChild(fault.detail, names.passportFault, 'error');
  const internal = error && findChild(error, names.passportFault, 'internalerror');
  return {
    code: fault.code,
    value: (error && childText(error, names.passportFault, 'value')) ?? '',
    internalCode: (internal && childText(internal, names.passportFault, 'code')) ?? '',
    text: ((internal && childText(internal, names.passportFault, 'text')) || fault.message).slice(0, 1000),
  };
}
