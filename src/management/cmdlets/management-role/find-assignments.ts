import { hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import type { RoleAssignment } from '../../access/role-assignments.ts';
import { builtInAssignments, keptAssignment } from '../../access/role-assignments.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** The assignments of a name, pattern or GUID: those that are built in, and those that somebody made. */
export async function findAssignments(context: ExchangeContext, identity: string | undefined): Promise<readonly RoleAssignment[]> {
  const all = [...builtInAssignments, ...(await context.organization.configuration.list('ManagementRoleAssignment')).map(keptAssignment)].toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  if (identity === undefined) return all;
  const matches = wildCardMatcher(identity);
  const found = all.filter(({ name, guid }) => matches(name) || guid === identity.toLowerCase());
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

/** The one assignment that changes. @throws ManagementError where it is built in */
export async function theKeptAssignment(context: ExchangeContext, identity: string): Promise<RoleAssignment> {
  const found = await findAssignments(context, identity);
  const [only] = found;
  if (only === undefined) throw objectNotFound(context, identity);
  if (found.length > 1) throw new ManagementError('MANAGEMENT_OBJECT_AMBIGUOUS', `The operation couldn't be performed because '${identity.slice(0, 256)}' matches multiple entries.`, { remedy: 'Name one assignment.' });
  if (only.whenCreated !== undefined) return only;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The management role assignment "${only.name}" is built in and can't be changed.`, { remedy: 'Make a role group with the roles that are wanted (New-RoleGroup), and put people into that one.' });
}
