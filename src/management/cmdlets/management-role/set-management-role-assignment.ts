import type { Stored } from '../../../organization/index.ts';
import { keptAssignment } from '../../access/role-assignments.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { theKeptAssignment } from './find-assignments.ts';
import { roleAssignmentOutput } from './role-assignment-output.ts';
import { requireDelegation } from './role-object.ts';
import { requestedScope, scopeParameters } from './write-scope.ts';

export const setManagementRoleAssignment = defineExchangeCmdlet({
  name: 'Set-ManagementRoleAssignment',
  synopsis: 'Switches a role assignment on or off, or changes on whom it counts.',
  parameters: {
    Identity: identityToChange,
    Enabled: { type: 'boolean', description: 'Whether it counts.' },
    ...scopeParameters,
    CustomRecipientWriteScope: { ...scopeParameters.CustomRecipientWriteScope, nullable: true },
  },
  example: 'Set-ManagementRoleAssignment "Mail Recipients-Branch Recipients" -CustomRecipientWriteScope Branch',
  roles: ['Role Management'],
  async run(context, { Identity, Enabled, RecipientRelativeWriteScope, CustomRecipientWriteScope }) {
    const { name, guid, role } = await theKeptAssignment(context, Identity);
    requireDelegation(context, role, name);
    const scope = await requestedScope(context, CustomRecipientWriteScope === null ? { RecipientRelativeWriteScope: RecipientRelativeWriteScope ?? 'Organization' } : { RecipientRelativeWriteScope, CustomRecipientWriteScope });
    const former = await oneConfiguration(context, 'ManagementRoleAssignment', guid);
    return setConfiguration(context, 'ManagementRoleAssignment', former, { ...(Enabled === undefined ? {} : { Enabled }), ...scope }, { output: (stored: Stored<'ManagementRoleAssignment'>) => roleAssignmentOutput(keptAssignment(stored)) });
  },
});
