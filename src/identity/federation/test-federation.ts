import { createPrivateKey } from 'node:crypto';
import { systemClock } from '../../foundation/index.ts';
import { writeSoapEnvelope } from '../../xml/index.ts';
import { sharedCertificate } from '../certificates/test-certificates.ts';
import { secureWithToken } from './delegation-token-source.ts';
import { createDelegationValidator } from './delegation-validator.ts';
import type { DelegationValidator, DelegationValidatorOptions } from './delegation-validator.ts';
import { signAssertion, writeAssertion } from './saml-assertion.ts';
import type { NewSamlAssertion } from './saml-assertion.ts';
import type { DelegationToken } from './security-token-response.ts';
import { encryptElement } from './xml-encryption.ts';

export const target = 'FYDIBOHF25SPDLT.contoso.test';
export const issuerUri = 'urn:federation:MicrosoftOnline';
export const proofKey = Buffer.alloc(32, 7);

/** For tests: what a token is made of when nothing is wrong with it. */
export function goodClaims(): NewSamlAssertion {
  const now = Date.now();
  return {
    issuer: issuerUri,
    audience: target,
    notBefore: now,
    notOnOrAfter: now + 3_600_000,
    nameIdentifier: 'anna@contoso.test',
    emailAddress: 'anna@contoso.mail.onmicrosoft.test',
    action: 'MSExchange.SharingCalendarFreeBusy',
    proofKey,
  };
}

export async function makeToken(changes: Partial<NewSamlAssertion> = {}, change: (signed: string) => string = (signed) => signed): Promise<DelegationToken> {
  const gateway = await sharedCertificate('acs');
  const organization = await sharedCertificate('auth');
  const { id, xml } = writeAssertion({ ...goodClaims(), ...changes });
  const encryptedAssertion = await encryptElement(change(signAssertion(xml, gateway)), organization.certificate);
  return { encryptedAssertion, assertionId: id, proofKey, expiresAt: goodClaims().notOnOrAfter };
}

/** An envelope as the EWS client writes it. */
export function plainEnvelope(question = 'good'): string {
  return writeSoapEnvelope({
    version: '1.1',
    namespaces: { 'xmlns:q': 'urn:question' },
    writeHeader: (writer) => writer.element('q:Version', '1', { Version: 'Exchange2013' }),
    writeBody: (writer) => writer.element('q:Ask', question),
  });
}

export async function secured(options: { token?: DelegationToken; offset?: number; question?: string } = {}): Promise<string> {
  const clock = { now: () => Date.now() + (options.offset ?? 0) };
  return secureWithToken(plainEnvelope(options.question), options.token ?? (await makeToken()), clock);
}

export async function makeValidator(changes: Partial<DelegationValidatorOptions> = {}): Promise<DelegationValidator> {
  const gateway = await sharedCertificate('acs');
  const organization = await sharedCertificate('auth');
  return createDelegationValidator({
    audiences: async () => [target.toLowerCase()],
    issuers: async () => [{ uri: issuerUri, certificates: [gateway.certificate] }],
    privateKeys: async () => [createPrivateKey(organization.privateKey).export({ format: 'pem', type: 'pkcs8' }).toString()],
    clock: systemClock,
    ...changes,
  });
}
