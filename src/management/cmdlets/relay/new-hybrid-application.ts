import { ManagementError } from '../../management-error.ts';
import type { RelayContext } from './relay-context.ts';
import { applicationParameters, settingsOf } from './application-parameters.ts';
import { applicationOutput, defineRelayCmdlet, targetUriParameter } from './relay-context.ts';

export const newHybridApplication = defineRelayCmdlet({
  name: 'New-HybridApplication',
  synopsis: 'Publishes an on-premises address through the relay.',
  parameters: {
    AppId: { type: 'guid', position: 0, description: 'Endpoint GUID; a new one where absent.' },
    TargetUri: { ...targetUriParameter, mandatory: true },
    ...applicationParameters,
  },
  example: 'New-HybridApplication -TargetUri https://mail.contoso.test',
  async run(context, { AppId, ...given }) {
    const tenantId = await onlyTenant(context);
    const created = await context.change(given.TargetUri, () => context.relay.createApplication(tenantId, { targets: [], ...settingsOf(given), ...(AppId === undefined ? {} : { id: AppId }) }));
    return created === undefined ? [] : [applicationOutput(created)];
  },
});

async function onlyTenant({ relay, tenantId }: RelayContext): Promise<string> {
  if (tenantId !== undefined) return tenantId;
  const [only, ...others] = await relay.listTenants();
  if (only !== undefined && others.length === 0) return only.id;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The relay serves several tenants, or none, and the session names none.', { remedy: 'Open the relay session for one tenant.' });
}
