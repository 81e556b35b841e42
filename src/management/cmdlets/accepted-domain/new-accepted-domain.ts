import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const newAcceptedDomain = defineExchangeCmdlet({
  name: 'New-AcceptedDomain',
  synopsis: 'Takes mail for a further domain.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object.' },
    DomainName: { type: 'domain', mandatory: true, description: 'The domain.' },
    DomainType: { type: ['Authoritative', 'InternalRelay', 'ExternalRelay'], description: 'Default Authoritative.' },
  },
  example: 'New-AcceptedDomain -Name contoso.mail.onmicrosoft.test -DomainName contoso.mail.onmicrosoft.test',
  roles: ['Remote and Accepted Domains'],
  side: 'OnPremises',
  async run(context, { Name, ...properties }) {
    const first = (await context.organization.configuration.list('AcceptedDomain')).length === 0;
    return newConfiguration(context, 'AcceptedDomain', Name, { ...properties, Default: first });
  },
});
