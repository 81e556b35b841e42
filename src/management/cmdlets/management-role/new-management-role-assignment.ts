import type { ManagementRoleAssignment, Stored } from '../../../organization/index.ts';
import { keptAssignment } from '../../access/role-assignments.ts';
import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes } from '../recipients/recipient-cmdlets.ts';
import { theRoleGroup } from '../role-group/role-group-object.ts';
import { roleAssignmentOutput } from './role-assignment-output.ts';
import { requireDelegation, theRole } from './role-object.ts';
import { requestedScope, scopeParameters } from './write-scope.ts';

export const newManagementRoleAssignment = defineExchangeCmdlet({
  name: 'New-ManagementRoleAssignment',
  synopsis: 'Gives a role to a person, a role group, or the account of a partner application, on all recipients or some.',
  parameters: {
    Name: { type: 'string', position: 0, description: 'Name of the object. Default: role and assignee, joined with a hyphen.' },
    Role: { type: 'string', mandatory: true, description: 'The role, for example Mail Recipients or UserApplication.' },
    User: { type: 'string', description: 'The person; or the account that LinkedAccount of a partner application names.' },
    SecurityGroup: { type: 'string', description: 'The role group.' },
    ...scopeParameters,
  },
  example: 'New-ManagementRoleAssignment -Role UserApplication -User "Exchange Online-ApplicationAccount"',
  roles: ['Role Management'],
  async run(context, { Name, Role, User, SecurityGroup, RecipientRelativeWriteScope, CustomRecipientWriteScope }) {
    if ((User === undefined) === (SecurityGroup === undefined)) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give the assignee with User or with SecurityGroup.' });
    const role = await theRole(context, Role);
    const assignee = User === undefined ? await groupAssignee(context, SecurityGroup ?? '') : await userAssignee(context, User);
    const name = Name ?? `${role.name}-${assignee.RoleAssigneeName}`;
    requireDelegation(context, role.name, name);
    const scope = await requestedScope(context, { RecipientRelativeWriteScope, CustomRecipientWriteScope });
    return newConfiguration(context, 'ManagementRoleAssignment', name, { Role: role.name, ...assignee, ...scope }, (stored: Stored<'ManagementRoleAssignment'>) => roleAssignmentOutput(keptAssignment(stored)));
  },
});

type Assignee = Pick<ManagementRoleAssignment, 'RoleAssignee' | 'RoleAssigneeName' | 'RoleAssigneeType' | 'RoleAssigneeGuid'>;

async function groupAssignee(context: ExchangeContext, identity: string): Promise<Assignee> {
  const { name } = await theRoleGroup(context, identity);
  return { RoleAssignee: name, RoleAssigneeName: name, RoleAssigneeType: 'RoleGroup' };
}

/** Somebody of the directory; else an application's account, which is known by its name alone. */
async function userAssignee({ organization }: ExchangeContext, user: string): Promise<Assignee> {
  const found = await organization.directory.find(user, accountTypes);
  if (found.length > 1) throw new ManagementError('MANAGEMENT_OBJECT_AMBIGUOUS', `The operation couldn't be performed because '${user.slice(0, 256)}' matches multiple entries.`, { remedy: 'Name the person by their GUID.' });
  const [person] = found;
  if (person === undefined) return { RoleAssignee: user, RoleAssigneeName: user.slice(user.lastIndexOf('/') + 1), RoleAssigneeType: 'User' };
  return { RoleAssignee: person.displayName, RoleAssigneeName: person.displayName, RoleAssigneeType: 'User', RoleAssigneeGuid: person.guid };
}
