import { readFilter } from '../tenant/filter.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { graphUserOutput } from './graph-output.ts';

export const getMgUser = defineTenantCmdlet({
  name: 'Get-MgUser',
  synopsis: 'Shows the people of the tenant.',
  parameters: {
    UserId: { type: 'string', position: 0, pipeline: true, aliases: ['Id'], description: 'One person: user principal name or id.' },
    Filter: { type: 'string', description: "One comparison: userPrincipalName eq '…', or startswith(displayName,'…')." },
    Top: { type: 'integer', aliases: ['Limit'], description: 'How many at most; default 100.' },
    All: { type: 'switch', description: 'All of them.' },
    Property: { type: 'string', many: true, aliases: ['Select'], ignored: true, description: 'All that is kept is always shown.' },
  },
  example: 'Get-MgUser -UserId bert@contoso.test',
  async run({ directory, tenantId }, { UserId, Filter, Top, All }) {
    if (UserId !== undefined) return [graphUserOutput(await directory.getUser(tenantId, UserId))];
    return (await directory.listUsers(tenantId)).map(graphUserOutput).filter(readFilter(Filter)).slice(0, All === true ? undefined : (Top ?? 100));
  },
});
