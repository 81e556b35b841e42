import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({ name: z.string(), text: z.string() });

function fileOf(stateDirectory: string): string {
  return join(stateDirectory, 'dns-txt.jsonl');
}

/** Publishes a TXT record in the DNS of the lab that runs from a folder, from another process than the lab's. */
export function publishLabText(stateDirectory: string, record: z.infer<typeof recordSchema>): void {
  appendFileSync(fileOf(stateDirectory), `${JSON.stringify(record)}\n`);
}

/** The TXT records of a name that were published from outside. */
export function readLabTexts(stateDirectory: string, name: string): string[] {
  const file = fileOf(stateDirectory);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => recordSchema.parse(JSON.parse(line)))
    .filter((record) => record.name.toLowerCase() === name.toLowerCase())
    .map(({ text }) => text);
}
