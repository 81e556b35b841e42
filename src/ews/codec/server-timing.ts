import type { AvailabilityRequest, LookupPath } from './availability-types.ts';

/** Longest `Server-Timing` value written, bytes: Node and most proxies refuse answers whose header passes 16 KiB. */
const maximumLength = 8_000;
/** Longest value read, and most entries: the header comes from a stranger. */
const maximumRead = 64 * 1024;
const maximumEntries = 1_000;

const sources = ['Local', 'IntraOrganizationConnector', 'OrganizationRelationship', 'AvailabilityAddressSpace', 'None'] as const satisfies readonly LookupPath['source'][];

/** A lookup path with the address that it was for. */
export interface TimedLookupPath extends LookupPath {
  address: string;
}

/**
 * The value of a `Server-Timing` header (W3C Server Timing) that tells how each mailbox's answer came about: one metric
 * `availability` a mailbox, in the request's order, `dur` in milliseconds. Its description is five words, address,
 * source, name, endpoint and via, each percent-encoded, `-` for what is absent. Entries that would make the header longer than 8,000 bytes are left out.
 */
export function writeServerTiming(request: AvailabilityRequest, paths: readonly LookupPath[]): string {
  const entries: string[] = [];
  let length = 0;
  for (const [index, path] of paths.entries()) {
    const words = [request.mailboxes[index]?.email.address, path.source, path.name, path.endpoint, path.via].map(encodeWord);
    const entry = `availability;desc="${words.join(' ')}";dur=${Math.max(0, Math.round(path.durationMs * 10) / 10)}`;
    length += entry.length + 2;
    if (length > maximumLength) break;
    entries.push(entry);
  }
  return entries.join(', ');
}

function encodeWord(word: string | undefined): string {
  if (word === undefined || word === '') return '-';
  return word === '-' ? '%2D' : encodeURIComponent(word.toWellFormed());
}

const metric = /^availability;desc="([^"\\]*)";dur=(\d{1,9}(?:\.\d{1,3})?)$/;

/**
 * Reads what `writeServerTiming` wrote, also where intermediaries added metrics of their own. Entries of any other form
 * are passed over; a header of absurd length gives nothing.
 */
export function readServerTiming(header: string | readonly string[] | undefined): TimedLookupPath[] {
  const text = typeof header === 'string' ? header : (header ?? []).join(', ');
  if (text.length > maximumRead) return [];
  const paths: TimedLookupPath[] = [];
  // Percent-encoding leaves no comma inside an entry of ours.
  for (const entry of text.split(',')) {
    const match = metric.exec(entry.trim());
    const path = match === null ? undefined : decodeEntry(match[1] ?? '', Number(match[2]));
    if (path !== undefined) paths.push(path);
    if (paths.length === maximumEntries) break;
  }
  return paths;
}

function decodeEntry(description: string, durationMs: number): TimedLookupPath | undefined {
  const words = description.split(' ').map(decodeWord);
  const [address, sourceText, name, endpoint, via] = words;
  const source = sources.find((candidate) => candidate === sourceText);
  if (words.length !== 5 || source === undefined) return undefined;
  return {
    address: address ?? '',
    source,
    durationMs,
    ...(name === undefined ? {} : { name }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(via === undefined ? {} : { via }),
  };
}

function decodeWord(word: string): string | undefined {
  if (word === '-') return undefined;
  try {
    return decodeURIComponent(word);
  } catch {
    return undefined;
  }
}
