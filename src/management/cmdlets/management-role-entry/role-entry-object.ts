import { hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import type { RoleEntry } from '../../access/role-entries.ts';
import { ManagementError } from '../../management-error.ts';
import { objectNotFound } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import type { Role } from '../management-role/role-object.ts';
import { entryText, findRoles, requireDelegation, snapIn, theCustomRole } from '../management-role/role-object.ts';

/** `-Identity` of one entry. */
export const entryIdentity = { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'Role, backslash, cmdlet: Mailbox Names\\Set-Mailbox.' } as const;

export interface FoundEntry {
  role: string;
  entry: RoleEntry;
}

/** `Role\Cmdlet` as its two halves. */
export function readEntryIdentity(identity: string): { role: string; cmdlet: string } {
  const slash = identity.lastIndexOf('\\');
  if (slash > 0 && slash < identity.length - 1) return { role: identity.slice(0, slash), cmdlet: identity.slice(slash + 1) };
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The format of the role entry "${identity.slice(0, 256)}" isn't valid. It must be "<management role>\\<role entry name>".`);
}

/** The entries that fit: `*` may stand in both halves. */
export async function findEntries(context: ExchangeContext, identity: string): Promise<FoundEntry[]> {
  const { role, cmdlet } = readEntryIdentity(identity);
  const matches = wildCardMatcher(cmdlet);
  const found = (await findRoles(context, role)).flatMap(({ name, entries }) => entries.filter(({ Name }) => matches(Name)).map((entry) => ({ role: name, entry })));
  if (found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  return found;
}

/** The custom role of an entry that is to change, and the entry where it is there. */
export async function theEntry(context: ExchangeContext, identity: string): Promise<{ role: Awaited<ReturnType<typeof theCustomRole>>; cmdlet: string; entry: RoleEntry | undefined }> {
  const { role: roleName, cmdlet } = readEntryIdentity(identity);
  const role = await theCustomRole(context, roleName);
  return { role, cmdlet, entry: role.entries.find(({ Name }) => Name.toLowerCase() === cmdlet.toLowerCase()) };
}

/** What the role's parent holds of a cmdlet: no role can hold more. @throws ManagementError */
export async function parentEntry(context: ExchangeContext, role: Role & { custom: NonNullable<Role['custom']> }, cmdlet: string): Promise<RoleEntry> {
  const [parent] = await findRoles(context, role.custom.parent);
  const entry = parent?.entries.find(({ Name }) => Name.toLowerCase() === cmdlet.toLowerCase());
  if (entry !== undefined) return entry;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The role entry "${cmdlet}" isn't available in the parent role "${role.custom.parent}".`, { remedy: `Get-ManagementRoleEntry "${role.custom.parent}\\*" lists what is.` });
}

/** Keeps the entries of a role, on record with what was before and after. */
export async function changeEntries(context: ExchangeContext, role: Role & { custom: NonNullable<Role['custom']> }, cmdlet: string, entries: readonly RoleEntry[]): Promise<readonly OutputObject[]> {
  requireDelegation(context, role.name, role.name);
  const about = (list: readonly RoleEntry[]): OutputObject => ({ RoleEntries: list.filter(({ Name }) => Name.toLowerCase() === cmdlet.toLowerCase()).map(entryText) });
  await context.change({
    target: `${role.name}\\${cmdlet}`,
    before: about(role.entries),
    apply: () => context.organization.configuration.update('ManagementRole', role.custom.guid, { RoleEntries: entries.toSorted((a, b) => a.Name.localeCompare(b.Name, 'en')) }),
    after: () => about(entries),
  });
  return [];
}

export function entryOutput({ role, entry }: FoundEntry): OutputObject {
  return { PSSnapinName: snapIn, Name: entry.Name, Role: role, Identity: `${role}\\${entry.Name}`, Parameters: [...entry.Parameters], Type: 'Cmdlet', IsValid: true, ObjectState: 'New' };
}
