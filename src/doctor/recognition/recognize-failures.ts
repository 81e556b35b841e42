import { catalogue } from '../knowledge/catalogue.ts';
import type { Cause, Failure } from '../knowledge/failure.ts';
import { createApproximateMatcher } from './approximate-matches.ts';
import { findCutSentences, gaps } from './cut-sentences.ts';
import { compactText, foldScanned, letters, readableText } from './compact-text.ts';
import { withoutLinePrefixes } from './line-prefixes.ts';
import type { Reading } from './match-signature.ts';
import { createReading, goesOnOtherwise, gram, gramsOf, matchSignature, shortestRun } from './match-signature.ts';
import { foldSignature } from './signature.ts';
import type { Signature } from './signature.ts';

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
const enoughLetters = 16;
const enoughCoverage = 0.4;
/** Where the text goes on otherwise than the published one does: many sentences begin alike. */
const enoughCoverageBesideOthers = 0.7;
/** So many letters of one text are enough, however long the rest of it. */
const plentyOfLetters = 34;
const worthOfMark = 40;
/** Ellipses and ends of paragraphs beyond these are not looked at. */
const mostCuts = 20_000;

/** Phrases that stand in the published texts and in half of all error messages of the world. They count for nothing. */
const commonPhrases = [
  'Proxy web request failed. , inner exception', 'inner exception', 'Autodiscover failed for email address', 'Soap fault exception received', 'Name of the server where exception originated', 'Microsoft.Exchange.InfoWorker.Common.Availability',
  'An error occurred when', 'An error occurred', 'The request failed with', 'The request failed', 'HTTP status', 'Unable to', 'could not', 'System.Net.WebException', 'System.Web.Services.Protocols',
  'The remote server returned an error', 'in the message', 'for the message', 'The user specified by', 'The password', 'for the account', 'does not exist', 'is not allowed because', 'Exception Type', 'Error message',
  'The operation failed', 'An internal server error occurred', 'The response from the', 'Error validating credentials', 'with error', 'in Active Directory', 'to an Active Directory object', 'The request', 'has expired', 'has to be',
  'The application is missing', 'The application', 'The connection', 'was not able to perform', 'manually', 'features that rely on', 'is invalid', 'is either invalid or empty', 'please use this format', 'user name', 'for example',
  'Server: Microsoft-HTTPAPI/2.0', 'The underlying connection was closed', 'Error details', 'Error code', 'to the remote server', 'An existing connection was', 'unexpected error occurred', 'An unexpected error occurred', 'The server', 'Contact the server administrator', 'was not found', 'The user might have', 'The resource',
  'Test-OAuthConnectivity', 'well-formed XML', 'valid XML', 'the response received from the service', 'name could not be resolved', 'The request timed out', 'request could not be',
  'Failed to communicate with', 'System.Net.Sockets.SocketException', 'Microsoft.Exchange.Security.OAuth', 'The HTTP request', 'with client authentication scheme', 'EWS/mrsproxy.svc failed. Error details', 'have access to free/busy data', 'less than or equal to', 'start time', 'end time', 'Unauthorized', 'Forbidden', 'Not Found', 'Service Unavailable', 'Gateway Timeout', 'Internal Server Error', 'remote server',
].map(letters).toSorted((a, b) => b.length - a.length);

const owners = ownersOfGrams();
const signatures: readonly Signature[] = catalogue.flatMap((failure) => textsOf(failure).map((text) => signatureOf(failure, text)));
let scanned: { signatures: readonly Signature[]; match: ReturnType<typeof createApproximateMatcher> } | undefined;
/** Codes, and beginnings and ends of sentences that are enough: these must not go on otherwise than the sentence. */
const marks = catalogue.flatMap((failure) => (failure.marks ?? []).map((mark) => ({ failure, mark, letters: letters(mark), sentences: mark.includes(' ') ? sentencesWith(mark, failure) : [] })));

/** Grams of all texts, and whether one tells something; those of texts that hardly tell anything count as telling. */
const knownGrams: ReadonlyMap<string, boolean> = gramsOfSignatures();

function textsOf({ texts, translations = [] }: Failure): readonly string[] {
  return [...texts, ...translations];
}

function sentencesWith(mark: string, failure: Failure): readonly string[] {
  return textsOf(failure).flatMap((text) => text.split('…').map(compactText)).filter((sentence) => sentence.includes(letters(mark)));
}

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
 * Whether `recognizeFailures` may find something: no promise that it does, but where this says no, it finds nothing, unless
 * letters are wrong. Some hundred times as fast, for the lines of logs. Only for texts that are neither escaped nor wrapped
 * within a word.
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
    .map((piece) => ({ letters: compactText(piece), bounds: boundsOf(piece) }))
    .filter((piece) => piece.letters.length >= 4)
    .map((piece) => ({ ...piece, telling: tellingLetters(piece.letters) }));
  return { failure, text, pieces, length: pieces.reduce((sum, piece) => sum + piece.letters.length, 0) };
}

/** Where a published text goes on with another sentence. */
function boundsOf(text: string): number[] {
  return Array.from(text.matchAll(/(?<=[\p{Ll}\d)][.!?])\s+(?=\p{Lu})/gu), ({ index }) => compactText(text.slice(0, index)).length);
}

/** How many different texts of the catalogue a gram stands in; the same text of two failures counts once. */
function ownersOfGrams(): ReadonlyMap<string, number> {
  const texts = new Map<string, Set<string>>();
  for (const failure of catalogue) {
    const own = failure.texts.map(compactText).toSorted()[0] ?? '';
    for (const text of textsOf(failure)) for (const each of gramsOf(compactText(text))) texts.set(each, (texts.get(each) ?? new Set()).add(own));
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

interface Found extends Omit<Recognition, 'failure' | 'causes'> {
  grams: readonly string[];
}

/**
 * Which failures of the catalogue a pasted text shows, the likeliest first. Texts are compared letter by letter without
 * blanks, signs and case; a part of a published text is enough when it is long or telling enough. What is only a part of
 * a more special failure's text (a bare 401) comes after it.
 *
 * @param mayBeCut Whether the text may begin and end anywhere, as what people paste does; lines of logs do not
 */
export function recognizeFailures(pasted: string, mayBeCut = true): readonly Recognition[] {
  const given = pasted.slice(0, longestText);
  let general: readonly Recognition[] = [];
  // What is only general may be all that wrong letters, and what stands before every line, have left of something special.
  for (const reading of readings(given, mayBeCut)) {
    if (reading.some(({ failure }) => failure.isGeneral !== true)) return [...reading, ...general.filter(({ failure }) => !reading.some((other) => other.failure === failure))];
    if (general.length === 0) general = reading;
  }
  return general;
}

/** As it stands; without what may stand before every line; as a scan was read; with letters that are wrong. */
function* readings(given: string, mayBeCut: boolean): Generator<readonly Recognition[]> {
  const plain = readingOf(given);
  yield ranked(recognizeIn(plain, possibleIn(plain.text, signatures), given, mayBeCut), plain.text);
  const lines = withoutLinePrefixes(given);
  const joined = lines === given ? plain : readingOf(lines);
  if (joined.text !== plain.text) yield ranked(recognizeIn(joined, possibleIn(joined.text, signatures), lines, mayBeCut), joined.text);
  scanned ??= prepareScanned();
  const folded = createReading(foldScanned(joined.text), () => cutsIn(lines, foldScanned));
  yield ranked(recognizeIn(folded, possibleIn(joined.text, scanned.signatures), lines, false), joined.text);
  yield ranked(nearlyIn(folded.text, joined.text), joined.text);
}

function readingOf(given: string): Reading {
  return createReading(compactText(given), () => cutsIn(given, (text) => text));
}

/** Where the compacted text has an end, an ellipsis, or the end of a paragraph. */
function cutsIn(given: string, fold: (text: string) => string): readonly number[] {
  const cuts = [0];
  for (const part of given.split(gaps, mostCuts)) cuts.push((cuts.at(-1) ?? 0) + fold(compactText(part)).length);
  return cuts;
}

function possibleIn(text: string, known: readonly Signature[]): readonly Signature[] {
  const folded = foldScanned(text);
  return known.filter(({ failure: { unless = [] } }) => !unless.some((excluding) => text.includes(letters(excluding)) || folded.includes(foldScanned(letters(excluding)))));
}

function prepareScanned(): NonNullable<typeof scanned> {
  const folded = signatures.map(foldSignature);
  return { signatures: folded, match: createApproximateMatcher(folded) };
}

function nearlyIn(folded: string, text: string): ReadonlyMap<Failure, Found> {
  const best = new Map<Failure, Found>();
  const found = scanned?.match(folded) ?? [];
  const possible = new Set(possibleIn(text, found.map(({ signature }) => signature)));
  for (const { signature, found: score } of found) {
    const { failure, text: by, length } = signature;
    if (possible.has(signature) && score > (best.get(failure)?.score ?? 0)) best.set(failure, { score, coverage: score / length, by, grams: [] });
  }
  return best;
}

function recognizeIn(reading: Reading, known: readonly Signature[], pasted: string, mayBeCut: boolean): ReadonlyMap<Failure, Found> {
  const best = new Map<Failure, Found>();
  const offer = (failure: Failure, found: Found): void => {
    if (found.score > (best.get(failure)?.score ?? 0)) best.set(failure, found);
  };
  for (const signature of known) {
    const { failure, text: by, length } = signature;
    const match = matchSignature(signature, reading);
    const coverage = match.found / length;
    const isWhole = coverage >= 0.95 && match.found >= enoughLetters;
    const isPart = match.telling >= plentyOfLetters || (match.telling >= enoughLetters && coverage >= enoughCoverage);
    if (isWhole || (isPart && (coverage >= enoughCoverageBesideOthers || !match.goesOnOtherwise))) offer(failure, { score: match.found, coverage, by, grams: match.grams });
  }
  if (mayBeCut && best.size === 0) for (const { signature: { failure, text: by, length }, found } of findCutSentences(known, pasted, commonPhrases)) offer(failure, { score: found, coverage: found / length, by, grams: [] });
  for (const { failure, mark, letters: wanted, sentences } of marks) {
    if (wanted.length < gram ? !standsAlone(pasted, mark) && !standsAlone(readableText(pasted), mark) : !hasMark(reading.text, wanted)) continue;
    if (sentences.length > 0 && sentences.every((sentence) => goesOnOtherwise({ letters: sentence, bounds: [] }, sentence.indexOf(wanted), sentence.indexOf(wanted) + wanted.length, reading, 'after'))) continue;
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
export function rankCauses(failure: Failure, text: string): readonly Cause[] {
  const said = (cause: Cause): number => (cause.clues ?? []).filter((clue) => letters(clue).length >= 4 && text.includes(letters(clue))).length;
  return failure.causes.toSorted((a, b) => said(b) - said(a));
}
