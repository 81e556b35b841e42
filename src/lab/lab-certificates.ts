import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../identity/index.ts';
import type { CertificateAuthority } from '../identity/index.ts';
import { makeFolder } from '../foundation/index.ts';

export interface ServerCertificate {
  certificate: string;
  privateKey: string;
}

export interface LabCertificates {
  /** PEM of the authority that all of the lab trusts, and its file. */
  ca: string;
  caFile: string;
  /** A certificate for these names, kept in the state folder and renewed a week before it ends. */
  server(name: string, hosts: readonly string[]): Promise<ServerCertificate>;
  /** One that its server shows to other servers as well, as mail servers do. */
  mailServer(name: string, hosts: readonly string[]): Promise<ServerCertificate>;
  /** A certificate of the same authority that nobody keeps. */
  issue(options: { hosts: readonly string[]; days: number; clock: Clock }): Promise<ServerCertificate>;
}

const renewBeforeMs = 7 * 86_400_000;

/** The lab's own certificate authority and what it has issued, kept in the state folder. */
export async function openLabCertificates(directory: string, clock: Clock): Promise<LabCertificates> {
  const folder = join(directory, 'certificates');
  makeFolder(folder, { mode: 0o700 });
  const authority = await openAuthority(folder, clock);
  const caFile = join(directory, 'ca.pem');
  writeFileSync(caFile, authority.certificate);
  return {
    ca: authority.certificate,
    caFile,
    issue: (options) => issueServerCertificate(authority, options),
    server: (name, hosts) => kept(name, hosts, false),
    mailServer: (name, hosts) => kept(name, hosts, true),
  };

  async function kept(name: string, hosts: readonly string[], isClient: boolean): Promise<ServerCertificate> {
    const certificateFile = join(folder, `${name}.pem`);
    const keyFile = join(folder, `${name}.key`);
    if (existsSync(certificateFile) && existsSync(keyFile)) {
      const certificate = readFileSync(certificateFile, 'utf8');
      if (serves(certificate, authority, hosts, clock)) return { certificate, privateKey: readFileSync(keyFile, 'utf8') };
    }
    const issued = await issueServerCertificate(authority, { hosts: [...hosts], days: 365, clock, isClient });
    writeFileSync(keyFile, issued.privateKey, { mode: 0o600 });
    writeFileSync(certificateFile, issued.certificate);
    return issued;
  }
}

async function openAuthority(folder: string, clock: Clock): Promise<CertificateAuthority> {
  const certificateFile = join(folder, 'authority.pem');
  const keyFile = join(folder, 'authority.key');
  if (existsSync(certificateFile) && existsSync(keyFile)) {
    const certificate = readFileSync(certificateFile, 'utf8');
    if (Date.parse(new X509Certificate(certificate).validTo) - clock.now() > renewBeforeMs) return { certificate, privateKey: readFileSync(keyFile, 'utf8') };
  }
  const authority = await createCertificateAuthority({ commonName: 'Hybridge Lab CA', clock, days: 3650 });
  writeFileSync(keyFile, authority.privateKey, { mode: 0o600 });
  writeFileSync(certificateFile, authority.certificate);
  return authority;
}

function serves(certificate: string, authority: CertificateAuthority, hosts: readonly string[], clock: Clock): boolean {
  const parsed = new X509Certificate(certificate);
  const names = new Set((parsed.subjectAltName ?? '').split(', ').map((entry) => entry.replace(/^(DNS|IP Address):/, '')));
  return Date.parse(parsed.validTo) - clock.now() > renewBeforeMs && parsed.checkIssued(new X509Certificate(authority.certificate)) && hosts.every((host) => names.has(host));
}
