import type { FileSink } from '../evidence-collector.ts';
import { tenantsIn } from '../text/tenants-in.ts';

const mostDepth = 4;

/** What `Export-Clixml` wrote. @throws ManagementError, XmlError */
export async function readClixmlEvidence(bytes: Buffer, text: string, sink: FileSink): Promise<void> {
  // Loaded where it is needed: the cmdlets with all that they work on take 40 MB.
  const { readClixmlObjects } = await import('../../../management/index.ts');
  const finder = createLineFinder(text);
  for (const [index, properties] of readClixmlObjects(bytes).entries()) {
    noticeTenants(properties, sink);
    sink.object(properties, (name) => finder(`N="${name}"`, index));
  }
}

/** What `ConvertTo-Json` wrote: objects, at the top or in lists. @throws SyntaxError */
export function readJsonEvidence(text: string, sink: FileSink): void {
  const finder = createLineFinder(text);
  let count = 0;
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null || depth > mostDepth) return;
    const index = count++;
    const properties: Record<string, unknown> = { ...value };
    noticeTenants(properties, sink);
    sink.object(properties, (name) => finder(`"${name}"`, index));
    for (const part of Object.values(properties)) if (Array.isArray(part)) visit(part, depth + 1);
    recognizeTexts(properties, (name) => finder(`"${name}"`, index), sink);
  };
  visit(JSON.parse(text), 0);
}

function recognizeTexts(properties: Readonly<Record<string, unknown>>, lineOf: (name: string) => number, sink: FileSink): void {
  for (const [name, value] of Object.entries(properties)) if (typeof value === 'string' && value.length > 15) sink.recognize({ line: lineOf(name), text: `${name}: ${value}` });
}

function noticeTenants(properties: Readonly<Record<string, unknown>>, sink: FileSink): void {
  const text = Object.values(properties)
    .filter((value) => typeof value === 'string' || Array.isArray(value))
    .join(' ');
  for (const tenant of tenantsIn(text)) sink.tenant(tenant, 0);
}

/** Finds the line of the n-th occurrence of a text, or of the last one before it. */
function createLineFinder(text: string): (needle: string, occurrence: number) => number {
  const found = new Map<string, number[]>();
  return (needle, occurrence) => {
    let places = found.get(needle);
    if (places === undefined) {
      places = [];
      let line = 1;
      let from = 0;
      for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
        for (let mark = text.indexOf('\n', from); mark !== -1 && mark < at; mark = text.indexOf('\n', from)) {
          line++;
          from = mark + 1;
        }
        places.push(line);
      }
      found.set(needle, places);
    }
    return places[Math.min(occurrence, places.length - 1)] ?? 0;
  };
}
