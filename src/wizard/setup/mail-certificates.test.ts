import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setupChoicesSchema } from './choices.ts';
import { coveringName, mailCertificates, mailSettings } from './mail-certificates.ts';
import type { Snapshot } from './snapshot.ts';

const snapshot = (certificates: readonly Record<string, unknown>[]): Snapshot => ({ takenAt: '2026-06-01T00:00:00.000Z', sides: { OnPremises: { name: 'mail', seen: { 'Get-ExchangeCertificate': certificates } } } });
const certificate = { Thumbprint: 'A'.repeat(40), Subject: 'CN=mail.contoso.com, O=Contoso', Issuer: 'CN=Authority', CertificateDomains: ['mail.contoso.com', '*.contoso.com'], NotAfter: '2027-01-01T00:00:00.000Z', HasPrivateKey: true, Services: 'SMTP' };
const choices = (mail: unknown) => setupChoicesSchema.parse({ mail });

test('certificates that could not be shown are none: expired, without key or name; self-signed ones come last', () => {
  const found = mailCertificates(snapshot([{ ...certificate, Thumbprint: 'SELF', IsSelfSigned: true }, certificate, { ...certificate, NotAfter: '2026-01-01T00:00:00.000Z' }, { ...certificate, HasPrivateKey: false }, { ...certificate, Subject: 'CN=Microsoft Exchange Server Auth Certificate', CertificateDomains: [] }]));
  assert.deepEqual(found.map(({ thumbprint, isForSmtp }) => [thumbprint, isForSmtp]), [[certificate.Thumbprint, true], ['SELF', true]]);
});

test('a wildcard stands for one label', () => {
  const names = ['*.contoso.com'];
  assert.deepEqual(['a.contoso.com', 'A.CONTOSO.COM', 'a.b.contoso.com', 'contoso.com'].map((host) => coveringName({ names }, host)), ['*.contoso.com', '*.contoso.com', undefined, undefined]);
});

test('the certificate is named as connectors name it; where none fits, those that there are stand in the refusal', () => {
  assert.deepEqual(mailSettings(snapshot([certificate]), choices({ host: 'Mail.contoso.com' })), {
    host: 'mail.contoso.com',
    certificateName: '<I>CN=Authority<S>CN=mail.contoso.com, O=Contoso',
    certificateDomain: 'mail.contoso.com',
    isCentralized: false,
    cloudTlsDomain: 'mail.protection.outlook.com',
    cloudSmartHost: undefined,
  });
  assert.equal(mailSettings(snapshot([]), choices(undefined)), undefined);
  assert.throws(() => mailSettings(snapshot([certificate]), choices({ host: 'mail.fabrikam.com' })), { code: 'WIZARD_CHOICE', remedy: /mail\.contoso\.com/ });
  assert.throws(() => mailSettings(snapshot([certificate]), choices({ host: 'mail.contoso.com', certificate: 'B'.repeat(40) })), { code: 'WIZARD_CHOICE', remedy: /Choose among: A+/ });
});
