import { errorText, HybridgeError } from '../../../foundation/index.ts';

/** What a test cmdlet shows of a failure: the gateway's or the other organisation's own words, where there are some. */
export function failureText(error: unknown): string {
  if (!(error instanceof HybridgeError)) return errorText(error);
  const { text, value, internalCode } = error.facts;
  if (typeof text !== 'string') return error.message;
  const codes = [value, internalCode].filter((code) => typeof code === 'string' && code !== '').join(' ');
  return `Soap fault exception received. ${text} ${codes}`.trim();
}
