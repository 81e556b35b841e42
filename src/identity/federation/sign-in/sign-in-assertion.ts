import { findAttribute, findChild, findChildren, isElement } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { federationNamespaces } from '../federation-namespaces.ts';

export const saml1 = federationNamespaces.saml;
export const saml2 = 'urn:oasis:names:tc:SAML:2.0:assertion';

/** What an identity provider says of a person who signed in there (SAML 1.1 or 2.0). Times are epoch milliseconds. */
export interface SignInAssertion {
  id: string;
  issuer: string;
  audiences: readonly string[];
  notBefore: number;
  notOnOrAfter: number;
  /** When the person proved themselves there, if it says so. */
  authenticatedAt?: number;
  /** The person's ImmutableId (source anchor), which both directories know. */
  immutableId: string;
  /** It says that the person used more than one factor. */
  isMultiFactor: boolean;
  /** Bearer confirmations of SAML 2.0; empty for SAML 1.1. */
  confirmations: readonly { recipient?: string; inResponseTo?: string; notOnOrAfter?: number }[];
}

/** "Active Directory Federation Services … claims" (Microsoft Learn): the claims that Azure AD asks AD FS for. */
const immutableIdClaim = 'http://schemas.microsoft.com/LiveID/Federation/2008/05/ImmutableID';
const methodsClaim = 'http://schemas.microsoft.com/claims/authnmethodsreferences';
const multiFactor = new Set(['http://schemas.microsoft.com/claims/multipleauthn', 'https://refeds.org/profile/mfa']);

/** Conditions that are understood; an assertion with any other is void (saml-core-1.1 §2.3.2.1, saml-core-2.0 §2.5.1). */
const knownConditions = new Set(['AudienceRestrictionCondition', 'DoNotCacheCondition', 'AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']);

/** Reads an assertion whose origin is known already; undefined where something is missing, doubled or not understood. */
export function readSignInAssertion(element: XmlElement): SignInAssertion | undefined {
  if (isElement(element, saml1, 'Assertion')) return readVersion1(element);
  return isElement(element, saml2, 'Assertion') ? readVersion2(element) : undefined;
}

function readVersion1(element: XmlElement): SignInAssertion | undefined {
  if (findAttribute(element, 'MajorVersion') !== '1' || findAttribute(element, 'MinorVersion') !== '1') return undefined;
  const statements = [...findChildren(element, saml1, 'AttributeStatement'), ...findChildren(element, saml1, 'AuthenticationStatement')];
  const subjects = statements.map((statement) => only(statement, saml1, 'Subject'));
  const names = subjects.map((subject) => subject && textOf(only(subject, saml1, 'NameIdentifier')));
  const bearer = subjects.every((subject) => confirmationMethods(subject).every((method) => method === 'urn:oasis:names:tc:SAML:1.0:cm:bearer'));
  if (!bearer || new Set(names).size > 1) return undefined;
  const attributes = readAttributes(element, saml1, (attribute) => `${findAttribute(attribute, 'AttributeNamespace') ?? ''}/${findAttribute(attribute, 'AttributeName') ?? ''}`);
  const [authentication] = findChildren(element, saml1, 'AuthenticationStatement');
  return assemble({
    element,
    namespace: saml1,
    id: findAttribute(element, 'AssertionID'),
    issuer: findAttribute(element, 'Issuer'),
    audienceCondition: 'AudienceRestrictionCondition',
    name: names[0],
    attributes,
    authenticatedAt: instantOf(authentication, 'AuthenticationInstant'),
    method: authentication && findAttribute(authentication, 'AuthenticationMethod'),
    confirmations: [],
  });
}

function readVersion2(element: XmlElement): SignInAssertion | undefined {
  const subject = only(element, saml2, 'Subject');
  if (findAttribute(element, 'Version') !== '2.0' || subject === undefined) return undefined;
  const confirmations = findChildren(subject, saml2, 'SubjectConfirmation')
    .filter((confirmation) => findAttribute(confirmation, 'Method') === 'urn:oasis:names:tc:SAML:2.0:cm:bearer')
    .map((confirmation) => readConfirmation(findChild(confirmation, saml2, 'SubjectConfirmationData')));
  const [statement] = findChildren(element, saml2, 'AuthnStatement');
  const context = statement && only(statement, saml2, 'AuthnContext');
  if (confirmations.length === 0) return undefined;
  return assemble({
    element,
    namespace: saml2,
    id: findAttribute(element, 'ID'),
    issuer: textOf(only(element, saml2, 'Issuer')),
    audienceCondition: 'AudienceRestriction',
    name: textOf(only(subject, saml2, 'NameID')),
    attributes: readAttributes(element, saml2, (attribute) => findAttribute(attribute, 'Name') ?? ''),
    authenticatedAt: instantOf(statement, 'AuthnInstant'),
    method: context && textOf(only(context, saml2, 'AuthnContextClassRef')),
    confirmations,
  });
}

interface Parts {
  element: XmlElement;
  namespace: string;
  id: string | undefined;
  issuer: string | undefined;
  audienceCondition: string;
  name: string | undefined;
  attributes: ReadonlyMap<string, readonly string[]>;
  authenticatedAt: number | undefined;
  method: string | undefined;
  confirmations: SignInAssertion['confirmations'];
}

function assemble({ element, namespace, id, issuer, audienceCondition, name, attributes, authenticatedAt, method, confirmations }: Parts): SignInAssertion | undefined {
  const conditions = only(element, namespace, 'Conditions');
  const notBefore = instantOf(conditions, 'NotBefore');
  const notOnOrAfter = instantOf(conditions, 'NotOnOrAfter');
  const restriction = conditions && only(conditions, namespace, audienceCondition);
  const claimed = attributes.get(immutableIdClaim) ?? [];
  const immutableId = claimed[0] ?? name;
  if (!id || !issuer || !immutableId || restriction === undefined || notBefore === undefined || notOnOrAfter === undefined) return undefined;
  if (claimed.length > 1 || conditions?.children.some(({ local }) => !knownConditions.has(local)) === true) return undefined;
  const methods = [method, ...(attributes.get(methodsClaim) ?? [])];
  return {
    id,
    issuer,
    audiences: findChildren(restriction, namespace, 'Audience').map(({ text }) => text.trim()),
    notBefore,
    notOnOrAfter,
    ...(authenticatedAt === undefined ? {} : { authenticatedAt }),
    immutableId,
    isMultiFactor: methods.some((known) => known !== undefined && multiFactor.has(known)),
    confirmations,
  };
}

/** Values by name. Some providers write a value each into attributes of one name. */
function readAttributes(element: XmlElement, namespace: string, nameOf: (attribute: XmlElement) => string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const statement of findChildren(element, namespace, 'AttributeStatement')) {
    for (const attribute of findChildren(statement, namespace, 'Attribute')) {
      const values = findChildren(attribute, namespace, 'AttributeValue').map(({ text }) => text.trim());
      found.set(nameOf(attribute), [...(found.get(nameOf(attribute)) ?? []), ...values]);
    }
  }
  return found;
}

function readConfirmation(data: XmlElement | undefined): SignInAssertion['confirmations'][number] {
  const recipient = data && findAttribute(data, 'Recipient');
  const inResponseTo = data && findAttribute(data, 'InResponseTo');
  const notOnOrAfter = instantOf(data, 'NotOnOrAfter');
  return { ...(recipient === undefined ? {} : { recipient }), ...(inResponseTo === undefined ? {} : { inResponseTo }), ...(notOnOrAfter === undefined ? {} : { notOnOrAfter }) };
}

function confirmationMethods(subject: XmlElement | undefined): string[] {
  const confirmations = subject === undefined ? [] : findChildren(subject, saml1, 'SubjectConfirmation');
  return confirmations.flatMap((confirmation) => findChildren(confirmation, saml1, 'ConfirmationMethod').map(({ text }) => text.trim()));
}

/** The only child of that name. */
function only(element: XmlElement, namespace: string, local: string): XmlElement | undefined {
  const children = findChildren(element, namespace, local);
  return children.length === 1 ? children[0] : undefined;
}

function textOf(element: XmlElement | undefined): string | undefined {
  return element?.text.trim();
}

function instantOf(element: XmlElement | undefined, name: string): number | undefined {
  const at = Date.parse((element && findAttribute(element, name)) ?? '');
  return Number.isNaN(at) ? undefined : at;
}
