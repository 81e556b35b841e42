import { namedFederatedDomain } from '../tenant/named-domain.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, listOf } from './graph-list.ts';
import { domainFederationOutput } from './graph-output.ts';

export const getMgDomainFederationConfiguration = defineTenantCmdlet({
  name: 'Get-MgDomainFederationConfiguration',
  synopsis: 'Shows the identity provider of a federated domain.',
  parameters: {
    DomainId: { type: 'domain', pipeline: true, mandatory: true, aliases: ['Id'], description: 'A federated domain of the tenant.' },
    InternalDomainFederationId: { type: 'string', ignored: true, description: 'Accepted and without effect: a domain has one configuration.' },
    ...graphListParameters,
  },
  outputs: ['FederatedIdpMfaBehavior', 'Id', 'IssuerUri', 'NextSigningCertificate', 'PassiveSignInUri', 'PreferredAuthenticationProtocol', 'SignOutUri', 'SigningCertificate'],
  example: 'Get-MgDomainFederationConfiguration -DomainId contoso.test | Format-List',
  run: async (context, { DomainId, ...list }) => listOf(context, [domainFederationOutput(await namedFederatedDomain(context, DomainId))], list),
});
