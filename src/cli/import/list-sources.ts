import { opendirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { errorText } from '../../foundation/index.ts';

export type ImportSource =
  | { path: string; kind: 'message' | 'mbox' | 'calendar'; bytes: number; /** Names of the folders below the one that was named. */ folder: readonly string[] }
  | { path: string; kind: 'unknown'; reason: string };

const kinds: Readonly<Record<string, 'message' | 'mbox' | 'calendar'>> = { eml: 'message', mbox: 'mbox', mbx: 'mbox', ics: 'calendar' };
const deepest = 50;

/** The files that paths name, directories with all below them, in the order of their names. Links are not followed inside them. */
export async function* listSources(paths: readonly string[]): AsyncGenerator<ImportSource> {
  for (const path of paths) {
    let isDirectory: boolean;
    try {
      isDirectory = statSync(path).isDirectory();
    } catch (error) {
      yield { path, kind: 'unknown', reason: errorText(error) };
      continue;
    }
    if (isDirectory) yield* filesBelow(path, []);
    else yield await sourceOf(path, []);
  }
}

async function* filesBelow(directory: string, folder: readonly string[]): AsyncGenerator<ImportSource> {
  const entries: { name: string; isDirectory: boolean; isFile: boolean }[] = [];
  try {
    const handle = opendirSync(directory);
    for await (const entry of handle) entries.push({ name: entry.name, isDirectory: entry.isDirectory(), isFile: entry.isFile() });
  } catch (error) {
    yield { path: directory, kind: 'unknown', reason: errorText(error) };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name, isDirectory, isFile } of entries) {
    const path = join(directory, name);
    if (isFile) yield await sourceOf(path, folder);
    else if (isDirectory && folder.length < deepest) yield* filesBelow(path, [...folder, name]);
    else yield { path, kind: 'unknown', reason: isDirectory ? `it is nested more than ${deepest} deep` : 'it is no file' };
  }
}

/** By the name's ending; a file without a known one is a mailbox where it begins as one does. */
async function sourceOf(path: string, folder: readonly string[]): Promise<ImportSource> {
  const ending = /\.([a-z0-9]+)$/i.exec(basename(path))?.[1]?.toLowerCase();
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const known = ending === undefined ? undefined : kinds[ending];
      if (known !== undefined) return { path, kind: known, bytes: size, folder };
      const start = Buffer.alloc(5);
      const { bytesRead } = await file.read(start, 0, 5, 0);
      if (ending === undefined && bytesRead === 5 && start.toString('latin1') === 'From ') return { path, kind: 'mbox', bytes: size, folder };
      return { path, kind: 'unknown', reason: 'it is no .eml, .mbox or .ics file' };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { path, kind: 'unknown', reason: errorText(error) };
  }
}
