import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import type { FileSink } from '../evidence-collector.ts';
import { createPlainTextReader } from './plain-text.ts';

const mostHops = 30;
const longestBody = 4_194_304;

export interface MailAttachment {
  name: string;
  content: Buffer;
}

/**
 * A mail, or the headers of one: its texts are read as any text, its way stands in the time line, and what is attached is
 * for the caller to read. Nothing in it is fetched or run.
 */
export async function readMail(bytes: Buffer, sink: FileSink): Promise<readonly MailAttachment[]> {
  const mail = await PostalMime.parse(bytes, { attachmentEncoding: 'arraybuffer' });
  judgeHeaders(mail, sink);
  const reader = createPlainTextReader(sink);
  for (const [index, line] of bodyOf(mail).slice(0, longestBody).split(/\r?\n/).entries()) reader.line(line, index + 1);
  reader.end?.();
  return mail.attachments.map(({ filename, mimeType, content }, index) => ({ name: filename ?? `${index + 1} (${mimeType})`, content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as Uint8Array) }));
}

/** The text that was written, or else the text of the page. */
function bodyOf({ text = '', html = '' }: Email): string {
  if (text.trim() !== '') return text;
  const pieces = html.split(/<\/(?:style|script)>/i);
  const shown = pieces.map((piece, index) => (index === pieces.length - 1 ? piece : piece.replace(/<(?:style|script)\b[\s\S]*$/i, ' '))).join('');
  return shown.replaceAll(/<(?:br|\/p|\/div|\/tr|\/li)\b[^<>]{0,200}>/gi, '\n').replaceAll(/<[^<>]{1,500}>/g, ' ');
}

function judgeHeaders({ headers, date, subject }: Email, sink: FileSink): void {
  const sent = Date.parse(date ?? '');
  if (!Number.isNaN(sent)) sink.see({ line: 0, text: `mail sent: ${subject ?? 'without a subject'}`, at: sent });
  for (const { value } of headers.filter(({ key }) => key === 'received').slice(0, mostHops)) {
    const at = Date.parse(value.slice(value.lastIndexOf(';') + 1));
    if (!Number.isNaN(at)) sink.see({ line: 0, text: `mail received ${value.slice(0, value.lastIndexOf(';')).replaceAll(/\s+/g, ' ')}`, at });
  }
  const tenant = headers.find(({ key }) => key === 'x-ms-exchange-crosstenant-id')?.value ?? '';
  if (/^[0-9a-f-]{36}$/i.test(tenant)) sink.tenant(tenant, 0);
}
