import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const getAvailabilityConfig = defineExchangeCmdlet({
  name: 'Get-AvailabilityConfig',
  synopsis: 'Shows whose accounts may ask for free/busy on behalf of another forest’s people.',
  parameters: { Identity: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one at most.' } },
  example: 'Get-AvailabilityConfig | Format-List',
  roles: ['Federated Sharing', 'View-Only Configuration'],
  run: async ({ organization }) => (await organization.configuration.list('AvailabilityConfig')).map(configurationOutput),
});
