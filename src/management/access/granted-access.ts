import type { Configuration, Recipient, Stored } from '../../organization/index.ts';
import type { Cmdlet } from '../cmdlets/define-cmdlet.ts';
import type { Caller } from '../cmdlets/exchange-context.ts';
import { distributionGroupOutput } from '../cmdlets/distribution-group/distribution-group-object.ts';
import { readRecipientFilter } from '../cmdlets/recipients/recipient-filter.ts';
import { recipientOutput } from '../cmdlets/recipients/recipient-output.ts';
import type { RoleAssignment } from './role-assignments.ts';
import { builtInAssignments, keptAssignment } from './role-assignments.ts';
import type { AnyCmdlet, RoleEntry } from './role-entries.ts';
import { entriesOfRole } from './role-entries.ts';

/** What write scopes are about. */
export type ScopedObject = Recipient | Stored<'DistributionGroup'>;

/** One cmdlet by one assignment: with these parameters, on recipients in this scope. */
interface Grant {
  parameters: readonly string[];
  inScope: (object: ScopedObject) => boolean;
}

/** What a caller may do, as role groups, roles, assignments and scopes are at this moment. */
export interface GrantedAccess {
  /** True when no assignment counts for the caller. */
  readonly isEmpty: boolean;
  /** Names of the parameters that the caller may use with a cmdlet; undefined where the caller may not run it. */
  parametersOf(cmdlet: string): ReadonlySet<string> | undefined;
  /** Whether the caller may change a recipient or group with a cmdlet and these of its parameters. */
  mayWrite(cmdlet: string, parameters: readonly string[], object: ScopedObject): boolean;
}

/** Works out what a caller may do from the assignments to them and to their role groups. */
export async function grantedAccess(configuration: Configuration, cmdlets: readonly AnyCmdlet[], caller: Caller): Promise<GrantedAccess> {
  const assignments = [...builtInAssignments, ...(await configuration.list('ManagementRoleAssignment')).map(keptAssignment)].filter((assignment) => assignment.enabled && isFor(caller, assignment));
  const roles = await configuration.list('ManagementRole');
  const scopes = await configuration.list('ManagementScope');
  const grants = new Map<string, Grant[]>();
  for (const assignment of assignments) {
    const inScope = scopeOf(assignment, scopes, caller);
    for (const { Name, Parameters } of entriesOfRole(assignment.role, roles, cmdlets)) {
      const key = Name.toLowerCase();
      grants.set(key, [...(grants.get(key) ?? []), { parameters: Parameters, inScope }]);
    }
  }
  return {
    isEmpty: assignments.length === 0,
    parametersOf(cmdlet) {
      const found = grants.get(cmdlet.toLowerCase());
      return found === undefined ? undefined : new Set(found.flatMap(({ parameters }) => parameters));
    },
    mayWrite(cmdlet, parameters, object) {
      const found = (grants.get(cmdlet.toLowerCase()) ?? []).filter(({ inScope }) => inScope(object));
      // Every parameter must come from an assignment whose scope holds the object.
      return found.length > 0 && parameters.every((name) => found.some((grant) => grant.parameters.includes(name)));
    },
  };
}

function isFor(caller: Caller, { assigneeType, assigneeName, assigneeGuid }: RoleAssignment): boolean {
  if (assigneeType === 'RoleGroup') return caller.roleGroups.some((group) => group.toLowerCase() === assigneeName.toLowerCase());
  return assigneeType === 'User' && assigneeGuid !== undefined && assigneeGuid === caller.guid;
}

function scopeOf({ writeScope, customScope }: RoleAssignment, scopes: readonly Stored<'ManagementScope'>[], caller: Caller): Grant['inScope'] {
  if (writeScope === 'Organization') return () => true;
  if (writeScope === 'Self') return (object) => object.guid === caller.guid;
  const filter = writeScope === 'CustomRecipientScope' ? scopes.find(({ name }) => name.toLowerCase() === customScope?.toLowerCase())?.properties.RecipientFilter : undefined;
  // A scope that is gone holds nobody.
  if (filter === undefined) return () => false;
  const fits = readRecipientFilter(filter);
  return (object) => fits('kind' in object ? distributionGroupOutput(object) : recipientOutput(object));
}

/** The cmdlets of a place that a caller may run, each with the parameters that they may use. */
export function grantedEntries<Context>(access: GrantedAccess, cmdlets: readonly Cmdlet<Context>[]): RoleEntry[] {
  return cmdlets.flatMap(({ name }) => {
    const parameters = access.parametersOf(name);
    return parameters === undefined ? [] : [{ Name: name, Parameters: [...parameters] }];
  });
}
