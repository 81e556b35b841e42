import { newConfigurationProperties, concurrencyParameters } from './migration-endpoint-parameters.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { migrationEndpointOutput } from './migration-endpoint-output.ts';
import { requireMoveProxy } from './require-move-proxy.ts';

export const newMigrationEndpoint = defineExchangeCmdlet({
  name: 'New-MigrationEndpoint',
  synopsis: 'Keeps where mailboxes would be moved from and to, after it was tested.',
  parameters: {
    Name: { type: 'string', mandatory: true, description: 'Name of the endpoint, at most 64 characters.' },
    ExchangeRemoteMove: { type: 'switch', ignored: true, description: 'The only type that there is here.' },
    RemoteServer: { type: 'string', mandatory: true, description: 'Host name of the other organisation’s EWS, or of the agent’s endpoint.' },
    Credentials: { type: 'credential', mandatory: true, description: 'An administrator of the other organisation. Kept encrypted.' },
    ...concurrencyParameters,
    SkipVerification: { type: 'switch', description: 'Does not ask the other side first.' },
  },
  example: 'New-MigrationEndpoint -Name "Hybrid Migration Endpoint - EWS (Default Web Site)" -ExchangeRemoteMove -RemoteServer mail.contoso.test -Credentials (Get-Credential)',
  roles: ['Migration'],
  async run(context, { Name, RemoteServer, Credentials, SkipVerification, ...limits }) {
    const { configuration, credentials } = context.organization;
    if (SkipVerification !== true) await requireMoveProxy(context, RemoteServer, Credentials);
    const created = await context.change({
      target: Name,
      async apply() {
        const endpoint = await configuration.create('MigrationEndpoint', Name, { RemoteServer, Username: Credentials.userName, ...newConfigurationProperties(limits) });
        await credentials.set(endpoint.guid, Credentials);
        return endpoint;
      },
      after: migrationEndpointOutput,
    });
    return created === undefined ? [] : [migrationEndpointOutput(created)];
  },
});
