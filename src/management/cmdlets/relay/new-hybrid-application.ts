import { ManagementError } from '../../management-error.ts';
import type { RelayContext } from './relay-context.ts';
import { applicationOutput, defineRelayCmdlet, targetOf, targetUriParameter } from './relay-context.ts';

export const newHybridApplication = defineRelayCmdlet({
  name: 'New-HybridApplication',
  synopsis: 'Publishes an on-premises address through the relay.',
  parameters: {
    AppId: { type: 'guid', position: 0, description: 'Endpoint GUID; a new one where absent.' },
    TargetUri: targetUriParameter,
  },
  example: 'New-HybridApplication -TargetUri https://mail.contoso.test',
  async run(context, { AppId, TargetUri }) {
    const tenantId = await onlyTenant(context);
    const created = await context.change(TargetUri, () => context.relay.createApplication(tenantId, { ...(AppId === undefined ? {} : { id: AppId }), targets: targetOf(TargetUri) }));
    return created === undefined ? [] : [applicationOutput(created)];
  },
});

async function onlyTenant({ relay, tenantId }: RelayContext): Promise<string> {
  if (tenantId !== undefined) return tenantId;
  const [only, ...others] = await relay.listTenants();
  if (only !== undefined && others.length === 0) return only.id;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The relay serves several tenants, or none, and the session names none.', { remedy: 'Open the relay session for one tenant.' });
}
