import { z } from 'zod';
import type { FileSink } from '../evidence-collector.ts';
import { createExchangeJudge } from './http-exchange.ts';

/** One exchange with its bodies; larger ones are passed over. */
const largestEntry = 8_388_608;
const keptBody = 65_536;

const header = z.object({ name: z.string(), value: z.string().catch('') });
const entrySchema = z.object({
  startedDateTime: z.string().catch(''),
  request: z.object({ method: z.string().catch('GET'), url: z.string(), headers: z.array(header).catch([]), postData: z.object({ text: z.string().catch('') }).optional().catch(undefined) }),
  response: z.object({ status: z.number().catch(0), headers: z.array(header).catch([]), content: z.object({ text: z.string().catch(''), encoding: z.string().optional() }).optional().catch(undefined) }).catch({ status: 0, headers: [], content: undefined }),
});

export interface HarReader {
  push(text: string): void;
  end(): void;
}

/**
 * Reads a HAR (HTTP Archive 1.2) entry by entry, however long it is: each element of `log.entries` is parsed by itself.
 */
export function createHarReader(sink: FileSink): HarReader {
  const judge = createExchangeJudge(sink);
  let line = 1;
  let startLine = 1;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let key = '';
  let collectingKey = '';
  let entriesDepth = -1;
  let entry: string[] | undefined;
  let entryLength = 0;
  let tooLarge = 0;
  let unreadable = 0;

  const finish = (): void => {
    const text = (entry ?? []).join('');
    entry = undefined;
    if (entryLength > largestEntry) {
      tooLarge++;
      return;
    }
    const parsed = parse(text);
    const url = parsed === undefined ? null : URL.parse(parsed.request.url);
    if (parsed === undefined || url === null) {
      unreadable++;
      return;
    }
    const { request, response, startedDateTime } = parsed;
    const at = Date.parse(startedDateTime);
    const content = response.content;
    const body = content?.encoding === 'base64' ? Buffer.from(content.text.slice(0, keptBody), 'base64').toString() : (content?.text ?? '');
    judge.judge({ line: startLine, method: request.method, url, requestHeaders: headersOf(request.headers), requestBody: (request.postData?.text ?? '').slice(0, keptBody), status: response.status, responseHeaders: headersOf(response.headers), responseBody: body.slice(0, keptBody), ...(Number.isNaN(at) ? {} : { at }) });
  };

  return {
    push(text) {
      let from = entry === undefined ? -1 : 0;
      for (let at = 0; at < text.length; at++) {
        const code = text.charCodeAt(at);
        if (code === 10) line++;
        if (inString) {
          if (escaped) escaped = false;
          else if (code === 92) escaped = true;
          else if (code === 34) {
            inString = false;
            key = collectingKey;
          } else if (entriesDepth === -1 && collectingKey.length < 32) collectingKey += text[at];
          else if (entry !== undefined) {
            // Within an entry only the end of the string matters.
            const quote = text.indexOf('"', at);
            const slash = text.indexOf('\\', at);
            const next = Math.min(quote === -1 ? text.length : quote, slash === -1 ? text.length : slash);
            if (next > at) at = next - 1;
          }
          continue;
        }
        if (code === 34) {
          inString = true;
          collectingKey = '';
        } else if (code === 123 || code === 91) {
          depth++;
          if (code === 91 && depth === 3 && key === 'entries' && entriesDepth === -1) entriesDepth = depth;
          else if (code === 123 && entriesDepth !== -1 && depth === entriesDepth + 1) {
            entry = [];
            entryLength = 0;
            startLine = line;
            from = at;
          }
        } else if (code === 125 || code === 93) {
          depth--;
          if (code === 125 && entry !== undefined && depth === entriesDepth) {
            entry.push(text.slice(from, at + 1));
            entryLength += at + 1 - from;
            finish();
            from = -1;
          } else if (code === 93 && depth === entriesDepth - 1) entriesDepth = Number.POSITIVE_INFINITY;
        }
      }
      if (entry === undefined) return;
      entryLength += text.length - from;
      if (entryLength <= largestEntry) entry.push(text.slice(from));
      else entry = [];
    },
    end() {
      judge.end();
      if (tooLarge > 0) sink.note(`${tooLarge} exchange${tooLarge === 1 ? ' is' : 's are'} larger than 8 MB and ${tooLarge === 1 ? 'was' : 'were'} passed over.`);
      if (unreadable > 0) sink.note(`${unreadable} exchange${unreadable === 1 ? '' : 's'} could not be read.`);
      if (entry !== undefined) sink.note('The trace ends within an exchange.');
    },
  };
}

function parse(text: string): z.output<typeof entrySchema> | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function headersOf(headers: readonly { name: string; value: string }[]): Map<string, string> {
  const map = new Map<string, string>();
  for (const { name, value } of headers.slice(0, 200)) map.set(name.toLowerCase(), map.has(name.toLowerCase()) ? `${map.get(name.toLowerCase()) ?? ''}\n${value}` : value);
  return map;
}
