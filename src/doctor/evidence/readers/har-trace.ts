import { z } from 'zod';
import type { FileSink } from '../evidence-collector.ts';
import { createJsonEntriesSplitter } from '../text/json-entries.ts';
import { createExchangeJudge } from './http-exchange.ts';

/** Characters of one exchange with its bodies; larger ones are passed over. */
export const largestHarEntry = 8_388_608;
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
  let tooLarge = 0;
  let unreadable = 0;
  const read = (text: string, line: number): void => {
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
    judge.judge({ line, method: request.method, url, requestHeaders: headersOf(request.headers), requestBody: (request.postData?.text ?? '').slice(0, keptBody), status: response.status, responseHeaders: headersOf(response.headers), responseBody: body.slice(0, keptBody), ...(Number.isNaN(at) ? {} : { at }) });
  };
  const splitter = createJsonEntriesSplitter({ key: 'entries', largest: largestHarEntry, onEntry: read, onTooLarge: () => void tooLarge++ });
  return {
    push: splitter.push,
    end() {
      const isCut = splitter.end();
      judge.end();
      if (tooLarge > 0) sink.note(`${tooLarge} exchange${tooLarge === 1 ? ' is' : 's are'} larger than 8 MB and ${tooLarge === 1 ? 'was' : 'were'} passed over.`);
      if (unreadable > 0) sink.note(`${unreadable} exchange${unreadable === 1 ? '' : 's'} could not be read.`);
      if (isCut) sink.note('The trace ends within an exchange.');
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
