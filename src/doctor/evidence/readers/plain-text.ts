import type { FileSink } from '../evidence-collector.ts';
import { tenantsIn } from '../text/tenants-in.ts';
import { readLocalDate } from '../text/local-date.ts';
import type { LineReader } from './evidence-reader.ts';
import { decodeTokens, describeToken } from './read-tokens.ts';

const property = /^\s{0,8}([A-Za-z][\w.]{0,60}) *: ?(.*)$/;
const longestParagraph = 60;
const mostProperties = 400;
/** `[PS] C:\\Windows\\system32>Get-X`: what follows is the output of another command. */
const prompt = /^\s*(?:\[PS\] ?|PS )?[A-Z]:\\[^<>"|]{0,200}> ?|^\s*PS [^<>"|]{1,200}> ?/i;
/** `Start-Transcript`: `Start time: 20261121090000`, local time. */
const transcriptTime = /^(?:Start|End) time: (\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/;
/** Consoles are no narrower: what follows a shorter line was not cut off from it. */
const narrowestConsole = 70;

/**
 * Texts of every other kind: what `Format-List` prints, transcripts, mails, logs that nobody knows. Properties make
 * objects; lines, and paragraphs where lines were wrapped, are compared with the catalogue.
 */
export function createPlainTextReader(sink: FileSink): LineReader {
  let properties: Record<string, unknown> = {};
  let lines: Record<string, number> = {};
  let last = '';
  let before = 0;
  let paragraph: string[] = [];
  let paragraphStart = 1;
  let isRecognized = false;
  /** What single lines of the paragraph have told: as a whole it tells that again. */
  let told = new Set<string>();
  let at: { at: number; isLocal: boolean } | undefined;

  const finishObject = (): void => {
    const found = properties;
    const places = lines;
    if (Object.keys(found).length >= 2) sink.object(Object.fromEntries(Object.entries(found).map(([name, value]) => [name, valueOf(String(value))])), (name) => places[name] ?? Object.values(places)[0] ?? 0);
    properties = {};
    lines = {};
    last = '';
  };
  const finishParagraph = (): void => {
    if (paragraph.length > 1 && !isRecognized) sink.recognize({ line: paragraphStart, text: paragraph.join('\n'), ...at }, told);
    paragraph = [];
    told = new Set();
    isRecognized = false;
  };
  return {
    line(text, number) {
      if (text.trim() === '') {
        finishObject();
        finishParagraph();
        return;
      }
      if (prompt.test(text)) {
        finishObject();
        finishParagraph();
      }
      const [, ...started] = transcriptTime.exec(text) ?? [];
      if (started.length > 0) {
        const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = started.map(Number);
        sink.span(Date.UTC(year, month - 1, day, hour, minute, second), true);
      }
      const date = readLocalDate(text.slice(0, 40));
      // A line with a time is an entry of its own; those without one go on with it.
      if (date !== undefined || paragraph.length >= longestParagraph) finishParagraph();
      if (paragraph.length === 0) paragraphStart = number;
      paragraph.push(text.slice(0, 4096));
      if (date !== undefined) {
        at = date;
        sink.span(date.at, date.isLocal);
      }
      const occurrence = { line: number, text, ...date };
      // Each line is an occurrence of its own.
      const ofLine = new Set<string>();
      if (sink.recognize(occurrence, ofLine)) isRecognized = true;
      for (const id of ofLine) told.add(id);
      if (date !== undefined && /error|fail|exception/i.test(text)) sink.see(occurrence);
      if (text.includes('eyJ')) for (const token of decodeTokens(text)) sink.token(token, { ...occurrence, text: describeToken(token) });
      for (const tenant of tenantsIn(text)) sink.tenant(tenant, number);
      const [, name, value = ''] = property.exec(text) ?? [];
      if (name !== undefined) {
        if (name in properties || Object.keys(properties).length >= mostProperties) finishObject();
        properties[name] = value.trim();
        lines[name] = number;
        last = name;
      } else if (last !== '' && (/^\s{4,}\S/.test(text) || before >= narrowestConsole)) {
        const begun = String(properties[last]);
        if (begun.length < 32_768) properties[last] = `${begun}${text.trim()}`;
      } else finishObject();
      before = text.length;
    },
    end() {
      finishObject();
      finishParagraph();
    },
  };
}

/** As `Format-List` shows them: `True`, `{a, b}`, nothing. */
function valueOf(text: string): unknown {
  if (text === 'True') return true;
  if (text === 'False') return false;
  const list = /^\{(.*)\}$/.exec(text);
  return list === null ? text : (list[1] ?? '').split(/,\s*/).filter((part) => part !== '');
}
