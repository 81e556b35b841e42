import { z } from 'zod';
import { isSmtpDomain } from '../smtp-address.ts';

/** Names of configuration objects: 1 to 64 characters, as New-OrganizationRelationship publishes. */
export const nameSchema = z.string().trim().min(1, 'Name may not be empty').max(64, 'Name may have at most 64 characters');

/** An absolute https URL, kept as it was written. */
export const httpsUrl = z.string().max(2048, 'may have at most 2048 characters').refine(isHttpsUrl, 'must be an absolute URL that begins with https://');

export const domainName = z
  .string()
  .transform((text) => text.trim())
  .refine(isSmtpDomain, 'is not a valid domain name');

/** At most 238, which is what a relationship's DomainNames take in one request. Twice the same domain counts once. */
export const domainNames = z
  .array(domainName)
  .max(238, 'may hold at most 238 domains')
  .transform((domains) => [...new Map(domains.map((domain) => [domain.toLowerCase(), domain])).values()]);

/** SHA-1 of a certificate as Windows shows it: 40 hexadecimal digits, kept in upper case. */
export const thumbprint = z
  .string()
  .transform((text) => text.replace(/[\s\u200e\u200f]/g, '').toUpperCase())
  .refine((text) => /^[0-9A-F]{40}$/.test(text), 'must be a thumbprint of 40 hexadecimal digits');

/** ISO 8601 in UTC. */
export const instantText = z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time' }).transform((text) => new Date(text).toISOString());

export const shortText = z.string().max(1024, 'may have at most 1024 characters');

/** Certificates as Exchange's CertificateStrings hold them: base64 of the DER form. */
export const certificateStrings = z.array(z.base64('must be a certificate in base64').max(16_384)).max(32);

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && text.toLowerCase().startsWith('https://');
}
