import type { RoleEntry } from '../../access/role-entries.ts';
import { ManagementError } from '../../management-error.ts';

/** Some of an entry's parameters, in their published spelling. @throws ManagementError */
export function chosenParameters(entry: RoleEntry, names: readonly string[]): string[] {
  return names.map((name) => {
    const own = entry.Parameters.find((parameter) => parameter.toLowerCase() === name.toLowerCase());
    if (own !== undefined) return own;
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The parameter "${name.slice(0, 100)}" isn't available on the role entry "${entry.Name}".`, { facts: { available: entry.Parameters } });
  });
}
