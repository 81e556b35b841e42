import { ManagementError } from '../../management-error.ts';
import { identityToChange, oneConfiguration, removeConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { assignmentsWith } from './management-scope-object.ts';

export const removeManagementScope = defineExchangeCmdlet({
  name: 'Remove-ManagementScope',
  synopsis: 'Removes a scope that no role assignment has.',
  parameters: { Identity: identityToChange },
  example: 'Remove-ManagementScope Branch -Confirm:$false',
  roles: ['Role Management'],
  async run(context, { Identity }) {
    const scope = await oneConfiguration(context, 'ManagementScope', Identity);
    const users = await assignmentsWith(context, scope.name);
    if (users.length > 0) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The management scope "${scope.name}" can't be removed because it's used by role assignments: ${users.join(', ')}.`, { remedy: 'Remove these assignments or give them another scope first.' });
    return removeConfiguration(context, 'ManagementScope', scope.guid);
  },
});
