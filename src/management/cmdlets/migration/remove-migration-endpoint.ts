import { identityToChange, oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { migrationEndpointOutput } from './migration-endpoint-output.ts';

export const removeMigrationEndpoint = defineExchangeCmdlet({
  name: 'Remove-MigrationEndpoint',
  synopsis: 'Removes a migration endpoint and its password.',
  parameters: { Identity: identityToChange },
  example: 'Remove-MigrationEndpoint "Hybrid Migration Endpoint - EWS (Default Web Site)" -Confirm:$false',
  roles: ['Migration'],
  async run(context, { Identity }) {
    const { configuration, credentials } = context.organization;
    const former = await oneConfiguration(context, 'MigrationEndpoint', Identity);
    await context.change({
      target: former.name,
      before: migrationEndpointOutput(former),
      async apply() {
        await configuration.remove('MigrationEndpoint', former.guid);
        await credentials.remove(former.guid);
      },
    });
    return [];
  },
});
