import { groupOutput } from './group-output.ts';
import { defineTenantCmdlet } from './tenant-context.ts';

export const newMsolGroup = defineTenantCmdlet({
  name: 'New-MsolGroup',
  synopsis: 'Makes a security group of the tenant.',
  parameters: { DisplayName: { type: 'string', mandatory: true, description: 'The name.' } },
  example: "New-MsolGroup -DisplayName 'Relay administrators'",
  async run({ directory, tenantId, change }, { DisplayName }) {
    const made = await change(DisplayName, () => directory.createGroup(tenantId, DisplayName));
    return made === undefined ? [] : [groupOutput(made)];
  },
});
