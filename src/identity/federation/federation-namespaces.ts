/** Namespaces and identifiers of delegated federation. WS-Trust February 2005, WS-Security 1.0 and 1.1, SAML 1.1, XML Signature, XML Encryption. */
export const federationNamespaces = {
  trust: 'http://schemas.xmlsoap.org/ws/2005/02/trust',
  addressing: 'http://www.w3.org/2005/08/addressing',
  policy: 'http://schemas.xmlsoap.org/ws/2004/09/policy',
  authorization: 'http://schemas.xmlsoap.org/ws/2006/12/authorization',
  security: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
  utility: 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd',
  saml: 'urn:oasis:names:tc:SAML:1.0:assertion',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
  encryption: 'http://www.w3.org/2001/04/xmlenc#',
  /** `psf:error` of the federation gateway's faults. */
  passportFault: 'http://schemas.microsoft.com/Passport/SoapServices/SOAPFault',
} as const;

export const x509TokenType = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3';
export const samlTokenType = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1';
export const samlAssertionIdType = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID';

export const exclusiveCanonicalization = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
export const rsaSha256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const hmacSha1 = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';
export const sha1 = 'http://www.w3.org/2000/09/xmldsig#sha1';
export const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** What a delegation token is asked for; one token serves one of these. Published action claims. */
export type DelegationAction = 'MSExchange.SharingCalendarFreeBusy' | 'MSExchange.Autodiscover';

/** Clocks may differ by this much: "the clock skew must be within five minutes" of the federation gateway. */
export const allowedSkewMs = 5 * 60_000;

export function isDelegationAction(text: string): text is DelegationAction {
  return text === 'MSExchange.SharingCalendarFreeBusy' || text === 'MSExchange.Autodiscover';
}
