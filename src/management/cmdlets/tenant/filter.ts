import { ManagementError } from '../../management-error.ts';

/**
 * Reads `-Filter` as far as it is used with directories: one comparison, `appId eq '…'` or `startswith(displayName,'…')`
 * (OData 4.0, part 2, §5.1.1). Names are compared without case, as are the values.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for every other filter
 */
export function readFilter(filter: string | undefined): (row: Readonly<Record<string, unknown>>) => boolean {
  if (filter === undefined) return () => true;
  const [, equalName, equalValue] = /^\s*(\w+)\s+eq\s+['"]?([^'"]*)['"]?\s*$/i.exec(filter) ?? [];
  const [, startName, startValue] = /^\s*startswith\(\s*(\w+)\s*,\s*'([^']*)'\s*\)\s*$/i.exec(filter) ?? [];
  const name = equalName ?? startName;
  const value = (equalValue ?? startValue ?? '').toLowerCase();
  if (name === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Invalid filter clause.', { facts: { filter }, remedy: "Write one comparison: appId eq '…', or startswith(displayName,'…')." });
  return (row) => {
    const entry = Object.entries(row).find(([key]) => key.toLowerCase() === name.toLowerCase());
    if (entry === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', `Could not find a property named '${name}'.`);
    const values = (Array.isArray(entry[1]) ? (entry[1] as unknown[]) : [entry[1]]).map((one) => (typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? String(one) : '').toLowerCase());
    return values.some((one) => (equalName === undefined ? one.startsWith(value) : one === value));
  };
}
