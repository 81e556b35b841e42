import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { SignedXml } from 'xml-crypto';
import { certificateBase64 } from '../../certificates/read-certificate.ts';
import type { CertificateWithKey } from '../../certificates/create-certificate-authority.ts';
import { locationOf } from './test-browser.ts';
import type { BrowserAnswer, TestBrowser } from './test-browser.ts';

export const issuerUri = 'http://adfs.contoso.test/adfs/services/trust';
export const passiveSignInUri = 'https://adfs.contoso.test/adfs/ls/';
export const annasId = 'QW5uYSBJbW11dGFibGU=';
const realm = 'urn:federation:MicrosoftOnline';
const saml1 = 'urn:oasis:names:tc:SAML:1.0:assertion';
const saml2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';

export interface AnswerClaims {
  now: number;
  issuer?: string;
  audience?: string;
  immutableId?: string;
  /** Milliseconds from `now`. */
  from?: number;
  until?: number;
  authenticated?: number;
  multiFactor?: boolean;
  /** XML at the end of the assertion. */
  more?: string;
  /** SAML 2.0 alone. */
  inResponseTo?: string;
  recipient?: string;
}

const at = (time: number): string => new Date(time).toISOString();

/** An assertion as AD FS makes it for Office 365 (SAML 1.1), unsigned. */
export function assertionOne({ now, issuer = issuerUri, audience = realm, immutableId = annasId, from = 0, until = 3_600_000, authenticated = 0, multiFactor = false, more = '' }: AnswerClaims): string {
  const subject = `<saml:Subject><saml:NameIdentifier Format="urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified">${immutableId}</saml:NameIdentifier><saml:SubjectConfirmation><saml:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:bearer</saml:ConfirmationMethod></saml:SubjectConfirmation></saml:Subject>`;
  const attribute = (namespace: string, name: string, value: string): string => `<saml:Attribute AttributeName="${name}" AttributeNamespace="${namespace}"><saml:AttributeValue>${value}</saml:AttributeValue></saml:Attribute>`;
  return [
    `<saml:Assertion MajorVersion="1" MinorVersion="1" AssertionID="_${randomUUID()}" Issuer="${issuer}" IssueInstant="${at(now)}" xmlns:saml="${saml1}">`,
    `<saml:Conditions NotBefore="${at(now + from)}" NotOnOrAfter="${at(now + until)}"><saml:AudienceRestrictionCondition><saml:Audience>${audience}</saml:Audience></saml:AudienceRestrictionCondition></saml:Conditions>`,
    `<saml:AttributeStatement>${subject}${attribute('http://schemas.xmlsoap.org/claims', 'UPN', 'anna@contoso.test')}${attribute('http://schemas.microsoft.com/LiveID/Federation/2008/05', 'ImmutableID', immutableId)}`,
    multiFactor ? attribute('http://schemas.microsoft.com/claims', 'authnmethodsreferences', 'http://schemas.microsoft.com/claims/multipleauthn') : '',
    `</saml:AttributeStatement><saml:AuthenticationStatement AuthenticationMethod="urn:oasis:names:tc:SAML:1.0:am:password" AuthenticationInstant="${at(now + authenticated)}">${subject}</saml:AuthenticationStatement>${more}</saml:Assertion>`,
  ].join('');
}

/** An assertion of SAML 2.0, unsigned. */
export function assertionTwo({ now, issuer = issuerUri, audience = realm, immutableId = annasId, from = 0, until = 3_600_000, authenticated = 0, inResponseTo = '', recipient = 'https://login.cloud.test/login.srf', more = '' }: AnswerClaims): string {
  return [
    `<saml:Assertion Version="2.0" ID="_${randomUUID()}" IssueInstant="${at(now)}" xmlns:saml="${saml2}"><saml:Issuer>${issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${immutableId}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData InResponseTo="${inResponseTo}" Recipient="${recipient}" NotOnOrAfter="${at(now + until)}"/></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotBefore="${at(now + from)}" NotOnOrAfter="${at(now + until)}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${at(now + authenticated)}"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement><saml:Attribute Name="IDPEmail"><saml:AttributeValue>anna@contoso.test</saml:AttributeValue></saml:Attribute></saml:AttributeStatement>${more}</saml:Assertion>`,
  ].join('');
}

/** Signs the root element, enveloped, as identity providers do; not with the product's own signer. */
export function sign(xml: string, key: CertificateWithKey, algorithms: { signature?: string; digest?: string } = {}): string {
  const signer = new SignedXml({
    privateKey: key.privateKey,
    signatureAlgorithm: algorithms.signature ?? 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    getKeyInfoContent: () => `<X509Data><X509Certificate>${certificateBase64(key.certificate)}</X509Certificate></X509Data>`,
    idAttribute: xml.includes('AssertionID') ? 'AssertionID' : 'ID',
  });
  signer.addReference({ xpath: '/*', transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', 'http://www.w3.org/2001/10/xml-exc-c14n#'], digestAlgorithm: algorithms.digest ?? 'http://www.w3.org/2001/04/xmlenc#sha256' });
  signer.computeSignature(xml, { location: { reference: '/*', action: 'append' } });
  return signer.getSignedXml();
}

/** What WS-Federation carries as `wresult`. */
export function tokenResponse(token: string): string {
  return `<t:RequestSecurityTokenResponse xmlns:t="http://schemas.xmlsoap.org/ws/2005/02/trust"><t:RequestedSecurityToken>${token}</t:RequestedSecurityToken><t:TokenType>${saml1}</t:TokenType></t:RequestSecurityTokenResponse>`;
}

export function samlResponse(assertion: string, { status = 'urn:oasis:names:tc:SAML:2.0:status:Success', destination = 'https://login.cloud.test/login.srf' } = {}): string {
  return `<samlp:Response xmlns:samlp="${protocol}" ID="_${randomUUID()}" Version="2.0" IssueInstant="${at(Date.now())}" Destination="${destination}"><saml:Issuer xmlns:saml="${saml2}">${issuerUri}</saml:Issuer><samlp:Status><samlp:StatusCode Value="${status}"/></samlp:Status>${assertion}</samlp:Response>`;
}

/** What a redirect asks the identity provider. */
export function askedOf(answer: BrowserAnswer): { address: string; parameters: Record<string, string>; state: string; requestId: string; request: string } {
  const url = new URL(locationOf(answer));
  const parameters = Object.fromEntries(url.searchParams);
  const request = parameters['SAMLRequest'] === undefined ? '' : inflateRawSync(Buffer.from(parameters['SAMLRequest'], 'base64')).toString();
  return { address: `${url.origin}${url.pathname}`, parameters, state: parameters['wctx'] ?? parameters['RelayState'] ?? '', requestId: / ID="([^"]+)"/.exec(request)?.[1] ?? '', request };
}

/** Brings an answer as a browser does: in a form of another site, so without cookies; then goes on with them. */
export async function bring(browser: TestBrowser, form: Record<string, string>): Promise<BrowserAnswer> {
  const cookies = new Map(browser.cookies);
  browser.cookies.clear();
  const page = await browser.post('/login.srf', form);
  browser.cookies.clear();
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  const [, next] = /content="0;url=([^"]+)"/.exec(page.text) ?? [];
  return next === undefined ? page : browser.get(next.replaceAll('&amp;', '&'));
}

export async function follow(browser: TestBrowser, answer: BrowserAnswer): Promise<BrowserAnswer> {
  assert.equal(answer.status, 303, answer.text.slice(0, 2000));
  return browser.get(locationOf(answer));
}
