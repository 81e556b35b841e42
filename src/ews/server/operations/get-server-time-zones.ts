import type { Clock } from '../../../foundation/index.ts';
import { windowsTimeZoneId, windowsTimeZoneIds } from '../../../organization/index.ts';
import { findAttribute, findChild, findChildren } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { encodeServerTimeZones } from '../../codec/encode-server-time-zones.ts';
import { messagesNamespace, typesNamespace } from '../../codec/namespaces.ts';
import type { Operation } from './operation.ts';

/**
 * GetServerTimeZones ([MS-OXWSGTZ] §3.1.4.1;
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/getservertimezones-operation). Clients ask
 * for it before they send a time zone of their own. Ids that are no zone are left out of the answer, as Exchange does
 * (*unverified*); without ids all zones are given.
 */
export function getServerTimeZonesOperation(clock: Clock): Operation {
  return {
    requestElement: 'GetServerTimeZones',
    async handle({ element, envelope, serverVersion }) {
      const full = ['true', '1', undefined].includes(findAttribute(element, 'ReturnFullTimeZoneData'));
      return encodeServerTimeZones({ version: envelope.version, serverVersion, ids: requestedIds(element), full, at: clock.now() });
    },
  };
}

function requestedIds(element: XmlElement): readonly string[] {
  const list = findChild(element, messagesNamespace, 'Ids');
  if (list === undefined) return windowsTimeZoneIds();
  const ids = findChildren(list, typesNamespace, 'Id').flatMap(({ text }) => windowsTimeZoneId(text.trim()) ?? []);
  return [...new Set(ids)];
}
