import { createBoundedCache } from '../../foundation/index.ts';
import { ownCodes } from '../knowledge/own-codes/own-codes.ts';
import { mayBeFailure, recognizeFailures } from '../recognition/recognize-failures.ts';
import { recognizeOwnCodes } from '../recognition/recognize-own-codes.ts';
import type { SecretMasker } from '../masking/mask-secrets.ts';
import { createRequestFlows } from './rules/request-flows.ts';
import type { RequestFlows, SeenRequest } from './rules/request-flows.ts';
import { withoutEscapes } from './text/without-escapes.ts';
import type { EvidenceFile, EvidenceKind, EvidenceLine, EvidenceObject, EvidenceSide, Sign, TimelineEntry } from './evidence-types.ts';

/** A certificate that was among the evidence, in a file or in a cmdlet's output. */
export interface SeenCertificate {
  thumbprint: string;
  subject: string;
  notBefore: number;
  notAfter: number;
  evidence: EvidenceLine;
}

/** A token, by what it says; never the token itself. */
export interface SeenToken {
  claims: Readonly<Record<string, unknown>>;
  header: Readonly<Record<string, unknown>>;
  /** When and for which host it was sent, where the evidence tells. */
  sentAt?: number;
  sentTo?: URL;
  evidence: EvidenceLine;
}

interface Occurrence {
  line: number;
  text: string;
  /** Epoch milliseconds; of a local time as if it were UTC. */
  at?: number | undefined;
  isLocal?: boolean;
  /** For the time line, where the line itself is long. */
  summary?: string;
}

/** What a reader tells of one file. All texts are masked here, before anything is kept. */
export interface FileSink {
  readonly name: string;
  side: EvidenceSide;
  /** Something for the time line. Equal `key`s are one entry; by default the text without its numbers. */
  see(occurrence: Occurrence, key?: string): void;
  /** A text that may be an error of the catalogue. Says whether it is one that is not part of others; what is in `told` is not told again, and what is told is added. `isTold`: what is part of others has been told as one of them. */
  recognize(occurrence: Occurrence, told?: Set<string>, isTold?: boolean): boolean;
  /** An error code of one of our own parties; others are passed over. */
  code(code: string, occurrence: Occurrence): void;
  sign(sign: Pick<Sign, 'failure' | 'cause' | 'proof'>, occurrence: Occurrence): void;
  request(request: Omit<SeenRequest, 'evidence' | 'flow' | 'side'>, occurrence: Occurrence): void;
  object(properties: Readonly<Record<string, unknown>>, lineOf: (property: string) => number): void;
  certificate(certificate: Omit<SeenCertificate, 'evidence'>, occurrence: Occurrence): void;
  token(token: Omit<SeenToken, 'evidence'>, occurrence: Occurrence): void;
  /** Whether the last requests of clients in this file were refused, so that the next answer matters. */
  hasRefusedClients(): boolean;
  /** A tenant's initial domain or id that stands in the evidence. */
  tenant(name: string, line: number): void;
  /** A time at which a cmdlet began, for finding the offset of a log in local time. */
  cmdletStart(cmdlet: string, at: number, isLocal: boolean): void;
  note(text: string): void;
  /** The first and last time of the file, where no line of it was worth an entry. */
  span(at: number, isLocal?: boolean): void;
}

export interface CollectedFile extends Omit<EvidenceFile, 'kind' | 'notes'> {
  kind: EvidenceKind;
  notes: string[];
  hasLocalTimes: boolean;
  cmdletStarts: { cmdlet: string; at: number; isLocal: boolean }[];
}

type Kept = Omit<TimelineEntry, 'at' | 'lastAt'> & { at: number; lastAt: number; fileIndex: number };

export interface EvidenceCollector {
  open(name: string, kind: EvidenceKind, side: EvidenceSide): FileSink & { file: CollectedFile };
  readonly files: readonly CollectedFile[];
  readonly entries: readonly Kept[];
  readonly signs: readonly (Sign & { fileIndex: number; isLocal: boolean })[];
  readonly objects: readonly EvidenceObject[];
  readonly certificates: readonly SeenCertificate[];
  readonly tokens: readonly SeenToken[];
  readonly tenants: ReadonlyMap<string, { files: Set<string>; line: EvidenceLine }>;
  readonly flows: RequestFlows;
  /** What did not fit. */
  readonly dropped: number;
}

/** So much of a text is compared with the catalogue. */
const longestRecognized = 16_384;
/** So much of a line is kept. */
const longestText = 600;
const mostGroups = 4000;
const entriesOfGroup = 4;
const mostSigns = 5000;
const signsOfCause = 40;
const mostObjects = 20_000;
const mostCertificates = 2000;
const mostTokens = 500;
/** Different texts, their numbers aside, that are compared with the catalogue. */
const rememberedTexts = 20_000;
/** A line without any of these is no error of the catalogue, and most lines have none. */
const errorWords = /error|fail|exception|unable|denied|invalid|unauthori|forbidden|forcibly|not found|could not|cannot|does not|must|expired|missing|timeout|timed|waiting|object moved|aadsts|hcw8|lid:|http status|provision|diagnostics|flighting|HTTP\/\d.\d [45]|asurl|secure channel|not allowed|specif|rehydration|disabled|fehler|nicht|geschlossen|erreur|impossible|connexion|remoto|conexión/i;

/** Nearly no line has any of these. */
const codeLike = /(?:AGENT|RELAY|TUNNEL|WIZARD|IDENTITY_STS)_[A-Z]|HCW\d|AADSTS\d|error_codes/;

export function createEvidenceCollector(masker: SecretMasker): EvidenceCollector {
  const files: CollectedFile[] = [];
  const groups = new Map<string, Kept[]>();
  const signs: (Sign & { fileIndex: number; isLocal: boolean })[] = [];
  const signCounts = new Map<string, number>();
  const objects: EvidenceObject[] = [];
  const certificates: SeenCertificate[] = [];
  const tokens: SeenToken[] = [];
  const tenants = new Map<string, { files: Set<string>; line: EvidenceLine }>();
  const known = createBoundedCache<readonly { id: string; cause?: string; isGeneral: boolean }[]>(rememberedTexts);
  const flows = createRequestFlows();
  let dropped = 0;

  const recognizeText = (text: string): readonly { id: string; cause?: string; isGeneral: boolean }[] => {
    const key = withoutNumbers(text);
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = recognizeFailures(text, false);
    const [first] = found;
    // Of one line only the best counts, and what is as good.
    const kept = found
      .filter(({ score, failure }) => first !== undefined && score === first.score && failure.isGeneral === first.failure.isGeneral)
      .map(({ failure, causes }) => {
        const [likely] = causes;
        const isSaid = likely !== undefined && likely !== failure.causes[0];
        return { id: failure.id, isGeneral: failure.isGeneral === true, ...(isSaid ? { cause: likely.id } : {}) };
      });
    known.set(copied(key), kept);
    return kept;
  };

  const open: EvidenceCollector['open'] = (name, kind, side) => {
    const fileIndex = files.length;
    const file: CollectedFile = { name, kind, side, bytes: 0, lines: 0, notes: [], hasLocalTimes: false, cmdletStarts: [] };
    files.push(file);
    const span = (at: number, isLocal = false): void => {
      if (Number.isNaN(at)) return;
      file.from = Math.min(file.from ?? at, at);
      file.to = Math.max(file.to ?? at, at);
      if (isLocal) file.hasLocalTimes = true;
    };
    const kept = (text: string): string => copied(shorten(masker.text(withoutEscapes(shorten(text, 16_384)).trim()), longestText));
    const lineOf = ({ line, text }: Occurrence): EvidenceLine => ({ file: name, line, text: kept(text) });
    const sink: FileSink & { file: CollectedFile } = {
      name,
      file,
      get side() {
        return file.side;
      },
      set side(value) {
        file.side = value;
      },
      span,
      see(occurrence, key) {
        const { at, isLocal = false } = occurrence;
        if (at === undefined || Number.isNaN(at)) return;
        span(at, isLocal);
        const group = `${fileIndex}\0${key ?? withoutNumbers(occurrence.text)}`;
        let entries = groups.get(group);
        if (entries === undefined) {
          if (groups.size >= mostGroups) {
            dropped++;
            return;
          }
          groups.set(copied(group), (entries = []));
        }
        const last = entries.at(-1);
        if (entries.length < entriesOfGroup || last === undefined) {
          entries.push({ ...lineOf({ ...occurrence, text: occurrence.summary ?? occurrence.text }), at, lastAt: at, count: 1, wasLocal: isLocal, side: file.side, fileIndex });
        } else {
          last.count++;
          last.lastAt = at;
        }
      },
      recognize(occurrence, told = new Set(), isTold = false) {
        const text = shorten(occurrence.text, longestRecognized);
        if (codeLike.test(text)) for (const { failure } of recognizeOwnCodes(text)) sink.code(failure.id, occurrence);
        if (!errorWords.test(text) || !mayBeFailure(text)) return false;
        const found = recognizeText(text).filter(({ isGeneral }) => !isTold || !isGeneral);
        for (const { id, cause } of found) if (!told.has(id)) sink.sign({ failure: id, ...(cause === undefined ? {} : { cause }) }, occurrence);
        for (const { id } of found) told.add(id);
        return found.some(({ isGeneral }) => !isGeneral);
      },
      code(code, occurrence) {
        const [cause, ...others] = ownCodes.get(code)?.causes ?? [];
        if (cause !== undefined) sink.sign({ failure: code, ...(others.length === 0 ? { cause: cause.id } : {}) }, occurrence);
      },
      sign({ failure, cause, proof }, occurrence) {
        const key = `${fileIndex} ${failure} ${cause ?? ''}`;
        const count = (signCounts.get(key) ?? 0) + 1;
        signCounts.set(key, count);
        if (occurrence.at !== undefined) span(occurrence.at, occurrence.isLocal);
        if (count > signsOfCause || signs.length >= mostSigns) {
          dropped++;
          return;
        }
        const { at, isLocal = false } = occurrence;
        signs.push({ failure, evidence: lineOf(occurrence), fileIndex, isLocal, ...(cause === undefined ? {} : { cause }), ...(proof === undefined ? {} : { proof: masker.text(proof) }), ...(at === undefined ? {} : { at }) });
      },
      request(request, occurrence) {
        // Answers need no evidence, and nearly all are. Of the occurrence nothing else is held: its text is a slice of a block.
        const text = request.status >= 300 ? copied(shorten(occurrence.text, 4096)) : '';
        const { line } = occurrence;
        flows.add({ ...request, flow: `${file.kind} of ${file.side}`, side: file.side, evidence: () => lineOf({ line, text }) });
      },
      hasRefusedClients: () => flows.hasRefusedClients(`${file.kind} of ${file.side}`),
      object(properties, lineOfProperty) {
        if (objects.length < mostObjects) objects.push({ properties: withCopies(properties), file: name, lineOf: lineOfProperty, side: file.side });
        else dropped++;
      },
      certificate(certificate, occurrence) {
        if (certificates.length < mostCertificates) certificates.push({ ...certificate, evidence: lineOf(occurrence) });
        else dropped++;
      },
      token(token, occurrence) {
        if (tokens.length < mostTokens) tokens.push({ ...token, evidence: lineOf(occurrence) });
        else dropped++;
      },
      tenant(tenant, line) {
        const key = tenant.toLowerCase();
        const seen = tenants.get(key);
        if (seen !== undefined) seen.files.add(name);
        else if (tenants.size < 200) tenants.set(key, { files: new Set([name]), line: { file: name, line, text: key } });
      },
      cmdletStart(cmdlet, at, isLocal) {
        if (file.cmdletStarts.length < 1000) file.cmdletStarts.push({ cmdlet: copied(cmdlet), at, isLocal });
      },
      note(text) {
        if (file.notes.length < 20 && !file.notes.includes(text)) file.notes.push(text);
      },
    };
    return sink;
  };

  return {
    open,
    files,
    get entries() {
      return [...groups.values()].flat();
    },
    signs,
    objects,
    certificates,
    tokens,
    tenants,
    flows,
    get dropped() {
      return dropped;
    },
  };
}

/** Texts that differ only in numbers, ids and addresses are the same happening. */
function withoutNumbers(text: string): string {
  return shorten(text, 2000).replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}|MASKED-[\w-]+|\d+/gi, '#');
}

/** A slice would keep the whole block of the file in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}

function withCopies(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, typeof value === 'string' ? copied(value) : value]));
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
