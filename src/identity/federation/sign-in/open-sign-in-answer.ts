import { findAttribute, findChild, findChildren, isElement, parseXml } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { readCertificate } from '../../certificates/read-certificate.ts';
import { elementSources } from '../element-source.ts';
import { federationNamespaces as names } from '../federation-namespaces.ts';
import { verifyDocument } from '../xml-signatures.ts';
import { readSignInAssertion, saml1, saml2 } from './sign-in-assertion.ts';
import type { SignInAssertion } from './sign-in-assertion.ts';

export const samlProtocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const trust13 = 'http://docs.oasis-open.org/ws-sx/ws-trust/200512';
const success = 'urn:oasis:names:tc:SAML:2.0:status:Success';
const limits = { maximumBytes: 262_144 };

/** Why an answer is not believed; `status` is what the identity provider itself says when it refuses. */
export type SignInAnswerFault = { fault: 'unreadable' | 'encrypted' | 'signature' } | { fault: 'status'; status: string };

export interface SignInAnswer {
  assertion: SignInAssertion;
  /** `Destination` of a SAML 2.0 response. */
  destination?: string;
}

/** Opens `wresult` of WS-Federation §13.2: a RequestSecurityTokenResponse of WS-Trust February 2005 or 1.3 with one assertion. */
export function openTokenResponse(text: string, certificates: readonly string[]): SignInAnswer | SignInAnswerFault {
  const xml = withLineFeeds(text);
  const root = parse(xml);
  const response = root && onlyResponse(root);
  if (response === undefined) return { fault: 'unreadable' };
  return openAssertion(xml, `${response.namespace}|RequestedSecurityToken`, certificates);
}

/** Opens a `samlp:Response` (saml-core-2.0 §3.3.3). Assertion or response, one of them, must be signed. */
export function openSamlResponse(text: string, certificates: readonly string[]): SignInAnswer | SignInAnswerFault {
  const xml = withLineFeeds(text);
  const root = parse(xml);
  if (root === undefined || !isElement(root, samlProtocol, 'Response') || findAttribute(root, 'Version') !== '2.0') return { fault: 'unreadable' };
  const code = findChild(findChild(root, samlProtocol, 'Status') ?? root, samlProtocol, 'StatusCode');
  const status = (code && findAttribute(code, 'Value')) ?? '';
  if (status !== success) return { fault: 'status', status: (code && findAttribute(findChild(code, samlProtocol, 'StatusCode') ?? code, 'Value')) ?? status };
  const destination = findAttribute(root, 'Destination');
  const answer = openAssertion(xml, `${samlProtocol}|Response`, certificates);
  return 'fault' in answer || destination === undefined ? answer : { ...answer, destination };
}

/** Line ends as XML processors see them (XML 1.0 §2.11): browsers send CR LF for those of a form's fields. */
function withLineFeeds(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n');
}

function parse(xml: string): XmlElement | undefined {
  try {
    return parseXml(xml, limits);
  } catch {
    return undefined;
  }
}

function onlyResponse(root: XmlElement): XmlElement | undefined {
  const isTrust = root.namespace === names.trust || root.namespace === trust13;
  if (!isTrust) return undefined;
  const responses = isElement(root, root.namespace, 'RequestSecurityTokenResponseCollection') ? findChildren(root, root.namespace, 'RequestSecurityTokenResponse') : [root];
  const [response] = responses;
  return responses.length === 1 && response !== undefined && isElement(response, root.namespace, 'RequestSecurityTokenResponse') ? response : undefined;
}

/**
 * The one assertion of a document, at the place where it belongs, once a certificate vouches for every byte that is read
 * of it. More than one, anywhere, is an attempt to have one checked and another one read.
 */
function openAssertion(xml: string, place: string, certificates: readonly string[]): SignInAnswer | SignInAnswerFault {
  if (elementSources(xml, saml2, 'EncryptedAssertion').length > 0 || elementSources(xml, names.encryption, 'EncryptedData').length > 0) return { fault: 'encrypted' };
  const found = [...elementSources(xml, saml1, 'Assertion'), ...elementSources(xml, saml2, 'Assertion')];
  const [assertion] = found;
  if (assertion === undefined || found.length !== 1 || assertion.parent !== place) return { fault: 'unreadable' };
  const own = signatureOf(assertion.text, [`${saml1}|Assertion`, `${saml2}|Assertion`]);
  // Without a signature of its own, the response's must cover it.
  const signed = own === undefined ? { text: xml, signature: signatureOf(xml, [place]) } : { text: assertion.text, signature: own };
  if (signed.signature === undefined) return { fault: 'signature' };
  for (const certificate of certificates) {
    const element = verified(signed.text, signed.signature, certificate);
    if (element === undefined) continue;
    const read = readSignInAssertion(assertionIn(element));
    return read === undefined ? { fault: 'unreadable' } : { assertion: read };
  }
  return { fault: 'signature' };
}

/** The only signature whose parent is one of those. */
function signatureOf(xml: string, parents: readonly string[]): string | undefined {
  const signatures = elementSources(xml, names.signature, 'Signature').filter(({ parent }) => parents.includes(parent));
  return signatures.length === 1 ? signatures[0]?.text : undefined;
}

/** What the signature covers: one element, the root of the document. */
function verified(text: string, signature: string, certificate: string): XmlElement | undefined {
  const elements = verifyDocument(text, { signature, key: { kind: 'RSA', publicKey: readCertificate(certificate).publicKey }, idAttribute: 'AssertionID' }) ?? [];
  const [element] = elements;
  const root = parseXml(text, limits);
  return elements.length === 1 && element !== undefined && isElement(element, root.namespace, root.local) && idOf(element) === idOf(root) ? element : undefined;
}

function idOf(element: XmlElement): string | undefined {
  return findAttribute(element, 'ID') ?? findAttribute(element, 'AssertionID');
}

function assertionIn(element: XmlElement): XmlElement {
  return findChild(element, saml2, 'Assertion') ?? element;
}
