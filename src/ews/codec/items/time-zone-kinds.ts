import { createTimeZone, timeZoneOfItem, toSerializable } from '../../../organization/index.ts';
import type { DayOfWeek, SerializableTimeZoneTransition, TimeZone, TimeZoneDefinition, TimeZoneObservance, TimeZoneTransition } from '../../../organization/index.ts';
import { findAttribute } from '../../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../../xml/index.ts';
import { asStoredZone, decodeTimeZoneDefinition, parseDuration } from '../time-zone-context.ts';
import { formatDuration, writeTimeZoneDefinition } from '../encode-server-time-zones.ts';
import { invalidValue, readEnumeration, readSequence, required } from '../schema-reader.ts';
import { daysOfWeek } from '../serializable-time-zone.ts';
import type { PropertyKind } from './property-kind.ts';

/** A zone as calendar items keep it: an id, and the rules of one that has no known id. */
export interface ItemTimeZone {
  timeZone: string;
  timeZoneRules?: readonly TimeZoneObservance[];
}

/** The zone itself. */
export function zoneOfItem(zone: ItemTimeZone): TimeZone {
  return timeZoneOfItem(zone);
}

/** TimeZoneDefinitionType. Written with the rules of the present year; *unverified* which years Exchange writes. */
export const timeZoneDefinitionKind: PropertyKind<ItemTimeZone> = {
  type: 't:TimeZoneDefinitionType',
  read: (element) => asStoredZone(decodeTimeZoneDefinition(element)),
  write(writer, name, value) {
    const zone = zoneOfItem(value);
    writeTimeZoneDefinition(writer, name, value.timeZoneRules === undefined ? zone.id : value.timeZone, { zone, full: true, at: Date.UTC(2026, 0, 1) });
  },
};

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'] as const;
const indexes = ['First', 'Second', 'Third', 'Fourth', 'Last'] as const;

/** TimeZoneType, with which Exchange 2007 clients name the zone of a meeting. A known name decides; else the rules. */
export const meetingTimeZoneKind: PropertyKind<ItemTimeZone> = {
  type: 't:TimeZoneType',
  read(element) {
    const name = findAttribute(element, 'TimeZoneName');
    const parts = readSequence(element, [{ name: 'BaseOffset', optional: true }, { name: 'Standard', optional: true }, { name: 'Daylight', optional: true }]);
    const known = name === undefined ? undefined : knownZone(name);
    if (known !== undefined) return { timeZone: known };
    if (parts['BaseOffset'] === undefined) return asStoredZone({ id: name ?? '', periods: [], groups: [], transitions: [] });
    return asStoredZone(definitionOf(name, duration(parts['BaseOffset']) / 60_000, parts['Standard'], parts['Daylight']));
  },
  write(writer, name, value) {
    const zone = zoneOfItem(value);
    const rules = toSerializable(zone, Date.UTC(2026, 0, 1));
    writer.open(name, { TimeZoneName: value.timeZone });
    writer.element('t:BaseOffset', formatDuration(rules.bias));
    if (rules.standardTime.month !== 0 && rules.daylightTime.month !== 0) {
      writeChange(writer, 't:Standard', rules.standardTime);
      writeChange(writer, 't:Daylight', rules.daylightTime);
    }
    writer.close();
  },
};

function knownZone(name: string): string | undefined {
  try {
    return createTimeZone(name).id;
  } catch {
    return undefined;
  }
}

function definitionOf(name: string | undefined, bias: number, standard: XmlElement | undefined, daylight: XmlElement | undefined): TimeZoneDefinition {
  const id = name === undefined ? {} : { id: name, name };
  if (standard === undefined || daylight === undefined) return { ...id, periods: [{ id: 'Standard', bias }], groups: [], transitions: [{ to: 'Standard' }] };
  const [first, second] = [readChange(standard, 'Standard'), readChange(daylight, 'Daylight')];
  return {
    ...id,
    periods: [
      { id: 'Standard', bias: bias + first.bias },
      { id: 'Daylight', bias: bias + second.bias },
    ],
    groups: [{ id: '0', transitions: [first.transition, second.transition] }],
    transitions: [{ to: '0' }],
  };
}

function readChange(element: XmlElement, to: string): { bias: number; transition: TimeZoneTransition } {
  const parts = readSequence(element, [{ name: 'Offset' }, { name: 'RelativeYearlyRecurrence', optional: true }, { name: 'AbsoluteDate', optional: true }, { name: 'Time' }]);
  const bias = duration(required(element, parts['Offset'], 'Offset')) / 60_000;
  const time = required(element, parts['Time'], 'Time');
  const clock = /^(\d\d):(\d\d):(\d\d)/.exec(time.text.trim());
  if (clock === null) throw invalidValue(time, 'http://www.w3.org/2001/XMLSchema:time');
  const timeOffset = ((Number(clock[1]) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000;
  const yearly = parts['RelativeYearlyRecurrence'];
  if (yearly === undefined) return { bias, transition: { to } };
  const day = readSequence(yearly, [{ name: 'DaysOfWeek' }, { name: 'DayOfWeekIndex' }, { name: 'Month' }]);
  const dayOfWeek: DayOfWeek = readEnumeration(required(yearly, day['DaysOfWeek'], 'DaysOfWeek'), daysOfWeek, 'DayOfWeekType');
  const index = indexes.indexOf(readEnumeration(required(yearly, day['DayOfWeekIndex'], 'DayOfWeekIndex'), indexes, 'DayOfWeekIndexType'));
  const month = months.indexOf(readEnumeration(required(yearly, day['Month'], 'Month'), months, 'MonthNamesType')) + 1;
  return { bias, transition: { to, timeOffset, day: { month, dayOfWeek, order: index === 4 ? -1 : index + 1 } } };
}

function duration(element: XmlElement): number {
  const value = parseDuration(element.text.trim());
  if (value === undefined) throw invalidValue(element, 'http://www.w3.org/2001/XMLSchema:duration');
  return value;
}

function writeChange(writer: XmlWriter, name: string, transition: SerializableTimeZoneTransition): void {
  writer.open(name);
  writer.element('t:Offset', formatDuration(transition.bias));
  writer.open('t:RelativeYearlyRecurrence');
  writer.element('t:DaysOfWeek', transition.dayOfWeek);
  writer.element('t:DayOfWeekIndex', indexes[Math.max(0, Math.min(4, transition.dayOrder - 1))]);
  writer.element('t:Month', months[transition.month - 1]);
  writer.close();
  writer.element('t:Time', transition.time);
  writer.close();
}
