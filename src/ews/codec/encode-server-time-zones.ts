import { createTimeZone, toSerializable } from '../../organization/index.ts';
import type { Instant, SerializableTimeZone, SerializableTimeZoneTransition, TimeZone } from '../../organization/index.ts';
import { soapContentType, writeSoapEnvelope } from '../../xml/index.ts';
import type { SoapVersion, XmlWriter } from '../../xml/index.ts';
import { messagesNamespace, typesNamespace } from './namespaces.ts';
import type { ServerVersion } from './server-version.ts';
import { writeServerVersionInfo } from './server-version.ts';

export interface EncodeServerTimeZonesOptions {
  version: SoapVersion;
  serverVersion: ServerVersion;
  /** Windows ids, in the order of the answer. */
  ids: readonly string[];
  /** False: ids and names only. */
  full: boolean;
  /** The rules in force in this moment's year are given. */
  at: Instant;
}

/**
 * Writes a GetServerTimeZonesResponse ([MS-OXWSGTZ] §2.2.3.14, TimeZoneDefinitionType). Each definition has the rules of
 * one year; Exchange also lists those of past years where they differed. Display names are ours (offset and id): Windows'
 * own lists of cities are not published as data.
 */
export function encodeServerTimeZones(options: EncodeServerTimeZonesOptions): { contentType: string; text: string } {
  const text = writeSoapEnvelope({
    version: options.version,
    writeHeader: (writer) => writeServerVersionInfo(writer, options.serverVersion),
    writeBody(writer) {
      writer.open('m:GetServerTimeZonesResponse', { 'xmlns:m': messagesNamespace, 'xmlns:t': typesNamespace });
      writer.open('m:ResponseMessages');
      writer.open('m:GetServerTimeZonesResponseMessage', { ResponseClass: 'Success' });
      writer.element('m:ResponseCode', 'NoError');
      writer.open('m:TimeZoneDefinitions');
      for (const id of options.ids) writeTimeZoneDefinition(writer, 't:TimeZoneDefinition', id, { ...options, zone: createTimeZone(id) });
      writer.close();
      writer.close();
      writer.close();
      writer.close();
    },
  });
  return { contentType: soapContentType(options.version), text };
}

/** Writes a zone as a TimeZoneDefinitionType named `name`. */
export function writeTimeZoneDefinition(writer: XmlWriter, name: string, id: string, { zone, full, at }: { zone: TimeZone; full: boolean; at: Instant }): void {
  const rules = toSerializable(zone, at);
  writer.open(name, { Id: id, Name: `(UTC${offsetText(-rules.bias)}) ${id}` });
  if (full) writeRules(writer, id, rules);
  writer.close();
}

function writeRules(writer: XmlWriter, id: string, rules: SerializableTimeZone): void {
  const { standardTime, daylightTime } = rules;
  const hasDaylight = standardTime.month !== 0 && daylightTime.month !== 0;
  const period = (name: string): string => `trule:Microsoft/Registry/${id}/1-${name}`;
  writer.open('t:Periods');
  writer.element('t:Period', '', { Bias: formatDuration(rules.bias + standardTime.bias), Name: 'Standard', Id: period('Standard') });
  if (hasDaylight) writer.element('t:Period', '', { Bias: formatDuration(rules.bias + daylightTime.bias), Name: 'Daylight', Id: period('Daylight') });
  writer.close();
  writer.open('t:TransitionsGroups');
  writer.open('t:TransitionsGroup', { Id: '0' });
  if (hasDaylight) {
    writeTransition(writer, period('Daylight'), daylightTime);
    writeTransition(writer, period('Standard'), standardTime);
  } else {
    writer.open('t:Transition');
    writer.element('t:To', period('Standard'), { Kind: 'Period' });
    writer.close();
  }
  writer.close();
  writer.close();
  writer.open('t:Transitions');
  writer.open('t:Transition');
  writer.element('t:To', '0', { Kind: 'Group' });
  writer.close();
  writer.close();
}

/** A day counted by weeks recurs by day; one that only this year has (`year` given) is written as its date. */
function writeTransition(writer: XmlWriter, to: string, transition: SerializableTimeZoneTransition): void {
  const [hours = 0, minutes = 0] = transition.time.split(':').map(Number);
  const name = transition.year === undefined ? 't:RecurringDayTransition' : 't:RecurringDateTransition';
  writer.open(name);
  writer.element('t:To', to, { Kind: 'Period' });
  writer.element('t:TimeOffset', formatDuration(hours * 60 + minutes));
  writer.element('t:Month', transition.month);
  if (transition.year === undefined) {
    writer.element('t:DayOfWeek', transition.dayOfWeek);
    writer.element('t:Occurrence', transition.dayOrder === 5 ? -1 : transition.dayOrder);
  } else writer.element('t:Day', transition.dayOrder);
  writer.close();
}

/** xs:duration of whole minutes: `-PT60M`. */
export function formatDuration(minutes: number): string {
  return `${minutes < 0 ? '-' : ''}PT${Math.abs(minutes)}M`;
}

function offsetText(minutes: number): string {
  if (minutes === 0) return '';
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}
