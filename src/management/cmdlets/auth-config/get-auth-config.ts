import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const getAuthConfig = defineExchangeCmdlet({
  name: 'Get-AuthConfig',
  synopsis: 'Shows which certificate signs requests for server-to-server tokens.',
  parameters: {},
  example: 'Get-AuthConfig | Format-List *Thumbprint',
  roles: ['Organization Client Access', 'View-Only Configuration'],
  side: 'OnPremises',
  run: async ({ organization }) => [configurationOutput(await organization.configuration.singleton('AuthConfig'))],
});
