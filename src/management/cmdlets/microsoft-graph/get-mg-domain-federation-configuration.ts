import { namedFederatedDomain } from '../tenant/named-domain.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { domainFederationOutput } from './graph-output.ts';

export const getMgDomainFederationConfiguration = defineTenantCmdlet({
  name: 'Get-MgDomainFederationConfiguration',
  synopsis: 'Shows the identity provider of a federated domain.',
  parameters: { DomainId: { type: 'domain', position: 0, pipeline: true, mandatory: true, description: 'A federated domain of the tenant.' } },
  outputs: ['FederatedIdpMfaBehavior', 'Id', 'IssuerUri', 'NextSigningCertificate', 'PassiveSignInUri', 'PreferredAuthenticationProtocol', 'SignOutUri', 'SigningCertificate'],
  example: 'Get-MgDomainFederationConfiguration -DomainId contoso.test | Format-List',
  run: async (context, { DomainId }) => [domainFederationOutput(await namedFederatedDomain(context, DomainId))],
});
