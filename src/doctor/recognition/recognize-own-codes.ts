import { answersToClients } from '../knowledge/own-codes/answers-to-clients.ts';
import { ownCodes } from '../knowledge/own-codes/own-codes.ts';
import type { Recognition } from './recognize-failures.ts';
import { recognizeFailures } from './recognize-failures.ts';
import { recognizeRequests } from './recognize-requests.ts';

/** As `recognizeFailures`: an error is near the beginning of what people paste. */
const longestText = 2_000_000;
/** Different codes of one text that are told. */
const mostCodes = 20;

const named = /(?<![A-Z0-9_])(?:(?:AGENT|RELAY|TUNNEL|WIZARD|IDENTITY_STS)_[A-Z_]*[A-Z]|HCW\d{4}|AADSTS\d{5,7})(?![A-Z0-9_])/g;
/** The numbers of a token endpoint's answer, also where its quotation marks are escaped. */
const numbered = /error_codes\W{1,12}(\d[\d, ]{4,100})\]/g;
const answers: ReadonlySet<string> = new Set(answersToClients.codes.map(({ code }) => code));

/**
 * The codes of our own parties that stand in a text, as failures: as a header, in a line of a log or in JSON. A code must
 * stand there whole and in its case, though a mail program may have broken it after an underscore. Those that only introduce
 * another come last; else the order is the text's.
 */
export function recognizeOwnCodes(pasted: string): readonly Recognition[] {
  const text = pasted.slice(0, longestText).replaceAll(/=\r?\n/g, '').replaceAll('\\_', '_').replaceAll(/(?<=_)\r?\n[> \t]*(?=[A-Z])|(?<=[A-Z])\r?\n[> \t]*(?=_)/g, '');
  const found = new Map<string, number>();
  const note = (code: string, at: number): void => {
    if (ownCodes.has(code)) found.set(code, Math.min(at, found.get(code) ?? at));
  };
  for (const { 0: code, index } of text.matchAll(named)) note(code, index);
  for (const { 1: numbers = '', index } of text.matchAll(numbered)) for (const number of numbers.split(/[, ]+/)) note(`AADSTS${number}`, index);
  const failures = [...found].toSorted(([, a], [, b]) => a - b).flatMap(([code]) => ownCodes.get(code) ?? []);
  const ordered = [...failures.filter(({ isGeneral }) => isGeneral !== true), ...failures.filter(({ isGeneral }) => isGeneral === true)].slice(0, mostCodes);
  // Scores differ: two codes of one text are two facts, not two readings of one.
  return ordered.map((failure, index) => ({ failure, score: 1 - index / 100, coverage: 1, by: failure.id, causes: failure.causes }));
}

/**
 * What a pasted text shows, the likeliest first: failures of the catalogue and codes of our own parties. What relay or
 * agent answered themselves comes before what the same status means elsewhere, unless it is the sign of a failure that the
 * text shows too: that one treats it at length. Other codes come after failures that the text shows by more than a part.
 */
export function recognizeText(pasted: string): readonly Recognition[] {
  const failures = recognizeFailures(pasted);
  const codes = recognizeOwnCodes(pasted);
  if (failures.length === 0 && codes.length === 0) return recognizeRequests(pasted);
  const shown = new Set(failures.map(({ failure }) => failure.id));
  const isTold = ({ causes }: Recognition): boolean => causes.some(({ see }) => see !== undefined && shown.has(see));
  const first = codes.filter((code) => answers.has(code.failure.id) && !isTold(code));
  const special = failures.filter(({ failure }) => failure.isGeneral !== true);
  const general = failures.filter(({ failure }) => failure.isGeneral === true);
  const pointed = general.filter(({ failure }) => codes.some(({ causes }) => causes.some(({ see }) => see === failure.id)));
  return [...first, ...special, ...pointed, ...codes.filter((code) => !first.includes(code)), ...general.filter((each) => !pointed.includes(each))];
}
