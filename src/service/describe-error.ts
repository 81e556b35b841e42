import { errorCode, errorText, HybridgeError } from '../foundation/index.ts';

/** What went wrong and what to do, without a stack: for a person at a terminal. */
export function describeError(error: unknown): string {
  const code = errorCode(error);
  const lines = [`${code === undefined ? 'Unexpected failure' : code}: ${errorText(error)}`];
  if (error instanceof HybridgeError && error.remedy !== undefined) lines.push(error.remedy);
  return lines.join('\n');
}
