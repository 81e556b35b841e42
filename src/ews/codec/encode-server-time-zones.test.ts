import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTimeZone, windowsTimeZoneIds } from '../../organization/index.ts';
import { findAttribute, parseXml, readSoapEnvelope } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import { encodeServerTimeZones } from './encode-server-time-zones.ts';
import { typesNamespace } from './namespaces.ts';
import { readTimeZoneContext } from './time-zone-context.ts';

const serverVersion = { majorVersion: 15, minorVersion: 2, majorBuildNumber: 2562, minorBuildNumber: 41, version: 'V2017_07_11' };
const at = Date.UTC(2026, 5, 1);

function definitionsOf(text: string): readonly XmlElement[] {
  const found: XmlElement[] = [];
  const search = (element: XmlElement): void => {
    if (element.local === 'TimeZoneDefinition') found.push(element);
    for (const child of element.children) search(child);
  };
  for (const element of readSoapEnvelope(parseXml(text)).body) search(element);
  return found;
}

test('every zone, read back from its definition, has the offsets of the zone itself through the year', () => {
  const { text } = encodeServerTimeZones({ version: '1.1', serverVersion, ids: windowsTimeZoneIds(), full: true, at });
  const definitions = definitionsOf(text);
  assert.ok(definitions.length > 120);
  const start = text.indexOf('<t:TimeZoneDefinition ');
  const raw = text.slice(start).split('</t:TimeZoneDefinition>');
  const beyondOneRule: string[] = [];
  for (const [index, definition] of definitions.entries()) {
    const id = findAttribute(definition, 'Id') ?? '';
    if (changesIn2026(id) > 2 || changesIn2026(id) === 1) {
      beyondOneRule.push(id);
      continue;
    }
    // Without an id that is a name, the reader has nothing but the rules to go by.
    const rules = `${raw[index]?.slice(raw[index].indexOf('<t:TimeZoneDefinition ')).replace(/ Id="[^"]*" Name="[^"]*">/, '>') ?? ''}</t:TimeZoneDefinition>`;
    const request = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="${typesNamespace}"><s:Header><t:TimeZoneContext>${rules}</t:TimeZoneContext></s:Header><s:Body><x/></s:Body></s:Envelope>`;
    const read = readTimeZoneContext(readSoapEnvelope(parseXml(request)));
    assert.ok(read !== undefined, id);
    const zone = createTimeZone(id);
    for (let day = 0; day < 365; day += 5) {
      const instant = Date.UTC(2026, 0, 1, 12) + day * 86_400_000;
      assert.equal(read.offsetAt(instant), zone.offsetAt(instant), `${id} on ${new Date(instant).toISOString()}`);
    }
  }
  assert.ok(beyondOneRule.length < 5, beyondOneRule.join(', '));
});

/** One yearly rule has two changes or none. Morocco keeps Ramadan, some zones change for good in mid-year. */
function changesIn2026(id: string): number {
  const zone = createTimeZone(id);
  let changes = 0;
  for (let day = 1; day <= 365; day++) if (zone.offsetAt(Date.UTC(2026, 0, day + 1)) !== zone.offsetAt(Date.UTC(2026, 0, day))) changes += 1;
  return changes;
}

test('without full data there are ids and names only', () => {
  const { text } = encodeServerTimeZones({ version: '1.1', serverVersion, ids: ['India Standard Time'], full: false, at });
  const [definition] = definitionsOf(text);
  assert.equal(findAttribute(definition as XmlElement, 'Name'), '(UTC+05:30) India Standard Time');
  assert.deepEqual(definition?.children, []);
});
