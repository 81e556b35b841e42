import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { errorText } from '../foundation/index.ts';
import { readICalendar } from '../organization/index.ts';
import type { NewCalendarItem, Organization } from '../organization/index.ts';
import { LabError } from './lab-error.ts';

export interface CalendarImport {
  file: string;
  outcome: 'imported' | 'refused';
  /** Whose calendar the items went to. */
  address?: string;
  items: number;
  /** Start of the first imported item in time: where its busy time can be seen. */
  firstStart?: number;
  /** One line: why the file was refused, or what in it is no calendar item. */
  note?: string;
}

export interface ImportTarget {
  organization: Organization;
  address: string;
}

/**
 * Imports every `.ics` file of a folder, one file to one person in turn. A file goes in whole, in one transaction, or
 * not at all.
 *
 * @throws LabError `LAB_CALENDARS_UNREADABLE` when the folder cannot be listed or holds no `.ics` file
 */
export async function importCalendars(directory: string, targets: readonly ImportTarget[]): Promise<readonly CalendarImport[]> {
  const files = listCalendarFiles(directory);
  const results: CalendarImport[] = [];
  for (const [index, file] of files.entries()) {
    const target = targets[index % targets.length];
    if (target !== undefined) results.push(await importFile(join(directory, file), target));
  }
  return results;
}

function listCalendarFiles(directory: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(directory);
  } catch (error) {
    throw new LabError('LAB_CALENDARS_UNREADABLE', `The folder ${directory} cannot be read: ${errorText(error)}`, { cause: error, remedy: 'Name a folder with .ics files.' });
  }
  const files = names.filter((name) => name.toLowerCase().endsWith('.ics')).sort();
  if (files.length === 0) throw new LabError('LAB_CALENDARS_UNREADABLE', `The folder ${directory} holds no .ics files.`, { remedy: 'Name a folder with .ics files.' });
  return files;
}

async function importFile(path: string, target: ImportTarget): Promise<CalendarImport> {
  const file = basename(path);
  const recipient = await target.organization.directory.resolve(target.address);
  if (recipient === undefined) return { file, outcome: 'refused', items: 0, note: `there is no mailbox ${target.address}` };
  try {
    const reading = readICalendar(readFileSync(path), { timeZone: recipient.timeZone ?? 'UTC' });
    await target.organization.calendars.putAll(recipient.guid, reading.items);
    const first = earliest(reading.items);
    return {
      file,
      outcome: 'imported',
      address: target.address,
      items: reading.items.length,
      ...(first === undefined ? {} : { firstStart: first }),
    };
  } catch (error) {
    return { file, outcome: 'refused', items: 0, note: errorText(error).replaceAll('\n', ' ') };
  }
}

function earliest(items: readonly NewCalendarItem[]): number | undefined {
  let first: number | undefined;
  for (const item of items) if (first === undefined || item.start < first) first = item.start;
  return first;
}
