import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const getOrganizationConfig = defineExchangeCmdlet({
  name: 'Get-OrganizationConfig',
  synopsis: 'Shows the settings of the organisation.',
  parameters: {},
  example: 'Get-OrganizationConfig | Format-List OAuth2ClientProfileEnabled',
  roles: ['Organization Configuration', 'View-Only Configuration'],
  run: async ({ organization }) => [configurationOutput(await organization.configuration.singleton('OrganizationConfig'))],
});
