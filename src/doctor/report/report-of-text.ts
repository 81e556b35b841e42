import { createSecretMasker } from '../masking/mask-secrets.ts';
import type { Recognition } from '../recognition/recognize-failures.ts';
import type { ExaminedToken } from '../tokens/examine-tokens.ts';
import type { DoctorReport, ReportFinding } from './doctor-report.ts';

/** So much of the text stands in the report. */
const longestExcerpt = 600;

interface ReadText {
  text: string;
  recognitions: readonly Recognition[];
  /** Tokens of a text that shows no failure. */
  tokens: readonly ExaminedToken[];
}

/** What a pasted text shows, with every cause, how to prove it and how to repair it. Secrets of the text are masked. */
export function reportOfText({ text, recognitions, tokens }: ReadText, madeAt: number): DoctorReport {
  const [first] = recognitions;
  const excerpt = createSecretMasker().text(text).trim();
  const shown = excerpt.length > longestExcerpt ? `${excerpt.slice(0, longestExcerpt)}…` : excerpt;
  const verdict = first !== undefined ? `${first.failure.title.replace(/\.$/, '')}: ${first.causes.length === 1 ? 'one cause is known' : `${first.causes.length} causes are known, the likeliest first`}.` : tokens.length > 0 ? 'The text is a token.' : 'None of the known failures is recognised in this text.';
  return {
    title: 'a pasted text',
    status: first === undefined ? 'unknown' : 'wrong',
    verdict,
    madeAt,
    findings: recognitions.flatMap((recognition, index) => findingOf(recognition, index === 0 ? shown : undefined)),
    observations: tokens.flatMap(({ judgements }) => judgements.map(({ text: said }) => ({ text: said }))),
    probes: [],
    timeline: [],
    files: [],
    notes: [],
  };
}

function findingOf({ failure, causes, by }: Recognition, excerpt: string | undefined): ReportFinding[] {
  const [first, ...alternatives] = causes;
  if (first === undefined) return [];
  return [{
    failure: failure.id,
    cause: first.id,
    title: failure.title,
    symptom: failure.title,
    isProven: false,
    proof: [`Recognised by: ${by}`],
    evidence: excerpt === undefined ? [] : [{ file: 'the pasted text', line: 0, text: excerpt }],
    why: failure.underneath,
    likeliest: first,
    repair: first.repair,
    risk: first.risk,
    check: failure.check,
    others: [],
    alternatives,
    ruledOut: [],
  }];
}
