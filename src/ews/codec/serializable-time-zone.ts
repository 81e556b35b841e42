import { fromSerializable, OrganizationError } from '../../organization/index.ts';
import type { DayOfWeek, SerializableTimeZone, SerializableTimeZoneTransition, TimeZone } from '../../organization/index.ts';
import type { XmlElement, XmlWriter } from '../../xml/index.ts';
import { EwsFault } from './ews-fault.ts';
import { readEnumeration, readInteger, readSequence, required } from './schema-reader.ts';

export const daysOfWeek = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const satisfies readonly DayOfWeek[];

/**
 * Reads a TimeZone element of the Availability service ([MS-OXWAVLS] SerializableTimeZone).
 *
 * @throws EwsFault `ErrorSchemaValidation`
 */
export function decodeSerializableTimeZone(element: XmlElement): SerializableTimeZone {
  const parts = readSequence(element, [{ name: 'Bias' }, { name: 'StandardTime' }, { name: 'DaylightTime' }]);
  return {
    bias: readInteger(required(element, parts['Bias'], 'Bias'), -1440, 1440),
    standardTime: decodeTransition(required(element, parts['StandardTime'], 'StandardTime')),
    daylightTime: decodeTransition(required(element, parts['DaylightTime'], 'DaylightTime')),
  };
}

function decodeTransition(element: XmlElement): SerializableTimeZoneTransition {
  const parts = readSequence(element, [{ name: 'Bias' }, { name: 'Time' }, { name: 'DayOrder' }, { name: 'Month' }, { name: 'DayOfWeek' }, { name: 'Year', optional: true }]);
  const year = parts['Year'];
  return {
    bias: readInteger(required(element, parts['Bias'], 'Bias'), -1440, 1440),
    time: required(element, parts['Time'], 'Time').text.trim(),
    dayOrder: readInteger(required(element, parts['DayOrder'], 'DayOrder')),
    month: readInteger(required(element, parts['Month'], 'Month')),
    dayOfWeek: readEnumeration(required(element, parts['DayOfWeek'], 'DayOfWeek'), daysOfWeek, 'DayOfWeekType'),
    // Year is a string in the schema, and .NET clients write it empty.
    ...(year === undefined || year.text.trim() === '' ? {} : { year: readInteger(year, 0, 9999) }),
  };
}

/** @throws EwsFault `ErrorTimeZone` when the rules make no sense */
export function zoneOf(serializable: SerializableTimeZone): TimeZone {
  return asZone(() => fromSerializable(serializable));
}

/** Turns the refusal of a zone into the published code. Its text is ours: no published one was found (*unverified*). */
export function asZone<Zone>(create: () => Zone): Zone {
  try {
    return create();
  } catch (cause) {
    if (!(cause instanceof OrganizationError)) throw cause;
    throw new EwsFault('ErrorTimeZone', `The specified time zone is not valid. ${cause.message}`, { cause });
  }
}

/** Writes the content of a SerializableTimeZone; `prefix` is that of the types namespace, with its colon, or empty. */
export function encodeSerializableTimeZone(writer: XmlWriter, zone: SerializableTimeZone, prefix: string): void {
  writer.element(`${prefix}Bias`, zone.bias);
  encodeTransition(writer, `${prefix}StandardTime`, zone.standardTime, prefix);
  encodeTransition(writer, `${prefix}DaylightTime`, zone.daylightTime, prefix);
}

function encodeTransition(writer: XmlWriter, name: string, transition: SerializableTimeZoneTransition, prefix: string): void {
  writer.open(name);
  writer.element(`${prefix}Bias`, transition.bias);
  writer.element(`${prefix}Time`, transition.time);
  writer.element(`${prefix}DayOrder`, transition.dayOrder);
  writer.element(`${prefix}Month`, transition.month);
  writer.element(`${prefix}DayOfWeek`, transition.dayOfWeek);
  writer.element(`${prefix}Year`, transition.year);
  writer.close();
}
