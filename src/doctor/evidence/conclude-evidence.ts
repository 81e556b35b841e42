import { findCause, findFailure } from '../knowledge/catalogue.ts';
import type { Cause, Failure } from '../knowledge/failure.ts';
import { ownCodes } from '../knowledge/own-codes/own-codes.ts';
import type { CollectedFile, EvidenceCollector } from './evidence-collector.ts';
import type { EvidenceFile, EvidenceLine, Sign, TimelineEntry } from './evidence-types.ts';
import { timeOf } from './readers/read-tokens.ts';
import { findOffsets } from './rules/local-offsets.ts';
import { causesOnTheWay } from './rules/causes-on-the-way.ts';
import type { LocalClock } from './rules/local-offsets.ts';
import { settingRules } from './rules/setting-rules.ts';
import { judgeSigningKeys } from './rules/signing-keys.ts';
import type { Observation } from './rules/signing-keys.ts';

/** A failure of the catalogue, or an error code of our own parties, that the evidence shows. */
export interface EvidenceFinding {
  failure: Failure;
  /** The cause that the evidence speaks for; without `isProven` the likeliest of the catalogue. */
  cause: Cause;
  /** Whether something in the evidence tells this cause from the others of the failure. */
  isProven: boolean;
  /** Whether the failure itself was seen, not only a state that leads to it. */
  isSeen: boolean;
  /** Sentences with the values. */
  proof: readonly string[];
  /** The very lines; the first ones where there are many. */
  evidence: readonly EvidenceLine[];
  /** All lines that speak for it. */
  count: number;
  /** Epoch milliseconds, UTC. */
  firstAt?: number;
  lastAt?: number;
  /** Other causes, none of which the evidence rules out. */
  others: readonly Cause[];
  /** Causes that the evidence rules out, and why. */
  ruledOut: readonly { cause: Cause; because: string }[];
}

export interface EvidenceReport {
  /** One sentence. */
  verdict: string;
  /** The most certain and most special first. */
  findings: readonly EvidenceFinding[];
  /** What is worth knowing and no failure of the catalogue. */
  observations: readonly Observation[];
  /** Both sides together, UTC, oldest first. */
  timeline: readonly TimelineEntry[];
  files: readonly EvidenceFile[];
  /** Tenants that the evidence names, with the files. More than one of a kind means that evidence was mixed. */
  tenants: readonly { name: string; files: readonly string[] }[];
  notes: readonly string[];
}

interface ConcludeOptions {
  now: number;
  notes: readonly string[];
  localClock?: LocalClock;
}

const shownLines = 8;
const shownFiles = 20;

/** What all evidence together says, when all of it was read. */
export function concludeEvidence(collector: EvidenceCollector, { now, notes, localClock }: ConcludeOptions): EvidenceReport {
  const offsets = findOffsets(collector.files, localClock);
  const shift = (file: CollectedFile | undefined, at: number, isLocal: boolean): number => (isLocal && file !== undefined ? (offsets.get(file)?.toInstant(at) ?? at) : at);
  const told: Sign[] = [
    ...collector.signs.map(({ fileIndex, isLocal, ...sign }) => (sign.at === undefined ? sign : { ...sign, at: shift(collector.files[fileIndex], sign.at, isLocal) })),
    ...collector.flows.conclude(),
  ];
  const keys = judgeSigningKeys(collector.objects, collector.certificates, now);
  const seen = new Set(told.map(({ failure }) => failure));
  const ruledOut = pathsReached(told, collector);
  const signs = [...pathsNotReached(told, collector), ...told, ...settingsAgainst(collector, seen), ...keys.signs].filter(({ failure }) => !isTreatedElsewhere(failure, seen));
  const failureAt = new Map(signs.toReversed().map(({ evidence, failure }) => [`${evidence.file}:${evidence.line}`, failure]));
  const findings = [...Map.groupBy(signs, ({ failure }) => failure)].flatMap(([id, own]) => findingOf(id, own, { isSeen: seen.has(id), ruledOut })).toSorted((a, b) => weightOf(b) - weightOf(a) || b.count - a.count);
  const timeline = collector.entries
    .map(({ fileIndex, ...entry }): TimelineEntry => ({ ...entry, ...failureOfLine(entry, failureAt), at: shift(collector.files[fileIndex], entry.at, entry.wasLocal), lastAt: shift(collector.files[fileIndex], entry.lastAt, entry.wasLocal) }))
    .toSorted((a, b) => a.at - b.at)
    .filter(isFirstOfItsKind());
  const tenants = [...collector.tenants].map(([name, { files }]) => ({ name, files: [...files].slice(0, shownFiles) }));
  const mixed = mixedTenants(tenants.map(({ name }) => name));
  return {
    verdict: verdictOf(findings, collector),
    findings,
    observations: [...keys.observations, ...judgeTokens(collector)],
    timeline,
    files: collector.files.map((file) => {
      const { cmdletStarts: _, hasLocalTimes: __, from, to, ...shown } = file;
      const offset = offsets.get(file);
      const span = from === undefined || to === undefined ? {} : { from: shift(file, from, offset !== undefined), to: shift(file, to, offset !== undefined) };
      return { ...shown, ...span, ...(offset === undefined ? {} : { offset: { minutes: offset.minutes, because: offset.because } }) };
    }),
    tenants,
    notes: [
      ...(mixed.length === 0 ? [] : [`The evidence is of more than one tenant: ${mixed.join(', ')}. Lines of one say nothing about the other; look at each by itself.`]),
      ...notes,
      ...(collector.dropped === 0 ? [] : [`${collector.dropped} more lines of the same kinds were counted and not kept.`]),
    ],
  };
}

/** A party that writes two logs tells the same thing twice. */
function isFirstOfItsKind(): (entry: TimelineEntry) => boolean {
  const seen = new Map<string, string>();
  return ({ at, side, text, file }) => {
    const key = `${Math.floor(at / 1000)} ${side} ${text}`;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, file);
    return first === undefined || first === file;
  };
}

/**
 * Something in front of Exchange refused, when the caller was refused and Exchange's own log of that time has no request
 * of another organisation.
 */
function pathsNotReached(signs: readonly Sign[], { files, flows }: EvidenceCollector): Sign[] {
  const logs = files.filter(({ kind, side, from }) => kind === 'IIS log' && side === 'on-premises' && from !== undefined);
  return signs.flatMap((sign) => {
    const { failure, at, evidence } = sign;
    const cause = causesOnTheWay[failure];
    const writer = files.find(({ name }) => name === evidence.file);
    if (cause === undefined || at === undefined || writer?.kind === 'IIS log' || writer?.kind === 'Exchange log' || writer?.side === 'on-premises') return [];
    const log = logs.find(({ from = 0, to = 0 }) => from <= at && at <= to);
    if (log === undefined || flows.hasCrossForestNear(at)) return [];
    return [{ ...sign, cause, proof: `The failure is of ${new Date(at).toISOString()}; ${log.name} covers that time and has no request of another organisation within two minutes: it was refused on the way.` }];
  });
}

/** The other way round: the request stands in Exchange's own log, so nothing on the way refused it. */
function pathsReached(signs: readonly Sign[], { flows }: EvidenceCollector): ReadonlyMap<string, string> {
  return new Map(
    signs.flatMap(({ failure, at }): [string, string][] => {
      const cause = causesOnTheWay[failure];
      return cause !== undefined && at !== undefined && flows.hasCrossForestNear(at) ? [[cause, `Exchange’s own log has the request of ${new Date(at).toISOString()}.`]] : [];
    }),
  );
}

function settingsAgainst({ objects }: EvidenceCollector, seen: ReadonlySet<string>): Sign[] {
  return objects.flatMap((object) =>
    settingRules.flatMap(({ causes, property, fault, isOnlyProofOfWhatIsSeen = false }) => {
      const proof = fault(object.properties);
      if (proof === undefined) return [];
      const fitting = causes.find((cause) => seen.has(findCause(cause)?.failure.id ?? ''));
      const cause = fitting ?? (isOnlyProofOfWhatIsSeen ? undefined : causes[0]);
      const failure = cause === undefined ? undefined : findCause(cause)?.failure.id;
      if (cause === undefined || failure === undefined) return [];
      return [{ failure, cause, proof, evidence: { file: object.file, line: object.lineOf(property), text: `${property} : ${shown(object.properties[property])}` } }];
    }),
  );
}

function shown(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 200);
}

/** A code of our own says nothing more than a failure that is seen too, and that treats it at length. */
function isTreatedElsewhere(id: string, seen: ReadonlySet<string>): boolean {
  return ownCodes.get(id)?.causes.some(({ see }) => see !== undefined && seen.has(see)) === true;
}

function failureOfLine({ file, line }: Pick<EvidenceLine, 'file' | 'line'>, failureAt: ReadonlyMap<string, string>): Pick<TimelineEntry, 'failure'> {
  const failure = failureAt.get(`${file}:${line}`);
  return failure === undefined ? {} : { failure };
}

function findingOf(id: string, signs: readonly Sign[], { isSeen, ruledOut }: { isSeen: boolean; ruledOut: ReadonlyMap<string, string> }): readonly EvidenceFinding[] {
  const failure = findFailure(id) ?? ownCodes.get(id);
  if (failure === undefined) return [];
  const votes = Map.groupBy(signs.filter(({ cause }) => cause !== undefined), ({ cause }) => cause ?? '');
  // A sentence with values proves more than a word in a text.
  const [best] = [...votes].toSorted((a, b) => Number(b[1].some(({ proof }) => proof !== undefined)) - Number(a[1].some(({ proof }) => proof !== undefined)) || b[1].length - a[1].length);
  const cause = failure.causes.find((each) => each.id === best?.[0]) ?? failure.causes.find((each) => !ruledOut.has(each.id)) ?? failure.causes[0];
  if (cause === undefined) return [];
  const lines = [...(best?.[1] ?? []), ...signs.filter(({ proof }) => proof !== undefined), ...signs];
  const times = signs.flatMap(({ at }) => at ?? []).toSorted((a, b) => a - b);
  const [first] = times;
  const last = times.at(-1);
  return [
    {
      failure,
      cause,
      isProven: best !== undefined,
      isSeen,
      proof: [...new Set(lines.flatMap(({ proof }) => proof ?? []))].slice(0, 5),
      evidence: [...new Map(lines.map(({ evidence }) => [`${evidence.file}:${evidence.line}:${evidence.text}`, evidence])).values()].slice(0, shownLines),
      count: new Set(signs.map(({ evidence }) => `${evidence.file}:${evidence.line}`)).size,
      ...(first === undefined || last === undefined ? {} : { firstAt: first, lastAt: last }),
      others: failure.causes.filter((each) => each !== cause && !ruledOut.has(each.id)),
      ruledOut: failure.causes.flatMap((each) => (each !== cause && ruledOut.has(each.id) ? [{ cause: each, because: ruledOut.get(each.id) ?? '' }] : [])),
    },
  ];
}

function weightOf({ failure, isProven, isSeen }: EvidenceFinding): number {
  return (isSeen ? 4 : 0) + (isProven ? 2 : 0) + (failure.isGeneral === true || ownCodes.has(failure.id) ? 0 : isSeen ? 3 : 0);
}

function verdictOf(findings: readonly EvidenceFinding[], { files }: EvidenceCollector): string {
  const read = files.filter(({ kind }) => kind !== 'empty' && kind !== 'binary').length;
  const [first] = findings;
  if (read === 0) return 'There is nothing in this evidence that could be read.';
  if (first === undefined) return `Nothing in ${read} file${read === 1 ? '' : 's'} is a failure that is known.`;
  if (ownCodes.has(first.failure.id)) return `${first.failure.title.replace(/\.$/, '')} (${first.failure.id}).`;
  if (first.isProven) return first.isSeen ? `${first.cause.title}; it shows as “${first.failure.title}”.` : `${first.cause.title}; the failure that this leads to (${first.failure.title}) is not in the evidence.`;
  return `${first.failure.title}; the evidence does not tell which of its ${first.others.length + 1} causes it is.`;
}

/** Names of more than one tenant, or ids of more than one. */
function mixedTenants(names: readonly string[]): readonly string[] {
  const ids = names.filter((name) => /^[0-9a-f-]{36}$/.test(name));
  const domains = names.filter((name) => name.endsWith('.onmicrosoft.com'));
  return domains.length > 1 ? domains : ids.length > 1 ? ids : [];
}

function judgeTokens({ tokens }: EvidenceCollector): Observation[] {
  return tokens.flatMap(({ claims, sentAt, sentTo, evidence }): Observation[] => {
    const expires = timeOf(claims['exp']);
    const observations: Observation[] = [];
    if (sentAt !== undefined && expires !== undefined && sentAt > expires) observations.push({ text: `A token was sent ${Math.round((sentAt - expires) / 60_000)} minutes after its end.`, evidence });
    const host = audienceHost(claims['aud']);
    if (sentTo !== undefined && host !== undefined && host !== sentTo.hostname.toLowerCase()) observations.push({ text: `A token for ${host} was sent to ${sentTo.hostname}: a server refuses it with 2000003.`, evidence });
    return observations;
  });
}

/** `https://host/` of a person's token, `<application>/host@<tenant>` of a server's. */
function audienceHost(audience: unknown): string | undefined {
  if (typeof audience !== 'string') return undefined;
  const url = /^https?:\/\//.test(audience) ? URL.parse(audience) : null;
  if (url !== null) return url.hostname.toLowerCase();
  return /^[0-9a-f-]{36}\/([^@/]+)@/i.exec(audience)?.[1]?.toLowerCase();
}
