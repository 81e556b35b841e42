import PostalMime from 'postal-mime';
import type { Redaction } from './redact-content.ts';

/**
 * A mail as one text: its headers and what it says, decoded, because a secret in base64 is not seen as one. Attachments
 * are left out, with a note.
 */
export async function redactMail(bytes: Buffer, { masker, replaceNames, notes }: Redaction, name: string): Promise<string> {
  const { headers, text = '', html = '', attachments } = await PostalMime.parse(bytes);
  const said = text.trim() === '' ? html : text;
  if (attachments.length > 0) notes.push(`${name}: ${attachments.length} attachment${attachments.length === 1 ? ' was' : 's were'} left out. Save and redact ${attachments.length === 1 ? 'it' : 'them'} as files.`);
  const lines = [...headers.filter(({ key }) => !key.startsWith('content-')).map(({ originalKey, value }) => `${originalKey}: ${value}`), '', ...said.split(/\r?\n/)];
  return `${lines.map((line) => replaceNames(masker.line(line))).join('\n')}\n`;
}
