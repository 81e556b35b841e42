import { defineExchangeCmdlet } from '../exchange-context.ts';

export const testFederationTrustCertificate = defineExchangeCmdlet({
  name: 'Test-FederationTrustCertificate',
  synopsis: 'Shows whether the federation certificates are on every server.',
  parameters: {},
  example: 'Test-FederationTrustCertificate',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context) {
    const { configuration } = context.organization;
    const servers = await configuration.list('ExchangeServer');
    const thumbprints = (await configuration.list('FederationTrust')).flatMap(({ properties: { OrgPrivCertificate, OrgNextPrivCertificate, OrgPrevPrivCertificate } }) => [OrgPrivCertificate, OrgNextPrivCertificate, OrgPrevPrivCertificate]);
    const wanted = [...new Set(thumbprints.filter((thumbprint) => thumbprint !== null))];
    const states = await Promise.all(wanted.map(async (Thumbprint) => ({ Thumbprint, State: (await configuration.certificateKey(Thumbprint)) === undefined ? 'NotInstalled' : 'Installed' })));
    return servers.flatMap(({ name }) => states.map(({ Thumbprint, State }) => ({ Site: 'Default-First-Site-Name', Server: name, State, Thumbprint })));
  },
});
