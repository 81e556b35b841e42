import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import { childText, findAttribute, findChild, isElement, writeSoapEnvelope } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import type { DelegationAction } from './federation-namespaces.ts';
import { federationNamespaces as names, isDelegationAction, samlTokenType, x509TokenType } from './federation-namespaces.ts';
import { secureEnvelope } from './message-security.ts';
import type { SamlAssertion } from './saml-assertion.ts';
import { readAssertion, writeAssertion } from './saml-assertion.ts';

const requestor = 'http://schemas.microsoft.com/wlid/requestor';
const actionClaim = `${names.authorization}/claims/action`;
export const issueAction = `${names.trust}/RST/Issue`;
export const issueResponseAction = `${names.trust}/RSTR/Issue`;

export interface CertificateHolder {
  certificate: string;
  privateKey: string;
}

export interface SecurityTokenRequest {
  /** How the gateway knows the asking organisation: its application URI. */
  requestor: string;
  /** Application URI of the organisation that is to be asked. */
  target: string;
  action: DelegationAction;
  /** The person on whose behalf is asked. */
  nameIdentifier: string;
  emailAddress: string;
}

export interface WrittenRequest {
  xml: string;
  /** What this side gives to the proof key. */
  entropy: Buffer;
}

/**
 * Writes a WS-Trust (February 2005) RequestSecurityToken as Exchange sends it to the gateway: signed with the
 * organisation's certificate, on behalf of a person whom a self-issued SAML 1.1 assertion names.
 */
export function writeTokenRequest(request: SecurityTokenRequest, options: { endpoint: string; signer: CertificateHolder; clock: Clock }): WrittenRequest {
  const { clock, signer, endpoint } = options;
  const entropy = randomBytes(32);
  const now = clock.now();
  const onBehalfOf = writeAssertion({
    issuer: request.requestor,
    audience: endpoint,
    notBefore: now,
    notOnOrAfter: now + 5 * 60_000,
    nameIdentifier: request.nameIdentifier,
    emailAddress: request.emailAddress,
  });
  const envelope = writeSoapEnvelope({
    version: '1.2',
    namespaces: { 'xmlns:a': names.addressing, 'xmlns:t': names.trust, 'xmlns:p': names.policy, 'xmlns:auth': names.authorization },
    writeHeader(writer) {
      writer.element('a:Action', issueAction, { 's:mustUnderstand': '1' });
      writer.element('a:MessageID', `urn:uuid:${randomUUID()}`);
      writer.element('a:To', endpoint, { 's:mustUnderstand': '1' });
    },
    writeBody(writer) {
      writer.open('t:RequestSecurityToken', { Id: `_${randomUUID()}` });
      writer.element('t:RequestType', `${names.trust}/Issue`);
      writer.element('t:TokenType', samlTokenType);
      writer.element('t:KeyType', `${names.trust}/SymmetricKey`);
      writer.element('t:KeySize', 256);
      writer.element('t:ComputedKeyAlgorithm', `${names.trust}/CK/PSHA1`);
      writer.open('t:Entropy');
      writer.element('t:BinarySecret', entropy.toString('base64'), { Type: `${names.trust}/Nonce` });
      writer.close();
      writer.open('p:AppliesTo');
      writer.open('a:EndpointReference');
      writer.element('a:Address', request.target);
      writer.close();
      writer.close();
      writer.element('t:OnBehalfOf', placeholder);
      writer.open('auth:AdditionalContext');
      writer.open('auth:ContextItem', { Scope: `${names.authorization}/ctx/requestor`, Name: requestor });
      writer.element('auth:Value', request.requestor);
      writer.close();
      writer.close();
      writer.open('t:Claims', { Dialect: `${names.authorization}/authclaims` });
      writer.open('auth:ClaimType', { Uri: actionClaim });
      writer.element('auth:Value', request.action);
      writer.close();
      writer.close();
      writer.element('p:PolicyReference', '', { URI: 'EX_MBI_FED_SSL' });
      writer.close();
    },
  });
  const xml = secureEnvelope(envelope.replace(placeholder, () => onBehalfOf.xml), certificateSecurity(signer, clock));
  return { xml, entropy };
}

const placeholder = '%assertion%';

/** How a message is secured with an X.509 token. */
export function certificateSecurity(signer: CertificateHolder, clock: Clock): Parameters<typeof secureEnvelope>[1] {
  return {
    key: { kind: 'RSA', privateKey: signer.privateKey },
    token: `<o:BinarySecurityToken u:Id="_certificate" ValueType="${x509TokenType}">${certificateBase64(signer.certificate)}</o:BinarySecurityToken>`,
    keyInfo: `<o:SecurityTokenReference xmlns:o="${names.security}"><o:Reference URI="#_certificate" ValueType="${x509TokenType}"/></o:SecurityTokenReference>`,
    clock,
  };
}

/** A request as the gateway reads it, out of the signed body. */
export interface ReadTokenRequest {
  requestor: string;
  target: string;
  action: DelegationAction;
  onBehalfOf: SamlAssertion;
  entropy?: Buffer;
}

/** Undefined for a request that this profile does not know. */
export function readTokenRequest(body: XmlElement): ReadTokenRequest | undefined {
  const [request] = body.children;
  if (request === undefined || body.children.length !== 1 || !isElement(request, names.trust, 'RequestSecurityToken')) return undefined;
  if (childText(request, names.trust, 'RequestType') !== `${names.trust}/Issue`) return undefined;
  const target = pathText(request, [[names.policy, 'AppliesTo'], [names.addressing, 'EndpointReference'], [names.addressing, 'Address']]);
  const assertion = path(request, [[names.trust, 'OnBehalfOf'], [names.saml, 'Assertion']]);
  const onBehalfOf = assertion && readAssertion(assertion);
  const context = path(request, [[names.authorization, 'AdditionalContext'], [names.authorization, 'ContextItem']]);
  const claim = path(request, [[names.trust, 'Claims'], [names.authorization, 'ClaimType']]);
  const action = claim && findAttribute(claim, 'Uri') === actionClaim ? childText(claim, names.authorization, 'Value') : undefined;
  const asking = context && findAttribute(context, 'Name') === requestor ? childText(context, names.authorization, 'Value') : undefined;
  const entropy = pathText(request, [[names.trust, 'Entropy'], [names.trust, 'BinarySecret']]);
  if (!target || !asking || !onBehalfOf || action === undefined || !isDelegationAction(action)) return undefined;
  return { requestor: asking, target, action, onBehalfOf, ...(entropy === undefined ? {} : { entropy: Buffer.from(entropy, 'base64') }) };
}

/** Walks down by namespace and local name. */
export function path(element: XmlElement, steps: readonly (readonly [namespace: string, local: string])[]): XmlElement | undefined {
  let current: XmlElement | undefined = element;
  for (const [namespace, local] of steps) current = current && findChild(current, namespace, local);
  return current;
}

export function pathText(element: XmlElement, steps: Parameters<typeof path>[1]): string | undefined {
  return path(element, steps)?.text.trim();
}

/** P_SHA-1 (RFC 2246 §5) over both sides' entropy, as WS-Trust's computed key `CK/PSHA1` has it. */
export function computeProofKey(clientEntropy: Buffer, serverEntropy: Buffer, bytes = 32): Buffer {
  const hmac = (data: Buffer): Buffer => createHmac('sha1', clientEntropy).update(data).digest();
  let seed = serverEntropy;
  let output = Buffer.alloc(0);
  while (output.length < bytes) {
    seed = hmac(seed);
    output = Buffer.concat([output, hmac(Buffer.concat([seed, serverEntropy]))]);
  }
  return output.subarray(0, bytes);
}
