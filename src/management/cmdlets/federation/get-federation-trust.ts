import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { federationTrustOutput } from './federation-trust-output.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const getFederationTrust = defineExchangeCmdlet({
  name: 'Get-FederationTrust',
  synopsis: 'Shows the gateway that vouches for this organisation’s users to other organisations.',
  parameters: { Identity: identityToGet },
  example: 'Get-FederationTrust | Format-List ApplicationUri,TokenIssuerUri',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'FederationTrust', Identity, federationTrustOutput),
});
