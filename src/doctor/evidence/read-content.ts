import { errorText } from '../../foundation/index.ts';
import { readCertificateFile } from '../../identity/index.ts';
import type { EvidenceCollector, FileSink } from './evidence-collector.ts';
import type { EvidenceKind } from './evidence-types.ts';
import { createAccessLogReader } from './readers/access-log.ts';
import { createCsvReader } from './readers/csv.ts';
import { createEventTextReader } from './readers/event-text.ts';
import { createEventXmlReader } from './readers/event-xml.ts';
import type { CreateLineReader } from './readers/evidence-reader.ts';
import { createExchangeLogReader } from './readers/exchange-log.ts';
import { createHarReader } from './readers/har-trace.ts';
import { createJsonLinesReader } from './readers/json-lines.ts';
import { readMail } from './readers/mail.ts';
import { createPlainTextReader } from './readers/plain-text.ts';
import { readClixmlEvidence, readJsonEvidence } from './readers/read-objects.ts';
import { readTokenFile } from './readers/read-tokens.ts';
import { createW3cLogReader } from './readers/w3c-log.ts';
import { createWizardCmdletsReader } from './readers/wizard-cmdlets.ts';
import { createWizardLogReader } from './readers/wizard-log.ts';
import { headLength, recognizeKind, sideOfFile } from './recognize-kind.ts';
import { createElementSplitter } from './text/split-elements.ts';
import { createLineSplitter } from './text/split-lines.ts';
import { textEncodingOf } from './text/text-encoding.ts';

/** Kinds that are read as a whole must be smaller than this. */
const largestWhole = 128 * 1024 * 1024;
const tooLarge = 'It is larger than 128 MB, which is too large for this format; it was not read.';

const lineReaders: Partial<Record<EvidenceKind, CreateLineReader>> = {
  'wizard log': createWizardLogReader,
  'wizard cmdlets': createWizardCmdletsReader,
  'IIS log': createW3cLogReader,
  'access log': createAccessLogReader,
  'Exchange log': createExchangeLogReader,
  'event log (text)': createEventTextReader,
  'JSON lines': createJsonLinesReader,
  CSV: createCsvReader,
  'Format-List': createPlainTextReader,
  text: createPlainTextReader,
};

const notRead: Partial<Record<EvidenceKind | 'gzip', string>> = {
  binary: 'It is no text and no known format; it was not read.',
  archive: 'An archive within another file is not opened: unpack it.',
  gzip: 'A compressed file within another one is not opened: unpack it.',
  'event log (evtx)': 'Windows’ binary format is not read. Export it: wevtutil qe file.evtx /lf /f:RenderedXml > events.xml',
  'private key': 'It is a private key, or holds one: it was not read. Do not send it to anybody.',
};

type Sink = ReturnType<EvidenceCollector['open']>;

/** Reads one file, or one entry of an archive, by what its first bytes show. A chunk may be filled again once the next one is asked for. */
export async function readContent(name: string, content: AsyncIterable<Buffer>, collector: EvidenceCollector): Promise<void> {
  const chunks = content[Symbol.asyncIterator]();
  const { head, rest } = await takeHead(chunks);
  const kind = recognizeKind(head);
  const sink = collector.open(name, kind === 'gzip' ? 'archive' : kind, sideOfFile(kind === 'gzip' ? 'archive' : kind, name));
  const { file } = sink;
  async function* all(): AsyncGenerator<Buffer> {
    for (const chunk of rest) {
      file.bytes += chunk.length;
      yield chunk;
    }
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) return;
      file.bytes += next.value.length;
      yield next.value;
    }
  }
  const refusal = notRead[kind];
  if (kind === 'empty' || refusal !== undefined) {
    file.bytes = head.length;
    if (refusal !== undefined) sink.note(refusal);
    await chunks.return?.();
    return;
  }
  const createReader = lineReaders[kind as EvidenceKind];
  if (createReader !== undefined) await readLines(all(), createReader, sink);
  else if (kind === 'event log (XML)') await readEvents(all(), sink);
  else if (kind === 'HAR trace') await readHar(all(), sink);
  else if (kind === 'mail') await readMailFile(all(), sink, collector);
  else await readWhole(kind as EvidenceKind, all(), sink);
}

async function takeHead(chunks: AsyncIterator<Buffer>): Promise<{ head: Buffer; rest: readonly Buffer[] }> {
  const rest: Buffer[] = [];
  let length = 0;
  while (length < headLength) {
    const next = await chunks.next();
    if (next.done === true) break;
    rest.push(Buffer.from(next.value));
    length += next.value.length;
  }
  const head = rest.length === 1 && rest[0] !== undefined ? rest[0] : Buffer.concat(rest);
  return { head: head.subarray(0, headLength), rest };
}

async function readLines(content: AsyncIterable<Buffer>, createReader: CreateLineReader, sink: Sink): Promise<void> {
  const reader = createReader(sink);
  const lines = createLineSplitter((text, number) => reader.line(text, number));
  for await (const chunk of content) lines.push(chunk);
  lines.end();
  reader.end?.();
  sink.file.lines = lines.lines;
  if (lines.cutLines > 0) sink.note(`${lines.cutLines} line${lines.cutLines === 1 ? ' is' : 's are'} longer than 64 KB; only the beginning was read.`);
}

async function readEvents(content: AsyncIterable<Buffer>, sink: Sink): Promise<void> {
  const reader = createEventXmlReader(sink);
  const pieces = createElementSplitter('Event', reader.line);
  for await (const chunk of content) pieces.push(chunk);
  pieces.end();
  reader.end?.();
  sink.file.lines = pieces.lines;
}

async function readHar(content: AsyncIterable<Buffer>, sink: Sink): Promise<void> {
  const reader = createHarReader(sink);
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of content) {
    decoder ??= new TextDecoder(textEncodingOf(chunk));
    reader.push(decoder.decode(chunk, { stream: true }));
  }
  reader.end();
}

async function readMailFile(content: AsyncIterable<Buffer>, sink: Sink, collector: EvidenceCollector): Promise<void> {
  const bytes = await wholeOf(content);
  if (bytes === undefined) return sink.note(tooLarge);
  sink.file.lines = bytes.toString('latin1').split('\n').length;
  try {
    for (const { name, content: attached } of await readMail(bytes, sink)) await readContent(`${sink.name}!${name}`, onlyOf(attached), collector);
  } catch (error) {
    sink.note(`It looks like a mail and is broken: ${errorText(error)}`);
  }
}

async function* onlyOf(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function readWhole(kind: EvidenceKind, content: AsyncIterable<Buffer>, sink: Sink): Promise<void> {
  const bytes = await wholeOf(content);
  if (bytes === undefined) return sink.note(tooLarge);
  const text = new TextDecoder(textEncodingOf(bytes)).decode(bytes);
  sink.file.lines = text.split('\n').length;
  try {
    if (kind === 'Clixml') await readClixmlEvidence(bytes, text, sink);
    else if (kind === 'JSON') readJsonEvidence(text, sink);
    else if (kind === 'token') readTokenFile(text, sink);
    else if (kind === 'certificate') await readCertificates(bytes[0] === 0x30 ? bytes : bytesOfText(text), sink);
  } catch (error) {
    sink.note(`It looks like ${kind} and is broken: ${errorText(error)}`);
    // What a broken file says in words is evidence all the same.
    const reader = createPlainTextReader(sink);
    for (const [index, line] of text.slice(0, 4_194_304).split('\n').entries()) reader.line(line.slice(0, 16_384), index + 1);
    reader.end?.();
  }
}

/** PEM, or base64 alone. */
function bytesOfText(text: string): Buffer {
  return text.includes('-----BEGIN ') ? Buffer.from(text) : Buffer.from(text, 'base64');
}

async function wholeOf(content: AsyncIterable<Buffer>): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of content) {
    length += chunk.length;
    if (length > largestWhole) return undefined;
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks);
}

async function readCertificates(bytes: Buffer, sink: FileSink): Promise<void> {
  const certificates = await readCertificateFile(bytes);
  if (certificates.length === 0) sink.note('It looks like a certificate and cannot be read.');
  if (bytes.includes('PRIVATE KEY-----')) sink.note('It holds a private key too, which was not read. Do not send it to anybody.');
  for (const { thumbprint, subject, notBefore, notAfter } of certificates) {
    sink.certificate({ thumbprint, subject, notBefore, notAfter }, { line: 0, text: `${subject}, ${thumbprint}, until ${new Date(notAfter).toISOString().slice(0, 10)}` });
  }
}
