import { catalogue } from '../knowledge/catalogue.ts';
import type { Cause, Failure } from '../knowledge/failure.ts';
import { compactText, foldScanned, letters } from './compact-text.ts';

export interface Recognition {
  failure: Failure;
  /** Letters of the published text that were found, and ones that a code is worth. Only for comparing. */
  score: number;
  /** 0 to 1: how much of the published text was found. */
  coverage: number;
  /** The published text or code that was found. */
  by: string;
  /** The likeliest first, after what the text says for each. */
  causes: readonly Cause[];
}

/** Text beyond this is not read: an error is near the beginning of what people paste. */
const longestText = 2_000_000;
const gram = 8;
/** A run of letters shorter than this says nothing. */
const shortestRun = 14;
const enoughLetters = 16;
const enoughCoverage = 0.4;
/** So many letters of one text are enough, however long the rest of it. */
const plentyOfLetters = 34;
const worthOfMark = 40;
/** Of a scanned text's signature: so much of it must be telling. */
const enoughTelling = 0.5;

/** Phrases that stand in the published texts and in half of all error messages of the world. They count for nothing. */
const commonPhrases = [
  'Proxy web request failed. , inner exception', 'Autodiscover failed for email address', 'Soap fault exception received', 'Name of the server where exception originated', 'Microsoft.Exchange.InfoWorker.Common.Availability',
  'An error occurred when', 'An error occurred', 'The request failed with', 'The request failed', 'HTTP status', 'Unable to', 'could not', 'System.Net.WebException', 'System.Web.Services.Protocols',
  'The remote server returned an error', 'in the message', 'for the message', 'The user specified by', 'The password', 'for the account', 'does not exist', 'is not allowed because', 'Exception Type', 'Error message',
  'The operation failed', 'An internal server error occurred', 'The response from the', 'Error validating credentials', 'with error', 'in Active Directory', 'to an Active Directory object', 'The request', 'has expired', 'has to be',
  'The application is missing', 'The application', 'The connection', 'was not able to perform', 'manually', 'features that rely on', 'is invalid', 'is either invalid or empty', 'please use this format', 'user name', 'for example',
  'Error details', 'Error code', 'to the remote server', 'An existing connection was', 'unexpected error occurred', 'An unexpected error occurred', 'The server', 'Contact the server administrator', 'was not found', 'The user might have', 'The resource',
  'Test-OAuthConnectivity', 'well-formed XML', 'valid XML', 'the response received from the service', 'name could not be resolved', 'The request timed out', 'request could not be',
  'less than or equal to', 'start time', 'end time', 'Unauthorized', 'Forbidden', 'Not Found', 'Service Unavailable', 'Gateway Timeout', 'Internal Server Error', 'remote server',
].map(letters).toSorted((a, b) => b.length - a.length);

interface Piece {
  letters: string;
  telling: readonly boolean[];
}

interface Signature {
  failure: Failure;
  text: string;
  pieces: readonly Piece[];
  length: number;
}

const owners = ownersOfGrams();
const signatures: readonly Signature[] = catalogue.flatMap((failure) => failure.texts.map((text) => signatureOf(failure, text)));
let scannedSignatures: readonly Signature[] | undefined;
const marks = catalogue.flatMap((failure) => (failure.marks ?? []).map((mark) => ({ failure, mark, letters: letters(mark) })));

/** Grams of all texts, and whether one tells something; those of texts that hardly tell anything count as telling. */
const knownGrams: ReadonlyMap<string, boolean> = gramsOfSignatures();

function gramsOfSignatures(): Map<string, boolean> {
  const known = new Map<string, boolean>();
  for (const { pieces } of signatures) {
    const isPlain = pieces.reduce((sum, { telling }) => sum + telling.filter(Boolean).length, 0) < enoughLetters;
    for (const { letters: text, telling } of pieces) {
      for (let at = 0; at + gram <= text.length; at++) {
        const found = text.slice(at, at + gram);
        known.set(found, known.get(found) === true || isPlain || telling[at] === true);
      }
    }
  }
  return known;
}

/**
 * Whether `recognizeFailures` may find something: no promise that it does, but where this says no, it finds nothing.
 * Some hundred times as fast, for the lines of logs. Only for texts that are neither escaped nor wrapped within a word.
 */
export function mayBeFailure(text: string): boolean {
  const found = letters(text);
  let run = 0;
  let isTelling = false;
  for (let at = 0; at + gram <= found.length; at++) {
    const known = knownGrams.get(found.slice(at, at + gram));
    run = known === undefined ? 0 : run + 1;
    isTelling = known === true || (run > 0 && isTelling);
    if (isTelling && run + gram - 1 >= shortestRun) return true;
  }
  return marks.some((mark) => found.includes(mark.letters));
}

function signatureOf(failure: Failure, text: string): Signature {
  const pieces = text
    .split('…')
    .map(compactText)
    .filter((piece) => piece.length >= 4)
    .map((piece) => ({ letters: piece, telling: tellingLetters(piece) }));
  return { failure, text, pieces, length: pieces.reduce((sum, piece) => sum + piece.letters.length, 0) };
}

/** How many different texts of the catalogue a gram stands in; the same text of two failures counts once. */
function ownersOfGrams(): ReadonlyMap<string, number> {
  const texts = new Map<string, Set<string>>();
  for (const failure of catalogue) {
    const own = failure.texts.map(compactText).toSorted()[0] ?? '';
    for (const text of failure.texts) for (const each of gramsOf(compactText(text))) texts.set(each, (texts.get(each) ?? new Set()).add(own));
  }
  return new Map([...texts].map(([each, owners]) => [each, owners.size]));
}

/** Letters that neither several failures nor half of the world's messages have in common. */
function tellingLetters(piece: string): boolean[] {
  const telling = Array.from(piece, (_, at) => (owners.get(piece.slice(at, at + gram)) ?? 0) <= 1);
  for (const phrase of commonPhrases) {
    for (let at = piece.indexOf(phrase); at !== -1; at = piece.indexOf(phrase, at + 1)) telling.fill(false, at, at + phrase.length);
  }
  return telling;
}

interface Match {
  found: number;
  telling: number;
  /** The grams that were found. */
  grams: readonly string[];
}

interface Found extends Omit<Recognition, 'failure' | 'causes'> {
  grams: readonly string[];
}

/**
 * Which failures of the catalogue a pasted text shows, the likeliest first. Texts are compared letter by letter without
 * blanks, signs and case; a part of a published text is enough when it is long or telling enough. What is only a part of
 * a more special failure's text (a bare 401) comes after it.
 */
export function recognizeFailures(pasted: string): readonly Recognition[] {
  const text = compactText(pasted.slice(0, longestText));
  const isExcluded = ({ unless = [] }: Failure): boolean => unless.some((excluding) => text.includes(letters(excluding)) || foldScanned(text).includes(foldScanned(letters(excluding))));
  const possible = signatures.filter(({ failure }) => !isExcluded(failure));
  const found = recognizeIn(text, possible, pasted);
  if (found.size > 0) return ranked(found, text);
  scannedSignatures ??= signatures.map(scannedSignature);
  return ranked(recognizeIn(foldScanned(text), scannedSignatures.filter(({ failure }) => !isExcluded(failure)), pasted), text);
}

/** Of a signature what a scan leaves. */
function scannedSignature({ pieces, ...signature }: Signature): Signature {
  const folded = pieces.map(({ letters: text, telling }) => {
    const kept = foldScanned(text);
    // Which letters are telling is told by their share: the fold moves them.
    const share = telling.filter(Boolean).length / Math.max(1, telling.length);
    return { letters: kept, telling: Array.from(kept, () => share >= enoughTelling) };
  });
  return { ...signature, pieces: folded, length: folded.reduce((sum, piece) => sum + piece.letters.length, 0) };
}

function recognizeIn(text: string, known: readonly Signature[], pasted: string): ReadonlyMap<Failure, Found> {
  const grams = gramsOf(text);
  const best = new Map<Failure, Found>();
  const offer = (failure: Failure, found: Found): void => {
    if (found.score > (best.get(failure)?.score ?? 0)) best.set(failure, found);
  };
  for (const { failure, text: by, pieces, length } of known) {
    const match = pieces.map((piece) => matchPiece(piece, grams, text)).reduce((sum, next) => ({ found: sum.found + next.found, telling: sum.telling + next.telling, grams: [...sum.grams, ...next.grams] }));
    const coverage = match.found / length;
    const isWhole = coverage >= 0.95 && match.found >= enoughLetters;
    const isEnough = (match.telling >= enoughLetters && coverage >= enoughCoverage) || match.telling >= plentyOfLetters;
    if (isWhole || isEnough) offer(failure, { score: match.found, coverage, by, grams: match.grams });
  }
  for (const { failure, mark, letters: wanted } of marks) {
    if (wanted.length < gram ? !standsAlone(pasted, mark) : !hasMark(text, wanted)) continue;
    const former = best.get(failure);
    offer(failure, { score: worthOfMark + (former?.score ?? 0), coverage: 1, by: former?.by ?? mark, grams: [...(former?.grams ?? []), ...(wanted.length < gram ? [wanted] : gramsOf(wanted))] });
  }
  return best;
}

/** A short mark must be a word: its letters stand within many others. */
function standsAlone(pasted: string, mark: string): boolean {
  return new RegExp(`(?<![\\p{L}\\p{N}])${mark}(?![\\p{L}\\p{N}])`, 'iu').test(pasted);
}

/** A code that ends in a digit must end there: AADSTS50012 is not in AADSTS500121. */
function hasMark(text: string, mark: string): boolean {
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) {
    const next = text.charAt(at + mark.length);
    if (!/\d$/.test(mark) || !/\d/.test(next)) return true;
  }
  return false;
}

function gramsOf(text: string): ReadonlySet<string> {
  const grams = new Set<string>();
  for (let at = 0; at + gram <= text.length; at++) grams.add(text.slice(at, at + gram));
  return grams;
}

/** Runs of the piece whose grams all stand in the text. */
function matchPiece({ letters: wanted, telling }: Piece, grams: ReadonlySet<string>, text: string): Match {
  const match = { found: 0, telling: 0, grams: [] as string[] };
  // Pieces that are shorter than a run count only as a whole; their neighbours must carry the match.
  const shortest = Math.min(shortestRun, wanted.length);
  let from = -1;
  for (let at = 0; at <= wanted.length - Math.min(gram, wanted.length) + 1; at++) {
    const isFound = at + gram <= wanted.length && grams.has(wanted.slice(at, at + gram));
    if (isFound && from === -1) from = at;
    if (!isFound && from !== -1) {
      const end = at - 1 + gram;
      const to = from + contiguous(wanted.slice(from, end), text);
      if (to - from >= shortest) {
        match.found += to - from;
        match.telling += telling.slice(from, to).filter(Boolean).length;
        for (let start = from; start + gram <= to; start++) match.grams.push(wanted.slice(start, start + gram));
      }
      from = -1;
      // What follows the break may be a run of its own.
      if (to < end) at = to - gram;
    }
  }
  return match;
}

/** In a long text each gram of a run may stand somewhere else: how many letters of it stand together from its beginning. */
function contiguous(run: string, text: string): number {
  if (run.length < shortestRun || text.includes(run)) return run.length;
  let [known, unknown] = [gram, run.length];
  while (unknown - known > 1) {
    const middle = (known + unknown) >> 1;
    if (text.includes(run.slice(0, middle))) known = middle;
    else unknown = middle;
  }
  return known;
}

function ranked(best: ReadonlyMap<Failure, Found>, text: string): readonly Recognition[] {
  const all = [...best].map(([failure, found]) => ({ failure, ...found }));
  const byScore = all.toSorted((a, b) => b.score - a.score || b.coverage - a.coverage);
  const special = byScore.filter(({ failure }) => failure.isGeneral !== true);
  const general = byScore.filter(({ failure }) => failure.isGeneral === true);
  return [...withoutShadows(special), ...general].map(({ failure, score, coverage, by }) => ({ failure, score, coverage, by, causes: rankCauses(failure, text) }));
}

/** Leaves out what matched only by words that a better one has too, unless it is as good: sentences with the same beginning. */
function withoutShadows<T extends Pick<Found, 'score' | 'grams'>>(sorted: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  const kept: T[] = [];
  for (const found of sorted) {
    const own = found.grams.filter((each) => !seen.has(each)).length;
    if (own >= Math.min(found.grams.length, shortestRun - gram) || kept.some(({ score }) => score === found.score)) kept.push(found);
    for (const each of found.grams) seen.add(each);
  }
  return kept;
}

/** What the text itself says for a cause puts it first; else the catalogue's order holds. */
function rankCauses(failure: Failure, text: string): readonly Cause[] {
  const said = (cause: Cause): number => (cause.clues ?? []).filter((clue) => letters(clue).length >= 4 && text.includes(letters(clue))).length;
  return failure.causes.toSorted((a, b) => said(b) - said(a));
}
