import { newAuthCertificate } from '../certificates/new-auth-certificate.ts';
import type { SetupStep } from '../plan.ts';
import { textOf } from '../observed.ts';

/** A certificate with less than this left is replaced, as the published guidance asks (48 hours before it takes effect). */
const renewalMarginMs = 30 * 86_400_000;

/**
 * The organisation signs its requests for tokens with the Exchange Server Auth Certificate (seed "HCW8064", section
 * "Exchange Server Auth Certificate expired and renewed"). Makes one where none is configured, usable and fresh.
 */
export const authCertificate: SetupStep = {
  id: 'auth-certificate',
  title: 'Exchange Server Auth Certificate',
  why: 'Servers sign their requests for tokens with it; HCW8064 is what comes of one that is missing or expired.',
  isOAuth: true,
  async changes({ get, now }) {
    const [config] = await get('OnPremises', 'Get-AuthConfig');
    const certificates = await get('OnPremises', 'Get-ExchangeCertificate');
    const usable = certificates.filter(
      (certificate) => textOf(certificate, 'Subject') === 'CN=Microsoft Exchange Server Auth Certificate' && Date.parse(textOf(certificate, 'NotAfter')) - now() > renewalMarginMs,
    );
    const current = textOf(config, 'CurrentCertificateThumbprint');
    if (usable.some((certificate) => textOf(certificate, 'Thumbprint') === current)) return [];
    const [replacement] = usable;
    if (replacement === undefined) return [newAuthCertificate()];
    return [
      {
        session: 'OnPremises',
        cmdlet: 'Set-AuthConfig',
        parameters: { NewCertificateThumbprint: textOf(replacement, 'Thumbprint'), NewCertificateEffectiveDate: new Date(now()).toISOString(), Force: true },
      },
      { session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { PublishCertificate: true } },
    ];
  },
};
