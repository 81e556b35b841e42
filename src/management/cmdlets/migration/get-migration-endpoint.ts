import { ManagementError } from '../../management-error.ts';
import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { migrationEndpointOutput } from './migration-endpoint-output.ts';

export const getMigrationEndpoint = defineExchangeCmdlet({
  name: 'Get-MigrationEndpoint',
  synopsis: 'Shows where mailboxes would be moved from and to.',
  parameters: {
    Identity: identityToGet,
    Type: { type: ['ExchangeOutlookAnywhere', 'ExchangeRemoteMove', 'IMAP', 'PublicFolder'], description: 'Only endpoints of this type. There are only those of remote moves here.' },
  },
  example: 'Get-MigrationEndpoint "Hybrid Migration Endpoint - EWS (Default Web Site)" | Select-Object RemoteServer',
  roles: ['Migration', 'View-Only Configuration'],
  async run(context, { Identity, Type }) {
    if (Identity !== undefined && Type !== undefined) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give Identity or Type, not both.' });
    const endpoints = await getConfiguration(context, 'MigrationEndpoint', Identity, migrationEndpointOutput);
    return Type === undefined ? endpoints : endpoints.filter(({ EndpointType }) => EndpointType === Type);
  },
});
