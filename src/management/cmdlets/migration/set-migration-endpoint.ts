import { identityToChange, oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { ManagementError } from '../../management-error.ts';
import { migrationEndpointOutput } from './migration-endpoint-output.ts';
import { concurrencyParameters, newConfigurationProperties } from './migration-endpoint-parameters.ts';
import { requireMoveProxy } from './require-move-proxy.ts';

export const setMigrationEndpoint = defineExchangeCmdlet({
  name: 'Set-MigrationEndpoint',
  synopsis: 'Changes where mailboxes would be moved from and to, after it was tested.',
  parameters: {
    Identity: identityToChange,
    RemoteServer: { type: 'string', description: 'Host name of the other organisation’s EWS, or of the agent’s endpoint.' },
    Credentials: { type: 'credential', description: 'An administrator of the other organisation. Kept encrypted.' },
    ...concurrencyParameters,
    SkipVerification: { type: 'switch', description: 'Does not ask the other side first.' },
  },
  example: 'Set-MigrationEndpoint "Hybrid Migration Endpoint - EWS (Default Web Site)" -MaxConcurrentMigrations 50',
  roles: ['Migration'],
  async run(context, { Identity, RemoteServer, Credentials, SkipVerification, ...limits }) {
    const { configuration, credentials } = context.organization;
    const former = await oneConfiguration(context, 'MigrationEndpoint', Identity);
    if (SkipVerification !== true && (RemoteServer !== undefined || Credentials !== undefined)) {
      const known = Credentials ?? (await credentials.get(former.guid));
      if (known === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The endpoint has no credentials.', { remedy: 'Give -Credentials.' });
      await requireMoveProxy(context, RemoteServer ?? former.properties.RemoteServer, known);
    }
    await context.change({
      target: former.name,
      before: migrationEndpointOutput(former),
      async apply() {
        if (Credentials !== undefined) await credentials.set(former.guid, Credentials);
        return configuration.update('MigrationEndpoint', former.guid, { ...(RemoteServer && { RemoteServer }), ...(Credentials && { Username: Credentials.userName }), ...newConfigurationProperties(limits) });
      },
      after: migrationEndpointOutput,
    });
    return [];
  },
});
