import { compareValues, foldText } from './match-restriction.ts';
import type { PropertyValue } from './property.ts';
import type { GroupBy } from './restriction.ts';

/** A value as views sort and group by it: of people the name, or else the address; of a list the first. */
export function groupValue(value: PropertyValue | undefined): PropertyValue | undefined {
  if (typeof value !== 'object' || value instanceof Uint8Array) return value;
  const person = (Array.isArray(value) ? value[0] : value) as { name?: string; address?: string } | string | undefined;
  return typeof person === 'object' ? (person.name ?? person.address) : person;
}

/** What is absent comes before all else. */
export function compareMissing(a: PropertyValue | undefined, b: PropertyValue | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  return compareValues(a, b) ?? 0;
}

interface Grouped {
  group: PropertyValue | undefined;
  aggregated: PropertyValue | undefined;
}

/** Orders entries by their groups; those of one group are equal. */
export function groupOrder({ direction, aggregate }: GroupBy, entries: readonly Grouped[]): (a: Grouped, b: Grouped) => number {
  const groups = new Map<string, PropertyValue | undefined>();
  for (const { group, aggregated } of entries) {
    const name = nameOf(group);
    const order = groups.has(name) ? compareMissing(aggregated, groups.get(name)) : 0;
    if (!groups.has(name) || (aggregate === 'Minimum' ? order < 0 : order > 0)) groups.set(name, aggregated);
  }
  return (a, b) => {
    const [first, second] = [nameOf(a.group), nameOf(b.group)];
    if (first === second) return 0;
    const order = compareMissing(groups.get(first), groups.get(second)) || (first < second ? -1 : 1);
    return direction === 'Ascending' ? order : -order;
  };
}

function nameOf(value: PropertyValue | undefined): string {
  if (value === undefined) return '';
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('base64')}`;
  return `${typeof value} ${foldText(typeof value === 'object' ? JSON.stringify(value) : String(value))}`;
}
