import ICAL from 'ical.js';
import type { ContentLine, ICalendarComponent } from './icalendar-components.ts';
import { quoted, UnreadablePart } from './icalendar-refusal.ts';

/**
 * Parameters of a property, names in lower case. `value` (VALUE=) is given in upper case.
 *
 * @throws UnreadablePart
 */
export function parametersOf(line: ContentLine): Readonly<Record<string, string>> {
  if (line.parameters === '') return {};
  // Without VALUE, and with a value that means nothing, ical.js decodes parameters only: it makes nonsense of bad dates.
  let value: string | undefined;
  const others = line.parameters.replace(/;VALUE="?([A-Za-z0-9-]+)"?(?=;|$)/i, (_, type: string) => {
    value = type.toUpperCase();
    return '';
  });
  const parameters = others === '' ? {} : decodeParameters(line, others);
  return value === undefined ? parameters : { ...parameters, value };
}

function decodeParameters(line: ContentLine, text: string): Record<string, string> {
  const malformed = new UnreadablePart(line.number, `the parameters of ${line.name} are malformed: ${quoted(text)}`);
  let parsed: unknown;
  try {
    parsed = ICAL.parse.property(`X-NONE${text}:none`);
  } catch {
    throw malformed;
  }
  const decoded: unknown = Array.isArray(parsed) ? parsed[1] : undefined;
  if (typeof decoded !== 'object' || decoded === null) throw malformed;
  const parameters: Record<string, string> = {};
  for (const [name, value] of Object.entries(decoded as Record<string, unknown>)) {
    if (!/^[a-z0-9_.-]+$/.test(name)) throw malformed;
    parameters[name] = Array.isArray(value) ? value.join(',') : String(value);
  }
  return parameters;
}

/** The one property of that name, or undefined. @throws UnreadablePart when there are several */
export function onlyProperty(component: ICalendarComponent, name: string): ContentLine | undefined {
  const [first, second] = propertiesOf(component, name);
  if (second !== undefined) throw new UnreadablePart(second.number, `${component.name} has a second ${name}`);
  return first;
}

export function propertiesOf(component: ICalendarComponent, name: string): readonly ContentLine[] {
  return component.properties.filter((property) => property.name === name);
}

/** The text of a property (RFC 5545 §3.3.11) without control characters, which no answer could carry; empty without one. */
export function textOf(component: ICalendarComponent, name: string): string {
  const line = component.properties.find((property) => property.name === name);
  if (line === undefined) return '';
  let parsed: unknown;
  try {
    parsed = ICAL.parse.property(`SUMMARY:${line.value}`);
  } catch {
    throw new UnreadablePart(line.number, `${name} is not text`);
  }
  const text: unknown = Array.isArray(parsed) ? parsed[3] : '';
  return String(text)
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim();
}

/** The value of a property whose values are words, in upper case; empty without one. */
export function wordOf(component: ICalendarComponent, name: string): string {
  return (component.properties.find((property) => property.name === name)?.value ?? '').trim().toUpperCase();
}
