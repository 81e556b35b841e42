import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphListParameters, graphSearchParameters, listOf, selected } from './graph-list.ts';
import { graphUserOutput } from './graph-output.ts';

export const getMgUser = defineTenantCmdlet({
  name: 'Get-MgUser',
  synopsis: 'Shows the people of the tenant.',
  parameters: {
    UserId: { type: 'string', pipeline: true, aliases: ['Id'], description: 'One person: user principal name or id.' },
    ...graphListParameters,
    ...graphSearchParameters,
  },
  example: 'Get-MgUser -UserId bert@contoso.test',
  async run(context, { UserId, ...list }) {
    const { directory, tenantId } = context;
    if (UserId !== undefined) return [selected(graphUserOutput(await directory.getUser(tenantId, UserId)), list.Property)];
    return listOf(context, (await directory.listUsers(tenantId)).map(graphUserOutput), list);
  },
});
