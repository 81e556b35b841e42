import { fromTimeZoneDefinition, storedTimeZone } from '../../organization/index.ts';
import type { TimeZone, TimeZoneDefinition, TimeZonePeriod, TimeZoneTransition } from '../../organization/index.ts';
import { findAttribute } from '../../xml/index.ts';
import type { SoapEnvelope, XmlElement } from '../../xml/index.ts';
import { parseDateTime } from './date-time.ts';
import { EwsFault } from './ews-fault.ts';
import { invalidValue, readEnumeration, readInteger, readList, readSequence, required } from './schema-reader.ts';
import { asZone, daysOfWeek } from './serializable-time-zone.ts';
import { singleHeader } from './server-version.ts';

/** Periods, groups and eras that one definition may have each. Windows' richest zones stay below a hundred. */
const maximumParts = 128;
/** Transitions in one group, that is in one year. Real zones have two; four where Ramadan interrupts daylight time. */
const maximumYearly = 8;

/**
 * The zone that the TimeZoneContext header names or spells out (TimeZoneDefinitionType, [MS-OXWSGTZ] §2.2.4), or
 * undefined without such a header. Where periods are given they decide, not the id.
 *
 * @throws EwsFault `ErrorSchemaValidation`, `ErrorTimeZone`, `ErrorDuplicateSOAPHeader`
 */
export function readTimeZoneContext(envelope: SoapEnvelope): TimeZone | undefined {
  const context = singleHeader(envelope, 'TimeZoneContext');
  if (context === undefined) return undefined;
  const element = required(context, readSequence(context, [{ name: 'TimeZoneDefinition' }])['TimeZoneDefinition'], 'TimeZoneDefinition');
  const definition = decodeTimeZoneDefinition(element);
  return asZone(() => fromTimeZoneDefinition(definition));
}

/** As `readTimeZoneContext`, in the form that calendar items keep. Throws as it does. */
export function readItemTimeZoneContext(envelope: SoapEnvelope): ReturnType<typeof storedTimeZone> | undefined {
  const context = singleHeader(envelope, 'TimeZoneContext');
  if (context === undefined) return undefined;
  const element = required(context, readSequence(context, [{ name: 'TimeZoneDefinition' }])['TimeZoneDefinition'], 'TimeZoneDefinition');
  return asStoredZone(decodeTimeZoneDefinition(element));
}

/**
 * A spelled-out or named zone as calendar items keep it.
 *
 * @throws EwsFault `ErrorTimeZone`
 */
export function asStoredZone(definition: TimeZoneDefinition): ReturnType<typeof storedTimeZone> {
  return asZone(() => storedTimeZone(definition));
}

/**
 * Reads a TimeZoneDefinitionType.
 *
 * @throws EwsFault `ErrorSchemaValidation`, `ErrorTimeZone`
 */
export function decodeTimeZoneDefinition(element: XmlElement): TimeZoneDefinition {
  const parts = readSequence(element, [
    { name: 'Periods', optional: true },
    { name: 'TransitionsGroups', optional: true },
    { name: 'Transitions', optional: true },
  ]);
  const id = findAttribute(element, 'Id');
  const name = findAttribute(element, 'Name');
  const groups = parts['TransitionsGroups'] === undefined ? [] : readList(parts['TransitionsGroups'], { name: 'TransitionsGroup' });
  const transitions = parts['Transitions']?.children ?? [];
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    periods: parts['Periods'] === undefined ? [] : bounded(readList(parts['Periods'], { name: 'Period' })).map(decodePeriod),
    groups: bounded(groups).map((group) => ({ id: findAttribute(group, 'Id') ?? '', transitions: bounded(group.children, maximumYearly).map(decodeYearlyTransition) })),
    transitions: bounded(transitions).map((transition) => {
      const members = readSequence(transition, [{ name: 'To' }, { name: 'DateTime', optional: true }]);
      const to = required(transition, members['To'], 'To').text.trim();
      if (members['DateTime'] === undefined) return { to };
      const dateTime = parseDateTime(members['DateTime'].text);
      if (dateTime === undefined) throw invalidValue(members['DateTime'], 'http://www.w3.org/2001/XMLSchema:dateTime');
      // A wall-clock time by the schema's meaning. The EWS Managed API writes it with an offset; its fields still mean the year.
      return { to, dateTime: dateTime.local };
    }),
  };
}

function bounded(list: readonly XmlElement[], maximum = maximumParts): readonly XmlElement[] {
  if (list.length > maximum) throw new EwsFault('ErrorTimeZone', `The specified time zone is not valid. It has more than ${maximum} of one kind of parts.`);
  return list;
}

function decodePeriod(element: XmlElement): TimeZonePeriod {
  const bias = parseDuration(findAttribute(element, 'Bias') ?? '');
  if (bias === undefined) throw new EwsFault('ErrorTimeZone', 'The specified time zone is not valid. The bias of a period is not a duration.');
  return { id: findAttribute(element, 'Id') ?? '', bias: bias / 60_000 };
}

function decodeYearlyTransition(element: XmlElement): TimeZoneTransition {
  const parts = readSequence(element, [
    { name: 'To' },
    // Absolute transitions inside a group carry only a date; what they lead to holds for the group's whole year.
    { name: 'DateTime', optional: true },
    { name: 'TimeOffset', optional: true },
    { name: 'Month', optional: true },
    { name: 'DayOfWeek', optional: true },
    { name: 'Occurrence', optional: true },
    { name: 'Day', optional: true },
  ]);
  const to = required(element, parts['To'], 'To').text.trim();
  if (element.local === 'Transition' || element.local === 'AbsoluteDateTransition') return { to };
  const offset = required(element, parts['TimeOffset'], 'TimeOffset');
  const timeOffset = parseDuration(offset.text.trim());
  if (timeOffset === undefined) throw invalidValue(offset, 'http://www.w3.org/2001/XMLSchema:duration');
  const month = readInteger(required(element, parts['Month'], 'Month'), 1, 12);
  if (element.local === 'RecurringDateTransition') {
    return { to, timeOffset, day: { month, dayOfMonth: readInteger(required(element, parts['Day'], 'Day'), 1, 31) } };
  }
  const dayOfWeek = readEnumeration(required(element, parts['DayOfWeek'], 'DayOfWeek'), daysOfWeek, 'DayOfWeekType');
  const order = readInteger(required(element, parts['Occurrence'], 'Occurrence'), -5, 5);
  if (order === 0) throw invalidValue(required(element, parts['Occurrence'], 'Occurrence'), 'http://www.w3.org/2001/XMLSchema:int');
  return { to, timeOffset, day: { month, dayOfWeek, order } };
}

const duration = /^(-)?P(?:(\d{1,4})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:\.\d{1,9})?S)?)?$/;

/** An xs:duration of days and less, in milliseconds; fractions of a second are dropped. */
export function parseDuration(text: string): number | undefined {
  const match = duration.exec(text);
  if (match === null || text.endsWith('P') || text.endsWith('T')) return undefined;
  const [days, hours, minutes, seconds] = [match[2], match[3], match[4], match[5]].map((part) => Number(part ?? 0)) as [number, number, number, number];
  const size = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return match[1] === '-' ? -size : size;
}
