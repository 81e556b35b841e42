import { randomUUID } from 'node:crypto';
import { createXmlWriter, findAttribute, findChild, findChildren, isElement } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import type { DelegationAction } from './federation-namespaces.ts';
import { federationNamespaces as names } from './federation-namespaces.ts';
import { elementSources } from './element-source.ts';
import { signDocument } from './xml-signatures.ts';

const claims = 'http://schemas.xmlsoap.org/claims';
const authorizationClaims = 'http://schemas.xmlsoap.org/ws/2006/12/authorization/claims';
const userPrincipalNameFormat = 'http://schemas.xmlsoap.org/claims/UPN';
const holderOfKey = 'urn:oasis:names:tc:SAML:1.0:cm:holder-of-key';
const bearer = 'urn:oasis:names:tc:SAML:1.0:cm:bearer';

/** What the assertions of delegated federation say (SAML 1.1, OASIS saml-core-1.1). */
export interface SamlAssertion {
  id: string;
  issuer: string;
  audience: string;
  /** Epoch milliseconds. */
  notBefore: number;
  /** Epoch milliseconds; the assertion is void from here on. */
  notOnOrAfter: number;
  /** NameIdentifier: the user principal name, or the source anchor of a federated identity. */
  nameIdentifier: string;
  emailAddress: string;
  action?: DelegationAction;
  /** Key that who presents the assertion must have. */
  proofKey?: Buffer;
}

export type NewSamlAssertion = Omit<SamlAssertion, 'id'>;

/**
 * Writes a SAML 1.1 assertion. The proof key stands as a WS-Trust BinarySecret in the subject's confirmation, which is
 * fit for assertions that travel encrypted only (in what form the real gateway has it there is *unverified*).
 */
export function writeAssertion(assertion: NewSamlAssertion): { id: string; xml: string } {
  const id = `_${randomUUID()}`;
  const writer = createXmlWriter();
  const instant = (at: number): string => new Date(at).toISOString();
  writer.open('saml:Assertion', { 'xmlns:saml': names.saml, MajorVersion: '1', MinorVersion: '1', AssertionID: id, Issuer: assertion.issuer, IssueInstant: instant(assertion.notBefore) });
  writer.open('saml:Conditions', { NotBefore: instant(assertion.notBefore), NotOnOrAfter: instant(assertion.notOnOrAfter) });
  writer.open('saml:AudienceRestrictionCondition');
  writer.element('saml:Audience', assertion.audience);
  writer.close();
  writer.close();
  writer.open('saml:AttributeStatement');
  writer.open('saml:Subject');
  writer.element('saml:NameIdentifier', assertion.nameIdentifier, { Format: userPrincipalNameFormat });
  writer.open('saml:SubjectConfirmation');
  writer.element('saml:ConfirmationMethod', assertion.proofKey === undefined ? bearer : holderOfKey);
  if (assertion.proofKey !== undefined) {
    writer.open('ds:KeyInfo', { 'xmlns:ds': names.signature });
    writer.element('t:BinarySecret', assertion.proofKey.toString('base64'), { 'xmlns:t': names.trust });
    writer.close();
  }
  writer.close();
  writer.close();
  const attribute = (name: string, namespace: string, value: string): void => {
    writer.open('saml:Attribute', { AttributeName: name, AttributeNamespace: namespace });
    writer.element('saml:AttributeValue', value);
    writer.close();
  };
  attribute('EmailAddress', claims, assertion.emailAddress);
  if (assertion.action !== undefined) attribute('action', authorizationClaims, assertion.action);
  writer.close();
  writer.close();
  return { id, xml: withoutDeclaration(writer.toString()) };
}

/** Signs an assertion; the signature becomes its last child (saml-core-1.1 §5.4). */
export function signAssertion(xml: string, key: { certificate: string; privateKey: string }): string {
  return signDocument(xml, {
    key: { kind: 'RSA', privateKey: key.privateKey },
    references: ['/*'],
    into: '/*',
    enveloped: true,
    idAttribute: 'AssertionID',
    keyInfo: `<ds:X509Data><ds:X509Certificate>${certificateBase64(key.certificate)}</ds:X509Certificate></ds:X509Data>`,
  });
}

/** The signature of an assertion, where there is exactly one and it is the root's own child. */
export function signatureOfAssertion(xml: string): string | undefined {
  const signatures = elementSources(xml, names.signature, 'Signature');
  const [only] = signatures;
  return signatures.length === 1 && only?.parent === `${names.saml}|Assertion` ? only.text : undefined;
}

/** Reads an assertion whose origin is known already; undefined for one that is not what this profile writes. */
export function readAssertion(element: XmlElement): SamlAssertion | undefined {
  if (!isElement(element, names.saml, 'Assertion') || findAttribute(element, 'MajorVersion') !== '1' || findAttribute(element, 'MinorVersion') !== '1') return undefined;
  const conditions = only(element, 'Conditions');
  const restriction = conditions && only(conditions, 'AudienceRestrictionCondition');
  const audience = restriction && only(restriction, 'Audience')?.text.trim();
  const statement = only(element, 'AttributeStatement');
  const subject = statement && only(statement, 'Subject');
  const nameIdentifier = subject && only(subject, 'NameIdentifier')?.text.trim();
  const confirmation = subject && only(subject, 'SubjectConfirmation');
  const keyInfo = confirmation && findChild(confirmation, names.signature, 'KeyInfo');
  const secret = keyInfo && findChild(keyInfo, names.trust, 'BinarySecret')?.text.trim();
  const notBefore = instantOf(conditions, 'NotBefore');
  const notOnOrAfter = instantOf(conditions, 'NotOnOrAfter');
  const id = findAttribute(element, 'AssertionID');
  const issuer = findAttribute(element, 'Issuer');
  const emailAddress = statement && attributeOf(statement, 'EmailAddress', claims);
  const action = statement && attributeOf(statement, 'action', authorizationClaims);
  if (!id || !issuer || !audience || !nameIdentifier || !emailAddress || notBefore === undefined || notOnOrAfter === undefined) return undefined;
  if (action !== undefined && action !== 'MSExchange.SharingCalendarFreeBusy' && action !== 'MSExchange.Autodiscover') return undefined;
  return {
    id,
    issuer,
    audience,
    notBefore,
    notOnOrAfter,
    nameIdentifier,
    emailAddress,
    ...(action === undefined ? {} : { action }),
    ...(secret === undefined ? {} : { proofKey: Buffer.from(secret, 'base64') }),
  };
}

/** The only child of that name: where there are two, readers could disagree on which one counts. */
function only(element: XmlElement, local: string): XmlElement | undefined {
  const children = findChildren(element, names.saml, local);
  return children.length === 1 ? children[0] : undefined;
}

function attributeOf(statement: XmlElement, name: string, namespace: string): string | undefined {
  const attributes = findChildren(statement, names.saml, 'Attribute').filter((attribute) => findAttribute(attribute, 'AttributeName') === name && findAttribute(attribute, 'AttributeNamespace') === namespace);
  const [attribute] = attributes;
  return attributes.length === 1 && attribute !== undefined ? only(attribute, 'AttributeValue')?.text.trim() : undefined;
}

function instantOf(element: XmlElement | undefined, name: string): number | undefined {
  const at = Date.parse((element && findAttribute(element, name)) ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function withoutDeclaration(xml: string): string {
  return xml.slice(xml.indexOf('?>') + 2);
}
