/**
 * The address inside what people write: `smtp:bert@contoso.test`, `SMTP:…` (Exchange's mark of the primary address) or
 * the bare address. Another prefix (`SIP:`, `X500:`) is left in place, so that it can never pass for an SMTP address.
 */
export function bareSmtpAddress(text: string): string {
  const trimmed = text.trim();
  return trimmed.slice(0, 5).toLowerCase() === 'smtp:' ? trimmed.slice(5) : trimmed;
}

/** What addresses are compared by: without prefix, lower case. */
export function addressKey(text: string): string {
  return bareSmtpAddress(text).toLowerCase();
}

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domainShape = new RegExp(`^${label}(?:\\.${label})*$`, 'i');
/** RFC 5322 §3.4.1 dot-atom; Exchange refuses quoted local parts. `{}`, `=` and `+` occur in its own system addresses. */
const localPartShape = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;

/** True for a DNS domain name as Exchange's SmtpDomain takes it: ASCII labels of at most 63, at most 255 together. */
export function isSmtpDomain(text: string): boolean {
  return text.length <= 255 && domainShape.test(text);
}

/** True for an address without prefix that can stand in a directory: at most 64 before the `@`, 320 in all. */
export function isSmtpAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  if (at < 1 || at > 64 || text.length > 320) return false;
  return localPartShape.test(text.slice(0, at)) && isSmtpDomain(text.slice(at + 1));
}

/** The domain of an address, lower case. */
export function smtpDomainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
