import { checkRole, globalAdministrator } from './global-administrator.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const getMsolRole = defineTenantCmdlet({
  name: 'Get-MsolRole',
  synopsis: 'Shows the directory’s administrator roles. There is one: who has it may consent to applications for everybody.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, description: 'One role.' },
    RoleName: { type: 'string', pipeline: true, description: 'One role, by its name.' },
  },
  outputs: ['ObjectId', 'Name', 'Description', 'IsEnabled', 'IsSystem'],
  example: "Get-MsolRole -RoleName 'Company Administrator'",
  async run(_context, { ObjectId, RoleName }) {
    const named = ObjectId ?? RoleName;
    if (named !== undefined) checkRole(named);
    return [{ ObjectId: globalAdministrator.id, Name: globalAdministrator.msolName, Description: globalAdministrator.description, IsEnabled: true, IsSystem: true }];
  },
});
