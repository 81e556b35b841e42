import type { ErrorFacts } from '../../foundation/index.ts';
import { IdentityError } from '../identity-error.ts';
import type { TokenRejectionCode } from '../identity-error.ts';

/** What `x-ms-diagnostics` says about a refused token. */
export interface Diagnostics {
  /** Seven digits. */
  code: string;
  reason: string;
  category: string;
}

/**
 * A bearer token was refused. Answer 401 with `challenge({ rejected })`, which carries the diagnostics; `facts` say more
 * to the log. The token itself is in neither.
 */
export class TokenRejected extends IdentityError<TokenRejectionCode> {
  override readonly name = 'TokenRejected';
  readonly diagnostics: Diagnostics;

  constructor(code: TokenRejectionCode, diagnostics: Diagnostics, facts: ErrorFacts = {}) {
    super(code, diagnostics.reason, { facts });
    this.diagnostics = diagnostics;
  }
}

/** The value of the `x-ms-diagnostics` header. */
export function formatDiagnostics(diagnostics: Diagnostics): string {
  return `${diagnostics.code};reason="${diagnostics.reason}";error_category="${diagnostics.category}"`;
}

/** A claim's text as a header and a log line may hold it: printable ASCII without quotes and backslashes, 200 characters at most. */
export function quotable(value: unknown): string {
  return String(value).replace(/[^\x20-\x7e]|["\\]/g, '?').slice(0, 200);
}
