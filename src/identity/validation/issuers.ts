import type { KeyObject } from 'node:crypto';
import { readCertificate } from '../certificates/read-certificate.ts';
import { textOf } from '../tokens/decode-token.ts';
import type { DecodedToken } from '../tokens/decode-token.ts';
import { unknownIssuer, unknownKey, unknownTenant } from './rejections.ts';
import type { TrustedAuthServer } from './trust-settings.ts';

/** An authorization server with its keys parsed. */
export interface Issuer {
  server: TrustedAuthServer;
  keys: ReadonlyMap<string, KeyObject>;
}

/** Enabled issuers by the exact `iss` that they write. */
export type Issuers = ReadonlyMap<string, Issuer>;

/**
 * Parses every key of every enabled server, once. Keys are found by `x5t`, by `x5t#S256`, and by the same two texts as
 * `kid`. A certificate that cannot be read is left out: tokens of that key then fail like those of any unknown one.
 */
export function compileIssuers(servers: readonly TrustedAuthServer[]): Issuers {
  const issuers = new Map<string, Issuer>();
  for (const server of servers) {
    if (!server.enabled || server.type === 'ADFS') continue;
    const issuer = issuerText(server);
    if (issuer !== undefined) issuers.set(issuer, { server, keys: new Map([...(issuers.get(issuer)?.keys ?? []), ...compileKeys(server.certificates)]) });
  }
  return issuers;
}

function issuerText(server: TrustedAuthServer): string | undefined {
  if (server.type === 'AzureAD') return server.issuerIdentifier;
  return server.realm === undefined || server.realm === '' ? undefined : `${server.issuerIdentifier}@${server.realm}`;
}

function compileKeys(certificates: readonly string[]): [string, KeyObject][] {
  return certificates.flatMap((certificate) => {
    try {
      const { x5t, x5tS256, publicKey } = readCertificate(certificate);
      return [[x5t, publicKey], [x5tS256, publicKey]] as [string, KeyObject][];
    } catch {
      return [];
    }
  });
}

/**
 * The issuer that a token names.
 *
 * @throws TokenRejected `IDENTITY_TOKEN_TENANT` when a trusted service issued it for a tenant that is not ours,
 *   `IDENTITY_TOKEN_ISSUER` for anybody else
 */
export function issuerOf(issuers: Issuers, token: DecodedToken): Issuer {
  const text = textOf(token.claims['iss']);
  const issuer = text === undefined ? undefined : issuers.get(text);
  if (issuer !== undefined) return issuer;
  const foreign = text === undefined ? undefined : foreignTenant(issuers, text);
  throw foreign === undefined ? unknownIssuer(text) : unknownTenant(foreign);
}

function foreignTenant(issuers: Issuers, text: string): string | undefined {
  const [acs, realm] = text.split('@');
  const [, base, tenant] = /^(https:\/\/.+\/)([^/]+)\/$/.exec(text) ?? [];
  for (const { server } of issuers.values()) {
    if (server.type === 'MicrosoftACS' && realm !== undefined && acs === server.issuerIdentifier) return realm;
    if (server.type === 'AzureAD' && tenant !== undefined && server.issuerIdentifier.startsWith(`${base}`)) return tenant;
  }
  return undefined;
}

/**
 * The issuer's key that a token names in its header. Only names are taken from there, never a key or an address.
 *
 * @throws TokenRejected `IDENTITY_TOKEN_KEY_UNKNOWN`
 */
export function keyOf(issuer: Issuer, token: DecodedToken): KeyObject {
  const name = textOf(token.header['x5t']) ?? textOf(token.header['x5t#S256']) ?? textOf(token.header['kid']);
  const key = name === undefined ? undefined : issuer.keys.get(name);
  if (key === undefined) throw unknownKey({ authServer: issuer.server.name, key: name, known: issuer.keys.size / 2 });
  return key;
}
