import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getFederationInformation = defineExchangeCmdlet({
  name: 'Get-FederationInformation',
  synopsis: 'Asks another organisation’s Autodiscover what it publishes about its federation.',
  parameters: {
    DomainName: { type: 'domain', mandatory: true, pipeline: true, description: 'A domain of the other organisation.' },
    BypassAdditionalDomainValidation: { type: 'switch', description: 'Shows domains that the answer names, without asking each of them.' },
    TrustedHostnames: { type: 'string', many: true, refused: true, description: 'Certificates are always checked for the host that is asked.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Get-FederationInformation -DomainName contoso.com',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  async run(context, { DomainName }) {
    const { applicationUri, domains, tokenIssuerUris, endpoint } = await context.federation.federationInformation(DomainName);
    return [
      {
        TargetApplicationUri: applicationUri,
        DomainNames: domains,
        TargetAutodiscoverEpr: `${endpoint}/WSSecurity`,
        TokenIssuerUris: tokenIssuerUris,
        Identity: endpoint,
        IsValid: true,
        ObjectState: 'Unchanged',
      },
    ];
  },
});
