import { ManagementError } from '../../management-error.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const testMigrationServerAvailability = defineExchangeCmdlet({
  name: 'Test-MigrationServerAvailability',
  synopsis: 'Asks the move proxy of another organisation whether it would take a mover. Moves themselves are not built.',
  parameters: {
    ExchangeRemoteMove: { type: 'switch', ignored: true, description: 'The only type that there is here.' },
    RemoteServer: { type: 'string', description: 'Host name of the other organisation’s EWS, or of the agent’s endpoint.' },
    Credentials: { type: 'credential', description: 'An administrator of the other organisation, as DOMAIN\\name or user principal name.' },
    Endpoint: { type: 'string', description: 'A migration endpoint, in place of server and credentials.' },
  },
  outputs: ['Result', 'Message', 'SupportsCutover', 'ErrorDetail', 'TestedEndpoint', 'IsValid', 'Identity', 'ObjectState'],
  example: 'Test-MigrationServerAvailability -ExchangeRemoteMove -RemoteServer mail.contoso.test -Credentials (Get-Credential)',
  roles: ['Migration', 'View-Only Configuration'],
  async run(context, { RemoteServer, Credentials, Endpoint }) {
    const endpoint = Endpoint === undefined ? undefined : await oneConfiguration(context, 'MigrationEndpoint', Endpoint);
    const remoteServer = RemoteServer ?? endpoint?.properties.RemoteServer;
    const credentials = Credentials ?? (endpoint === undefined ? undefined : await context.organization.credentials.get(endpoint.guid));
    if (remoteServer === undefined || credentials === undefined) {
      throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', `Cannot process command because of one or more missing mandatory parameters: ${remoteServer === undefined ? 'RemoteServer' : 'Credentials'}.`);
    }
    if (!/^[a-z0-9.-]+(?::\d{1,5})?$/i.test(remoteServer)) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'RemoteServer is a host name, without https:// and path.');
    const result = await context.webServer.testMoveProxy({ remoteServer, credentials });
    return [{ Result: result.isSuccess ? 'Success' : 'Failed', Message: result.message, SupportsCutover: false, ErrorDetail: result.detail, TestedEndpoint: remoteServer, IsValid: true, Identity: '', ObjectState: 'New' }];
  },
});
