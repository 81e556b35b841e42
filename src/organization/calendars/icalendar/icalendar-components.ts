import { quoted, UnreadablePart } from './icalendar-refusal.ts';

/** A line after unfolding (RFC 5545 §3.1), with the number of the line that it begins on. */
export interface ContentLine {
  number: number;
  /** Upper case. */
  name: string;
  /** Parameters, with their leading semicolon; empty without any. */
  parameters: string;
  value: string;
}

export interface ICalendarComponent {
  /** Upper case. */
  name: string;
  line: number;
  properties: ContentLine[];
  components: ICalendarComponent[];
}

export interface ICalendarLimits {
  /** Default 10 MiB. */
  maxBytes?: number;
  /** All components of every kind. Default 50,000. */
  maxComponents?: number;
}

const deepest = 8;
const longestLine = 1024 * 1024;

/**
 * The VCALENDAR objects of a file, as a tree of components with their lines. Lines after the last object are passed over
 * as long as they are properties: some products add comments there.
 *
 * @throws UnreadablePart
 */
export function readComponents(input: Uint8Array | string, limits: ICalendarLimits): readonly ICalendarComponent[] {
  const maxComponents = limits.maxComponents ?? 50_000;
  const roots: ICalendarComponent[] = [];
  const open: ICalendarComponent[] = [];
  let components = 0;
  for (const line of contentLines(decode(input, limits.maxBytes ?? 10 * 1024 * 1024))) {
    const current = open.at(-1);
    const component = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN') {
      if (current === undefined && component !== 'VCALENDAR') throw new UnreadablePart(line.number, `${quoted(component)} begins outside a VCALENDAR`);
      if (open.length >= deepest) throw new UnreadablePart(line.number, `components are nested more than ${deepest} deep`);
      components += 1;
      if (components > maxComponents) throw new UnreadablePart(line.number, `the file has more than ${maxComponents} components`);
      const begun: ICalendarComponent = { name: component, line: line.number, properties: [], components: [] };
      (current?.components ?? roots).push(begun);
      open.push(begun);
    } else if (line.name === 'END') {
      if (current?.name !== component) throw new UnreadablePart(line.number, `END:${component} does not match ${current === undefined ? 'any BEGIN' : `BEGIN:${current.name} of line ${current.line}`}`);
      open.pop();
    } else if (current !== undefined) current.properties.push(line);
    else if (roots.length === 0) throw new UnreadablePart(line.number, 'the file does not begin with BEGIN:VCALENDAR');
  }
  const unfinished = open.at(-1);
  if (unfinished !== undefined) throw new UnreadablePart(unfinished.line, `${quoted(unfinished.name)} begins here and never ends`);
  if (roots.length === 0) throw new UnreadablePart(1, 'the file holds no calendar');
  return roots;
}

function decode(input: Uint8Array | string, maxBytes: number): string {
  if (input.length > maxBytes) throw new UnreadablePart(1, `the file is larger than ${maxBytes} bytes`);
  if (typeof input === 'string') return input.replace(/^\uFEFF/, '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(input);
  } catch {
    throw new UnreadablePart(1, 'the file is not encoded in UTF-8');
  }
}

function* contentLines(text: string): Generator<ContentLine> {
  const lines = text.split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const number = index + 1;
    let line = lines[index] ?? '';
    if (line.trim() === '') continue;
    const parts = [line];
    for (let next = lines[index + 1]; next !== undefined && (next.startsWith(' ') || next.startsWith('\t')); next = lines[index + 1]) {
      parts.push(next.slice(1));
      index += 1;
    }
    line = parts.join('');
    if (line.length > longestLine) throw new UnreadablePart(number, 'the line is too long');
    yield splitLine(line, number);
  }
}

/** The value begins at the first colon outside quotes. */
function splitLine(line: string, number: number): ContentLine {
  const name = /^[A-Za-z0-9_.-]+(?=[:;])/.exec(line)?.[0];
  if (name === undefined) throw new UnreadablePart(number, `${quoted(line)} is not a property with a value`);
  let inQuotes = false;
  for (let at = name.length; at < line.length; at++) {
    const character = line[at];
    if (character === '"') inQuotes = !inQuotes;
    else if (character === ':' && !inQuotes) return { number, name: name.toUpperCase(), parameters: line.slice(name.length, at), value: line.slice(at + 1) };
  }
  throw new UnreadablePart(number, inQuotes ? 'a quotation mark is never closed' : `${quoted(line)} has no value`);
}
