import type { CollectedFile } from '../evidence-collector.ts';
import { offsetText } from '../text/offset-text.ts';

const quarter = 15 * 60_000;
/** Two logs of the same cmdlet do not write its start at the very same moment. */
const tolerance = 5000;
const fewestPairs = 2;

/** What local times are taken for, where nothing in the evidence tells: an offset, or the clocks of a place. */
export type LocalClock = { minutes: number } | { zone: string; toInstant(local: number): number };

/** How one file's local times are read. */
export interface LocalOffset {
  /** Minutes ahead of UTC; of a zone those at the file's first time. */
  minutes: number;
  because: string;
  toInstant(local: number): number;
}

/**
 * By how many minutes the local times of each file are ahead of UTC: told by cmdlets whose start stands in the wizard's
 * log (local) and in its `.xhcw` (with an offset), or given, or not known and taken as UTC.
 */
export function findOffsets(files: readonly CollectedFile[], given: LocalClock | undefined): ReadonlyMap<CollectedFile, LocalOffset> {
  const offsets = new Map<CollectedFile, LocalOffset>();
  const exact = files.filter(({ cmdletStarts }) => cmdletStarts.some(({ isLocal }) => !isLocal));
  for (const file of files) {
    if (!file.hasLocalTimes) continue;
    const stem = stemOf(file.name);
    const partners = exact.toSorted((a, b) => Number(stemOf(b.name) === stem) - Number(stemOf(a.name) === stem));
    const found = partners.map((partner) => ({ partner, minutes: offsetAgainst(file, partner) })).find(({ minutes }) => minutes !== undefined);
    if (found?.minutes !== undefined) offsets.set(file, fixed(found.minutes, `the same cmdlets stand in ${found.partner.name} with their offset`));
  }
  const [known] = offsets.values();
  for (const file of files) {
    if (!file.hasLocalTimes || offsets.has(file)) continue;
    if (given !== undefined) offsets.set(file, 'zone' in given ? zoned(given, file) : fixed(given.minutes, 'it was given'));
    else if (known !== undefined) offsets.set(file, fixed(known.minutes, 'the wizard’s log has it; nothing in this file tells'));
    else offsets.set(file, fixed(0, 'nothing in the evidence tells, so it was taken as UTC; --time-zone or --offset says otherwise'));
  }
  return offsets;
}

function fixed(minutes: number, because: string): LocalOffset {
  return { minutes, because, toInstant: (local) => local - minutes * 60_000 };
}

function zoned({ zone, toInstant }: Extract<LocalClock, { zone: string }>, { from = 0, to = from }: CollectedFile): LocalOffset {
  const minutesAt = (local: number): number => Math.round((local - toInstant(local)) / 60_000);
  const [first, last] = [minutesAt(from), minutesAt(to)];
  return { minutes: first, because: `${zone} was given${first === last ? '' : `; its clocks change within the file, to ${offsetText(last)}`}`, toInstant };
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
