import type { AttachedItem } from '../../../organization/index.ts';
import type { ByteSource } from '../../../xml/index.ts';
import type { Body } from '../../codec/items/body-kind.ts';
import { convertBody } from '../../codec/items/convert-body.ts';
import { encodeObject } from '../../codec/items/encode-item.ts';
import { elementOfClass, itemTypes } from '../../codec/items/item-types.ts';
import type { ResponseShape } from '../../codec/items/response-shape.ts';
import { select } from '../../codec/items/selection.ts';
import type { WriteContent } from './mailbox-operation.ts';

/** Writes an item that is attached to another. It has no id of its own; what is attached to it has. */
export function attachedItemWriter(attached: AttachedItem, shape: ResponseShape, mime: string | ByteSource | undefined): WriteContent {
  const element = elementOfClass(attached.itemClass);
  const selection = select(itemTypes[element], shape, true);
  const { properties: bag, calendar } = attached;
  const zone = calendar === undefined ? undefined : { timeZone: calendar.timeZone, ...(calendar.timeZoneRules === undefined ? {} : { timeZoneRules: calendar.timeZoneRules }) };
  const body = bag['item:Body'] as Body | undefined;
  const values: Readonly<Record<string, unknown>> = {
    'item:ItemClass': attached.itemClass,
    'item:ItemId': undefined,
    'item:MimeContent': mime === undefined ? undefined : { content: mime },
    'item:Attachments': attached.attachments,
    'item:Body': body === undefined ? undefined : convertBody(body, shape.bodyType, shape.maximumBodySize),
    ...(calendar === undefined
      ? {}
      : {
          'item:Subject': bag['item:Subject'] ?? calendar.subject,
          'calendar:UID': calendar.uid,
          'calendar:Start': calendar.start,
          'calendar:End': calendar.end,
          'calendar:Location': bag['calendar:Location'] ?? calendar.location,
          'calendar:IsAllDayEvent': calendar.isAllDay,
          'calendar:LegacyFreeBusyStatus': calendar.freeBusyStatus,
          'calendar:Recurrence': calendar.recurrence,
          'calendar:StartTimeZone': zone,
          'calendar:EndTimeZone': zone,
        }),
  };
  return (writer) => encodeObject(writer, `t:${element}`, selection, { bag, value: (uri) => (uri in values ? values[uri] : bag[uri]) });
}
