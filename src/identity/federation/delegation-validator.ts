import type { Clock } from '../../foundation/index.ts';
import { findChildren, isElement, parseXml } from '../../xml/index.ts';
import type { SoapVersion, XmlLimits } from '../../xml/index.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { IdentityError } from '../identity-error.ts';
import type { DelegationAction } from './federation-namespaces.ts';
import { allowedSkewMs, federationNamespaces as names } from './federation-namespaces.ts';
import { readSecuredEnvelope, verifyEnvelope } from './message-security.ts';
import { readAssertion, signatureOfAssertion } from './saml-assertion.ts';
import type { SamlAssertion } from './saml-assertion.ts';
import { decryptElement } from './xml-encryption.ts';
import { verifyDocument } from './xml-signatures.ts';

/** A gateway whose tokens are believed. */
export interface TrustedTokenIssuer {
  uri: string;
  /** PEM or base64 DER: the current certificate, and the one before it. */
  certificates: readonly string[];
}

export interface DelegationValidatorOptions {
  /** Application URIs under which this organisation is addressed. Compared without case. */
  audiences: () => Promise<readonly string[]>;
  issuers: () => Promise<readonly TrustedTokenIssuer[]>;
  /** PEM keys of the federation certificates that are in their time, the current one first. */
  privateKeys: () => Promise<readonly string[]>;
  clock: Clock;
  xmlLimits?: XmlLimits;
}

export interface ValidatedDelegation {
  emailAddress: string;
  issuer: string;
  assertionId: string;
  action: DelegationAction;
  /** An envelope of nothing but what the sender signed. */
  envelope: string;
}

export interface DelegationValidator {
  /**
   * Checks a whole message. Rejects with IdentityError `IDENTITY_FEDERATION_MESSAGE` ("verifying security") or
   * `IDENTITY_FEDERATION_TOKEN` ("processing the security tokens"); the fact `reason` is for the log alone, `version`
   * the SOAP version to answer in.
   */
  validate(body: Uint8Array, actions: readonly DelegationAction[]): Promise<ValidatedDelegation>;
}

/** Messages remembered at most, so that none is taken twice. Beyond it messages are refused rather than forgotten. */
const rememberedMessages = 100_000;

/** Decides about messages that carry delegation tokens (WS-Security, SAML token profile). */
export function createDelegationValidator(options: DelegationValidatorOptions): DelegationValidator {
  const { clock } = options;
  const seen = createSeenMessages(clock);
  return {
    async validate(body, actions) {
      const secured = readSecuredEnvelope(body, options.xmlLimits);
      if (secured === undefined) throw messageRefused('no envelope with one security header', '1.1');
      const { version } = secured;
      const encrypted = findChildren(secured.security, names.encryption, 'EncryptedData');
      const [token] = encrypted;
      if (token === undefined || encrypted.length !== 1) throw messageRefused('no encrypted token', version);
      const assertion = await openToken(await decryptElement(token, await options.privateKeys()), await options.issuers(), version);
      const { proofKey } = assertion;
      if (proofKey === undefined || proofKey.length < 16) throw tokenRefused('no proof key', version);
      const verified = verifyEnvelope(secured, { kind: 'HMAC', secret: proofKey }, clock);
      if (typeof verified === 'string') throw messageRefused(verified, version);
      const now = clock.now();
      if (assertion.notBefore > now + allowedSkewMs || assertion.notOnOrAfter <= now - allowedSkewMs) throw messageRefused('token not in its time', version);
      const audiences = (await options.audiences()).map((audience) => audience.toLowerCase());
      if (!audiences.includes(assertion.audience.toLowerCase())) throw messageRefused('audience', version, { audience: assertion.audience.slice(0, 256) });
      const { action } = assertion;
      if (action === undefined || !actions.includes(action)) throw messageRefused('action', version, { action });
      if (!seen(secured.fingerprint, verified.voidFrom)) throw messageRefused('replay', version);
      return { emailAddress: assertion.emailAddress, issuer: assertion.issuer, assertionId: assertion.id, action, envelope: verified.xml };
    },
  };
}

/** The assertion, once an issuer's certificate vouches for every byte that is read of it. */
async function openToken(text: string | undefined, issuers: readonly TrustedTokenIssuer[], version: SoapVersion): Promise<SamlAssertion> {
  if (text === undefined) throw tokenRefused('not decrypted', version);
  let claimed: SamlAssertion | undefined;
  let signature: string | undefined;
  try {
    claimed = readAssertion(parseXml(text, { maximumBytes: 65_536 }));
    signature = signatureOfAssertion(text);
  } catch {
    throw tokenRefused('unreadable', version);
  }
  const issuer = issuers.find(({ uri }) => uri === claimed?.issuer);
  if (claimed === undefined || signature === undefined) throw tokenRefused('unreadable', version);
  if (issuer === undefined) throw tokenRefused('issuer', version, { issuer: claimed.issuer.slice(0, 256) });
  for (const certificate of issuer.certificates) {
    const signed = verifyDocument(text, { signature, key: { kind: 'RSA', publicKey: readCertificate(certificate).publicKey }, idAttribute: 'AssertionID' });
    const [element] = signed ?? [];
    if (element === undefined || signed?.length !== 1 || !isElement(element, names.saml, 'Assertion')) continue;
    const assertion = readAssertion(element);
    // The root itself must be what is signed, not an assertion that was moved into it.
    if (assertion !== undefined && assertion.issuer === issuer.uri && assertion.id === claimed.id) return assertion;
  }
  throw tokenRefused('issuer signature', version);
}

function createSeenMessages(clock: Clock): (fingerprint: string, voidFrom: number) => boolean {
  const seen = new Map<string, number>();
  let prunedAt = 0;
  return (fingerprint, voidFrom) => {
    const now = clock.now();
    if (now - prunedAt > 30_000 || seen.size >= rememberedMessages) {
      prunedAt = now;
      for (const [known, end] of seen) if (end <= now) seen.delete(known);
    }
    if (seen.has(fingerprint) || seen.size >= rememberedMessages) return false;
    seen.set(fingerprint, voidFrom);
    return true;
  };
}

function messageRefused(reason: string, version: SoapVersion, facts: Record<string, unknown> = {}): IdentityError {
  return new IdentityError('IDENTITY_FEDERATION_MESSAGE', 'An error occurred when verifying security for the message.', { facts: { reason, version, ...facts } });
}

function tokenRefused(reason: string, version: SoapVersion, facts: Record<string, unknown> = {}): IdentityError {
  return new IdentityError('IDENTITY_FEDERATION_TOKEN', 'An error occurred when processing the security tokens in the message.', { facts: { reason, version, ...facts } });
}
