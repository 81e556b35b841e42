import type { WriteContent } from './mailbox-operation.ts';

/** Items as the content of a response message. */
export function itemsContent(writers: readonly WriteContent[]): WriteContent {
  return (writer) => {
    writer.open('m:Items');
    for (const write of writers) write(writer);
    writer.close();
  };
}
