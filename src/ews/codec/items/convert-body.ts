import { textOfHtml } from '../../../organization/index.ts';
import { escapeXmlText } from '../../../xml/index.ts';
import type { Body } from './body-kind.ts';

/** Plain text as an HTML document. */
export function htmlOfText(text: string): string {
  return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body><div>${escapeXmlText(text.replaceAll('\r', '')).replaceAll('\n', '<br>\r\n')}</div></body></html>`;
}

/** A body in the type that was asked for, cut to at most `maximum` characters. `Best` is the type that it has. */
export function convertBody(body: Body, type: 'Best' | 'HTML' | 'Text', maximum?: number): Body {
  const converted = type === 'Best' || type === body.type ? body : type === 'Text' ? { type, content: textOfHtml(body.content) } : { type, content: htmlOfText(body.content) };
  if (maximum === undefined || maximum === 0 || converted.content.length <= maximum) return converted;
  return { ...converted, content: converted.content.slice(0, maximum).toWellFormed(), isTruncated: true };
}
