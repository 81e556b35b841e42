import type { EvidenceKind } from '../evidence/evidence-types.ts';
import { headLength, recognizeKind } from '../evidence/recognize-kind.ts';
import { createJsonEntriesSplitter } from '../evidence/text/json-entries.ts';
import { createElementSplitter } from '../evidence/text/split-elements.ts';
import { createLineSplitter } from '../evidence/text/split-lines.ts';
import { textEncodingOf } from '../evidence/text/text-encoding.ts';
import type { SecretMasker } from './mask-secrets.ts';
import { createCsvMasker } from './redact-csv.ts';
import { redactJson } from './redact-json.ts';
import { redactMail } from './redact-mail.ts';

export interface Redaction {
  masker: SecretMasker;
  replaceNames: (text: string) => string;
  notes: string[];
}

/** The rest of a longer line is left out: a secret could hide in any part of it. */
const longestLine = 1_048_576;
const largestWhole = 128 * 1024 * 1024;
const largestHarEntry = 64 * 1024 * 1024;
const overlap = 512;

const refusals: Partial<Record<EvidenceKind | 'gzip', string>> = {
  binary: 'it is no text',
  archive: 'it is an archive within another file',
  gzip: 'it is compressed within another file',
  'event log (evtx)': 'Windows’ binary format is not read; export it as XML',
  'private key': 'it is a private key, or holds one',
};

/** A file's content without secrets, in UTF-8; nothing where it must not or cannot be copied, and a note says why. */
export async function redactContent(content: AsyncIterable<Buffer>, redaction: Redaction, name: string): Promise<AsyncIterable<Buffer | string> | undefined> {
  const chunks = content[Symbol.asyncIterator]();
  const first: Buffer[] = [];
  let length = 0;
  while (length < headLength) {
    const next = await chunks.next();
    if (next.done === true) break;
    first.push(next.value);
    length += next.value.length;
  }
  const head = Buffer.concat(first).subarray(0, headLength);
  const kind = recognizeKind(head);
  const refusal = refusals[kind];
  if (refusal !== undefined) {
    redaction.notes.push(`${name} was left out: ${refusal}.`);
    await chunks.return?.();
    return undefined;
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield* first;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) yield next.value;
  }
  // Public by their nature, and of no use changed. PEM is a text, and a key beside the certificate is masked.
  if (kind === 'certificate' && head[0] === 0x30) return all();
  if (kind === 'HAR trace') return redactHar(all(), redaction, name);
  if (kind === 'event log (XML)') return redactEvents(all(), redaction);
  if (kind === 'mail') return redactWholeMail(all(), redaction, name);
  if (kind === 'JSON') return redactWholeJson(all(), redaction, name);
  return redactLines(all(), redaction, name, kind === 'CSV' ? createCsvMasker(redaction) : redaction.masker.line);
}

async function* redactLines(content: AsyncIterable<Buffer>, { replaceNames, notes }: Redaction, name: string, mask: (line: string) => string): AsyncGenerator<string> {
  let written: string[] = [];
  const lines = createLineSplitter((text) => written.push(replaceNames(mask(text)), '\n'), longestLine);
  for await (const chunk of content) {
    lines.push(chunk);
    if (written.length === 0) continue;
    yield written.join('');
    written = [];
  }
  lines.end();
  if (written.length > 0) yield written.join('');
  if (lines.cutLines > 0) notes.push(`${name}: ${lines.cutLines} line${lines.cutLines === 1 ? ' is' : 's are'} longer than 1 MB; the rest of ${lines.cutLines === 1 ? 'it' : 'them'} was left out.`);
}

async function* redactEvents(content: AsyncIterable<Buffer>, { masker, replaceNames }: Redaction): AsyncGenerator<string> {
  let written: string[] = [];
  const pieces = createElementSplitter('Event', (text, _, isLineEnd) => void written.push(replaceNames(masker.line(text)), isLineEnd ? '\n' : ''));
  for await (const chunk of content) {
    pieces.push(chunk);
    yield written.join('');
    written = [];
  }
  pieces.end();
  yield written.join('');
}

async function* redactHar(content: AsyncIterable<Buffer>, { masker, replaceNames, notes }: Redaction, name: string): AsyncGenerator<string> {
  let written: string[] = [];
  let between = '';
  const flush = (): void => {
    written.push(replaceNames(masker.text(between)));
    between = '';
  };
  const splitter = createJsonEntriesSplitter({
    key: 'entries',
    largest: largestHarEntry,
    onEntry(text) {
      flush();
      written.push(redactText(text, { masker, replaceNames }) ?? '{"comment":"an exchange that could not be read was left out"}');
    },
    onTooLarge(line) {
      flush();
      written.push('{"comment":"an exchange of more than 64 MB was left out"}');
      notes.push(`${name}:${line}: an exchange of more than 64 MB was left out.`);
    },
    onOther: (text) => void (between += text),
  });
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of content) {
    decoder ??= new TextDecoder(textEncodingOf(chunk));
    splitter.push(decoder.decode(chunk, { stream: true }));
    if (between.length > longestLine) flush();
    yield written.join('');
    written = [];
  }
  if (splitter.end()) notes.push(`${name}: the trace ends within an exchange, which was left out.`);
  flush();
  yield written.join('');
}

function redactText(text: string, { masker, replaceNames }: Pick<Redaction, 'masker' | 'replaceNames'>): string | undefined {
  try {
    return JSON.stringify(redactJson(JSON.parse(text), masker, replaceNames));
  } catch {
    return undefined;
  }
}

async function* redactWholeMail(content: AsyncIterable<Buffer>, redaction: Redaction, name: string): AsyncGenerator<string> {
  yield await redactMail(await wholeOf(content, redaction, name), redaction, name);
}

async function wholeOf(content: AsyncIterable<Buffer>, { notes }: Redaction, name: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > largestWhole) {
      notes.push(`${name} was cut: it is larger than 128 MB.`);
      break;
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* redactWholeJson(content: AsyncIterable<Buffer>, redaction: Redaction, name: string): AsyncGenerator<string> {
  const bytes = await wholeOf(content, redaction, name);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder(textEncodingOf(bytes)).decode(bytes));
  } catch {
    yield* redactLines(onlyOf(bytes), redaction, name, redaction.masker.line);
    return;
  }
  yield `${JSON.stringify(redactJson(value, redaction.masker, redaction.replaceNames), undefined, 2)}\n`;
}

async function* onlyOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** The text of any content in pieces that overlap, so that no name is cut in two. */
export async function* textsOfContent(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let rest = '';
  for await (const chunk of content) {
    decoder ??= new TextDecoder(textEncodingOf(chunk));
    const text = rest + decoder.decode(chunk, { stream: true });
    yield text;
    rest = text.slice(-overlap);
  }
}
