import { isIP } from 'node:net';
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

/** A domain, or with `*.` before it the domains below it and itself. */
export const tlsDomain = shortText
  .trim()
  .refine((text) => isSmtpDomain(text.replace(/^\*\./, '')), 'is not a valid domain name; * can only stand before the first period');

/** A host that takes mail: a name, or an address which may stand in brackets as it is shown. */
export const mailHost = z
  .string()
  .trim()
  .transform((text) => text.replace(/^\[(.*)\]$/, '$1'))
  .refine((text) => isIP(text) !== 0 || isSmtpDomain(text), 'is not a valid host name or IP address')
  .transform((text) => (isIP(text) === 0 ? text : `[${text}]`));

/** `SMTP:contoso.com;1` in any of the forms in which New-SendConnector takes it. Only SMTP is spoken here. */
export const addressSpace = shortText
  .trim()
  .refine((text) => /^(?:smtp:)?[^:;]+(?:;(?:[1-9]\d?|100))?$/i.test(text), 'is not a valid SMTP address space')
  .transform((text) => /^(?:smtp:)?([^;]+)(?:;(\d+))?$/i.exec(text) ?? [])
  .transform(([, domain = '', cost = '1']) => ({ domain: domain.trim(), cost }))
  .refine(({ domain }) => domain === '*' || isSmtpDomain(domain.replace(/^\*\./, '')), 'is not a valid SMTP address space')
  .transform(({ domain, cost }) => `smtp:${domain};${cost}`);

/** Bytes of a message, up to 2 GB. */
export const byteSize = z.int().min(65_536, 'must be at least 64 KB').max(2_147_483_647, 'must be less than 2 GB');
