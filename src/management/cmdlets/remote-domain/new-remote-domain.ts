import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const newRemoteDomain = defineExchangeCmdlet({
  name: 'New-RemoteDomain',
  synopsis: 'Begins to treat mail for a domain elsewhere in its own way.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object, at most 64 characters.' },
    DomainName: { type: 'string', mandatory: true, description: 'The domain; *.contoso.com for those below it, too.' },
  },
  example: 'New-RemoteDomain -Name "Hybrid Domain - contoso.mail.onmicrosoft.test" -DomainName contoso.mail.onmicrosoft.test',
  roles: ['Remote and Accepted Domains'],
  run: (context, { Name, ...properties }) => newConfiguration(context, 'RemoteDomain', Name, properties),
});
