import type { HeaderField } from './header-fields.ts';

/** What frames or routes a message; servers that hand fields on as variables (CGI, WSGI) read an underscore as a dash. */
const framingFields = new Set(['content-length', 'transfer-encoding', 'host', 'connection', 'upgrade', 'expect']);

/**
 * True when a request that is well-formed by itself carries what some servers take for something else: a framing field
 * spelt with underscores, an upgrade that offers HTTP again behind another protocol (after a switch the target alone
 * would see further requests), an expectation that is not `100-continue` to the letter.
 */
export function hasAmbiguousFields(fields: readonly HeaderField[], upgrade: string | undefined): boolean {
  if (upgrade !== undefined && upgrade.split(',').some((protocol) => /^(?:h2c|http|tls)(?:\/|$)/i.test(protocol.trim()))) return true;
  let expectations = 0;
  for (const { key, value } of fields) {
    if (key === 'expect' && ((expectations += 1) > 1 || value.toLowerCase() !== '100-continue')) return true;
    if (key.includes('_') && framingFields.has(key.replaceAll('_', '-'))) return true;
  }
  return false;
}
