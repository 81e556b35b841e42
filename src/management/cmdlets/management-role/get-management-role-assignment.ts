import type { Recipient } from '../../../organization/index.ts';
import { hasWildCard } from '../../../organization/index.ts';
import type { RoleAssignment } from '../../access/role-assignments.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { identityToGet } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes } from '../recipients/recipient-cmdlets.ts';
import { findAssignments } from './find-assignments.ts';
import { roleAssignmentOutput } from './role-assignment-output.ts';

export const getManagementRoleAssignment = defineExchangeCmdlet({
  name: 'Get-ManagementRoleAssignment',
  synopsis: 'Shows which roles people, role groups and the accounts of applications have, and on whom.',
  parameters: {
    Identity: identityToGet,
    Role: { type: 'string', description: 'Only assignments of this role.' },
    RoleAssignee: { type: 'string', description: 'Only assignments to this account or role group; a person has those of their role groups, too.' },
    RoleAssigneeType: { type: ['User', 'SecurityGroup', 'RoleGroup'], description: 'Only assignments to this kind of assignee.' },
    AssignmentMethod: { type: 'string', many: true, description: 'Direct, RoleGroup: how the assignee has it.' },
    Enabled: { type: 'boolean', description: 'Only those that are switched on, or off.' },
    RecipientWriteScope: { type: ['Organization', 'Self', 'None', 'CustomRecipientScope'], description: 'Only those with this scope.' },
    CustomRecipientWriteScope: { type: 'string', description: 'Only those that are narrowed to this management scope.' },
    GetEffectiveUsers: { type: 'switch', description: 'One line for every member of a role group.' },
  },
  outputs: ['RoleAssignee', 'Role', 'RoleAssigneeType', 'RoleAssigneeName', 'AssignmentMethod', 'EffectiveUserName', 'RoleAssignmentDelegationType', 'CustomRecipientWriteScope', 'CustomConfigWriteScope', 'RecipientReadScope', 'ConfigReadScope', 'RecipientWriteScope', 'ConfigWriteScope', 'Enabled', 'Name', 'Identity', 'Guid'],
  example: 'Get-ManagementRoleAssignment -RoleAssignee "Exchange Online-ApplicationAccount" | Format-Table Name,Role -AutoSize',
  roles: ['Role Management', 'View-Only Configuration'],
  async run(context, { Identity, Role, RoleAssignee, RoleAssigneeType, AssignmentMethod, Enabled, RecipientWriteScope, CustomRecipientWriteScope, GetEffectiveUsers }) {
    const same = (value: string | undefined, wanted: string | undefined): boolean => wanted === undefined || value?.toLowerCase() === wanted.toLowerCase();
    const methods = AssignmentMethod === undefined ? undefined : valuesOf(AssignmentMethod);
    const chosen = (await findAssignments(context, Identity)).filter(
      (one) =>
        same(one.role, Role) &&
        same(one.assigneeType, RoleAssigneeType) &&
        same(one.writeScope, RecipientWriteScope) &&
        same(one.customScope, CustomRecipientWriteScope) &&
        (Enabled === undefined || one.enabled === Enabled),
    );
    const rows = RoleAssignee !== undefined ? await rowsOfAssignee(context, chosen, RoleAssignee) : GetEffectiveUsers === true ? await rowsOfEveryone(context, chosen) : chosen.map((one) => roleAssignmentOutput(one));
    return rows.filter((row) => methods === undefined || methods.some((method) => same(String(row['AssignmentMethod']), method)));
  },
});

/** What an account has directly, a role group's own, and a person's through role groups. */
async function rowsOfAssignee({ organization }: ExchangeContext, assignments: readonly RoleAssignment[], assignee: string): Promise<OutputObject[]> {
  const name = assignee.slice(assignee.lastIndexOf('/') + 1).toLowerCase();
  const person = hasWildCard(assignee) ? undefined : (await organization.directory.find(assignee, accountTypes))[0];
  const direct = assignments.filter(({ assigneeName, assigneeGuid }) => (person === undefined ? assigneeName.toLowerCase() === name : assigneeGuid === person.guid));
  if (person === undefined) return direct.map((one) => roleAssignmentOutput(one));
  const groups = new Set((await organization.directory.roleGroups(person.guid)).map((group) => group.toLowerCase()));
  const through = assignments.filter(({ assigneeType, assigneeName }) => assigneeType === 'RoleGroup' && groups.has(assigneeName.toLowerCase()));
  return [...direct.map((one) => roleAssignmentOutput(one)), ...through.map((one) => roleAssignmentOutput(one, person.displayName))];
}

async function rowsOfEveryone({ organization }: ExchangeContext, assignments: readonly RoleAssignment[]): Promise<OutputObject[]> {
  const members = new Map<string, readonly Recipient[]>();
  const rows: OutputObject[] = [];
  for (const one of assignments) {
    if (one.assigneeType !== 'RoleGroup') rows.push(roleAssignmentOutput(one));
    else {
      const people = members.get(one.assigneeName) ?? (await organization.directory.roleGroupMembers(one.assigneeName));
      members.set(one.assigneeName, people);
      rows.push(...people.map((person) => roleAssignmentOutput(one, person.displayName)));
    }
  }
  return rows;
}
