/** Where a piece of evidence was written. */
export type EvidenceSide = 'on-premises' | 'cloud' | 'client' | 'set-up' | 'relay' | 'agent' | 'token service' | 'unknown';

/** What a file was found to be, by its content. */
export type EvidenceKind =
  | 'empty'
  | 'binary'
  | 'wizard log'
  | 'wizard cmdlets'
  | 'IIS log'
  | 'Exchange log'
  | 'access log'
  | 'event log (XML)'
  | 'event log (text)'
  | 'HAR trace'
  | 'SAZ trace'
  | 'archive'
  | 'JSON lines'
  | 'JSON'
  | 'Clixml'
  | 'CSV'
  | 'Format-List'
  | 'mail'
  | 'token'
  | 'certificate'
  | 'private key'
  | 'event log (evtx)'
  | 'text';

/** A line of the evidence, with secrets masked. */
export interface EvidenceLine {
  /** As it was given; inside an archive `archive.saz!raw/1_s.txt`. */
  file: string;
  /** From 1; 0 where the format has no lines. */
  line: number;
  /** Cut after some hundred characters. */
  text: string;
}

/** Something with a time. Equal things are one entry with a count. */
export interface TimelineEntry extends EvidenceLine {
  /** Epoch milliseconds. */
  at: number;
  /** The last of `count`. */
  lastAt: number;
  count: number;
  /** Whether the time was written as local time and the offset of its file was applied. */
  wasLocal: boolean;
  side: EvidenceSide;
  /** The failure, or the error code, that this line speaks for. */
  failure?: string;
}

/** What a reader noticed that speaks for a cause of the catalogue. */
export interface Sign {
  /** Id of a failure, or an error code of one of our own parties. */
  failure: string;
  /** Id of one of its causes, where the evidence tells. */
  cause?: string;
  /** One sentence with the values. */
  proof?: string;
  evidence: EvidenceLine;
  at?: number;
}

/** One object of a cmdlet's output. */
export interface EvidenceObject {
  properties: Readonly<Record<string, unknown>>;
  file: string;
  /** The line of a property, or of the object. */
  lineOf(property: string): number;
  side: EvidenceSide;
}

export interface EvidenceFile {
  name: string;
  kind: EvidenceKind;
  side: EvidenceSide;
  bytes: number;
  lines: number;
  /** What was not read, and other things to know. */
  notes: readonly string[];
  /** The first and last time in it, epoch milliseconds. */
  from?: number;
  to?: number;
  /** Times in it are local; this was taken as their offset from UTC. */
  offset?: { minutes: number; because: string };
}
