/** Facts for the operator's log: plain values, never secrets. */
export type ErrorFacts = Readonly<Record<string, unknown>>;

export interface HybridgeErrorOptions {
  /** What the operator needs to understand the failure. Never sent to a stranger, never a secret. */
  facts?: ErrorFacts;
  /** True when the same call may succeed later without anybody changing anything. Default false. */
  retryable?: boolean;
  /** What the person who meets this error should do, one sentence. Safe for strangers. */
  remedy?: string;
  cause?: unknown;
}

/**
 * The one base class of every error that Hybridge raises on purpose. `code` is stable and is what callers decide on;
 * `message` is safe to show a stranger and may be reworded at any time.
 */
export class HybridgeError<Code extends string = string> extends Error {
  override readonly name: string = 'HybridgeError';
  readonly code: Code;
  readonly facts: ErrorFacts;
  readonly retryable: boolean;
  readonly remedy: string | undefined;

  constructor(code: Code, message: string, options: HybridgeErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.facts = options.facts ?? {};
    this.retryable = options.retryable ?? false;
    this.remedy = options.remedy;
  }
}

/** The code of an error raised on purpose by us or by Node (`ECONNREFUSED`), or undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

/** The message of anything that was thrown. For logs and operators; it may name internals. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
