import type { EvidenceFile, EvidenceLine, TimelineEntry } from '../evidence/evidence-types.ts';
import type { Cause, Step } from '../knowledge/failure.ts';

/** One failure with its cause, as every report of the doctor tells it. */
export interface ReportFinding {
  /** Ids of failure and cause in the catalogue. */
  failure: string;
  cause: string;
  title: string;
  /** The failure as it is seen. */
  symptom: string;
  isProven: boolean;
  proof: readonly string[];
  evidence: readonly EvidenceLine[];
  /** All lines that speak for it; `evidence` are the first of them. */
  count?: number;
  firstAt?: number;
  lastAt?: number;
  why: string;
  repair: readonly Step[];
  risk: string;
  check: readonly Step[];
  /** The cause that `repair` is for, where it is not proved and its proof is to be told. */
  likeliest?: Cause;
  /** Other causes with all that is known of them; `others` is empty then. */
  alternatives?: readonly Cause[];
  /** Causes that are not ruled out. */
  others: readonly { id: string; title: string }[];
  ruledOut: readonly { id: string; title: string; because: string }[];
}

export interface ReportProbe {
  id: string;
  title: string;
  status: 'pass' | 'fail' | 'skipped';
  detail: string;
  durationMs: number;
}

/** What the doctor found, for a terminal, a script or a page. */
export interface DoctorReport {
  /** What was examined. */
  title: string;
  /** `unknown`: nothing could be looked at. */
  status: 'well' | 'wrong' | 'unknown';
  verdict: string;
  /** Epoch milliseconds. */
  madeAt: number;
  findings: readonly ReportFinding[];
  observations: readonly { text: string; evidence?: EvidenceLine }[];
  probes: readonly ReportProbe[];
  timeline: readonly TimelineEntry[];
  files: readonly EvidenceFile[];
  notes: readonly string[];
}
