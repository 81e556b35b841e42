import type { MailboxEvent } from '../../../organization/index.ts';
import type { XmlWriter } from '../../../xml/index.ts';
import { formatInstant } from '../../codec/items/scalar-kinds.ts';

/**
 * Writes one event ([MS-OXWSNTIF] §3.1.4.2.3). With a watermark in pull notifications only: clients written after
 * Microsoft's own library expect a streamed event to begin with its time.
 */
export function writeEvent(writer: XmlWriter, event: MailboxEvent, withWatermark: boolean): void {
  writer.open(`t:${event.type}Event`);
  if (withWatermark) writer.element('t:Watermark', event.watermark);
  writer.element('t:TimeStamp', formatInstant(event.at));
  const changeKey = event.changeKey === undefined ? {} : { ChangeKey: event.changeKey };
  if (event.folderId !== undefined) writer.element('t:FolderId', '', { Id: event.folderId, ...changeKey });
  else writer.element('t:ItemId', '', { Id: event.itemId, ...changeKey });
  writer.element('t:ParentFolderId', '', { Id: event.parentFolderId });
  if (event.type === 'Moved' || event.type === 'Copied') {
    if (event.oldFolderId !== undefined) writer.element('t:OldFolderId', '', { Id: event.oldFolderId });
    else writer.element('t:OldItemId', '', { Id: event.oldItemId });
    writer.element('t:OldParentFolderId', '', { Id: event.oldParentFolderId ?? event.parentFolderId });
  }
  if (event.type === 'Modified' && event.folderId !== undefined) writer.element('t:UnreadCount', event.unreadCount);
  writer.close();
}
