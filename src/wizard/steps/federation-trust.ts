import type { CmdletInvocation } from '../../management/index.ts';
import { newFederationCertificate } from '../certificates/new-federation-certificate.ts';
import type { Observed } from '../observed.ts';
import { textOf } from '../observed.ts';
import type { SetupStep, StepView } from '../plan.ts';

export const federationTrustName = 'Microsoft Federation Gateway';

/** A certificate with less than this left is not what a trust is built on, and is rolled where one is. */
const renewalMarginMs = 30 * 86_400_000;

/**
 * Registers the on-premises organisation with the federation gateway, under a certificate of its own that signs its
 * requests and to which tokens for it are encrypted. A certificate that is about to end is followed by a new one; the
 * former stays valid for tokens that are under way.
 */
export const federationTrust: SetupStep = {
  id: 'federation-trust',
  title: 'Federation trust',
  why: 'Delegation tokens come from the federation gateway, which must know this organisation.',
  onlyFor: ['dauth', 'both'],
  async changes(view) {
    const { get, settings } = view;
    const [trust] = await get('OnPremises', 'Get-FederationTrust');
    if (trust !== undefined && textOf(trust, 'TokenIssuerMetadataEpr') !== settings.gatewayMetadataUrl) {
      return [setTrust(trust, { MetadataUrl: settings.gatewayMetadataUrl })];
    }
    const usable = await usableCertificates(view);
    if (trust !== undefined && usable.includes(textOf(trust, 'OrgPrivCertificate'))) return [];
    const [thumbprint] = usable;
    if (thumbprint === undefined) return [newFederationCertificate()];
    if (trust !== undefined) return [setTrust(trust, { Thumbprint: thumbprint }), setTrust(trust, { PublishFederationCertificate: true })];
    return [{ session: 'OnPremises', cmdlet: 'New-FederationTrust', parameters: { Name: federationTrustName, Thumbprint: thumbprint, MetadataUrl: settings.gatewayMetadataUrl } }];
  },
};

async function usableCertificates({ get, now }: StepView): Promise<readonly string[]> {
  const certificates = await get('OnPremises', 'Get-ExchangeCertificate');
  return certificates
    .filter((certificate) => textOf(certificate, 'Subject') === 'CN=Federation' && Date.parse(textOf(certificate, 'NotAfter')) - now() > renewalMarginMs)
    .map((certificate) => textOf(certificate, 'Thumbprint'));
}

function setTrust(trust: Observed, parameters: Record<string, unknown>): CmdletInvocation {
  return { session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: textOf(trust, 'Name'), ...parameters } };
}
