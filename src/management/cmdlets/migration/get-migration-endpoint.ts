import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { migrationEndpointOutput } from './migration-endpoint-output.ts';

export const getMigrationEndpoint = defineExchangeCmdlet({
  name: 'Get-MigrationEndpoint',
  synopsis: 'Shows where mailboxes would be moved from and to.',
  parameters: { Identity: identityToGet },
  example: 'Get-MigrationEndpoint "Hybrid Migration Endpoint - EWS (Default Web Site)" | Select-Object RemoteServer',
  roles: ['Migration', 'View-Only Configuration'],
  run: (context, { Identity }) => getConfiguration(context, 'MigrationEndpoint', Identity, migrationEndpointOutput),
});
