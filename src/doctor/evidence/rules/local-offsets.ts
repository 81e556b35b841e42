import type { CollectedFile } from '../evidence-collector.ts';

const quarter = 15 * 60_000;
/** Two logs of the same cmdlet do not write its start at the very same moment. */
const tolerance = 5000;
const fewestPairs = 2;

/**
 * By how many minutes the local times of each file are ahead of UTC: told by cmdlets whose start stands in the wizard's
 * log (local) and in its `.xhcw` (with an offset), or given, or not known and taken as UTC.
 */
export function findOffsets(files: readonly CollectedFile[], given: number | undefined): ReadonlyMap<CollectedFile, { minutes: number; because: string }> {
  const offsets = new Map<CollectedFile, { minutes: number; because: string }>();
  const exact = files.filter(({ cmdletStarts }) => cmdletStarts.some(({ isLocal }) => !isLocal));
  for (const file of files) {
    if (!file.hasLocalTimes) continue;
    const stem = stemOf(file.name);
    const partners = exact.toSorted((a, b) => Number(stemOf(b.name) === stem) - Number(stemOf(a.name) === stem));
    const found = partners.map((partner) => ({ partner, minutes: offsetAgainst(file, partner) })).find(({ minutes }) => minutes !== undefined);
    if (found?.minutes !== undefined) offsets.set(file, { minutes: found.minutes, because: `the same cmdlets stand in ${found.partner.name} with their offset` });
  }
  const [known] = offsets.values();
  for (const file of files) {
    if (!file.hasLocalTimes || offsets.has(file)) continue;
    if (given !== undefined) offsets.set(file, { minutes: given, because: 'it was given' });
    else if (known !== undefined) offsets.set(file, { minutes: known.minutes, because: 'the wizard’s log has it; nothing in this file tells' });
    else offsets.set(file, { minutes: 0, because: 'nothing in the evidence tells, so it was taken as UTC; --offset says otherwise' });
  }
  return offsets;
}

function stemOf(name: string): string {
  return name.replace(/\.[^./]*$/, '').toLowerCase();
}

function offsetAgainst(file: CollectedFile, partner: CollectedFile): number | undefined {
  const votes = new Map<number, number>();
  const later = Map.groupBy(partner.cmdletStarts.filter(({ isLocal }) => !isLocal), ({ cmdlet }) => cmdlet);
  const next = new Map<string, number>();
  for (const { cmdlet, at, isLocal } of file.cmdletStarts) {
    if (!isLocal) continue;
    const index = next.get(cmdlet) ?? 0;
    next.set(cmdlet, index + 1);
    const other = later.get(cmdlet)?.[index];
    if (other === undefined) continue;
    const difference = at - other.at;
    const rounded = Math.round(difference / quarter) * quarter;
    if (Math.abs(difference - rounded) <= tolerance && Math.abs(rounded) <= 14 * 3_600_000) votes.set(rounded, (votes.get(rounded) ?? 0) + 1);
  }
  const [best] = [...votes].toSorted((a, b) => b[1] - a[1]);
  return best === undefined || best[1] < fewestPairs ? undefined : best[0] / 60_000;
}
