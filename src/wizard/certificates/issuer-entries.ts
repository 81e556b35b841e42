import type { Observed } from '../observed.ts';
import { isTrue, listOf, textOf } from '../observed.ts';
import type { CertificateEntry, CertificateProblem } from './certificate-entry.ts';
import type { CertificateTimes } from './certificate-store.ts';
import { readTimes } from './certificate-store.ts';
import type { SourceView } from './certificate-sources.ts';

/** Somebody who believes what an issuer signs, and the keys that are known there. */
export interface TrustingObject {
  /** `AuthServer ACS - …`, `FederationTrust Microsoft Federation Gateway`. */
  name: string;
  identity: string;
  session: 'OnPremises' | 'Cloud';
  side: string;
  known: ReadonlySet<string>;
  /** What the issuer publishes now, the one that signs first where the document says so. */
  published: readonly string[];
  stale: CertificateProblem['text'];
  remedy: string;
}

const bothSides = [
  ['OnPremises', 'on premises'],
  ['Cloud', 'cloud'],
] as const;

/** Keys that the token service signs with, and whether those who believe it know them. */
export async function issuerEntries(view: SourceView): Promise<CertificateEntry[]> {
  const { sources, attempt } = view;
  const trusting = [...(await authServers(view)), ...(await federationTrusts(view))];
  const keys = await attempt('token service', sources.tokenService === undefined ? undefined : () => sources.tokenService?.listSigningKeys() ?? Promise.resolve([]));
  const certificates = new Map<string, CertificateTimes>();
  const note = (certificate: string): void => {
    const read = readTimes(certificate);
    if (read !== undefined && !certificates.has(read.thumbprint)) certificates.set(read.thumbprint, read);
  };
  for (const key of keys ?? []) note(key.certificate);
  for (const { published } of trusting) for (const certificate of published) note(certificate);
  return [...certificates].map(([thumbprint, times]) => {
    const key = keys?.find((candidate) => candidate.thumbprint === thumbprint);
    const role = key === undefined || key.signing ? 'current' : key.activeFrom > view.now ? 'next' : 'past';
    return issuerEntry(thumbprint, times, trusting, { role, isTold: key !== undefined });
  });
}

const states = { current: 'signs now', next: 'signs next', past: 'former' } as const;

function issuerEntry(thumbprint: string, times: CertificateTimes, trusting: readonly TrustingObject[], { role, isTold }: { role: CertificateEntry['role']; isTold: boolean }): CertificateEntry {
  const concerned = trusting.filter(({ published }) => published.some((certificate) => readTimes(certificate)?.thumbprint === thumbprint));
  const lacking = concerned.filter(({ known }) => !known.has(thumbprint));
  // Where it is not told which key signs: an issuer of whom nothing at all is known here cannot be believed.
  const isBlind = (object: TrustingObject): boolean => (isTold ? role === 'current' : object.published.every((certificate) => !object.known.has(readTimes(certificate)?.thumbprint ?? '')));
  return {
    ...times,
    id: `token-signing-${thumbprint.slice(0, 8)}`,
    title: `Token signing${isTold ? `, ${states[role]}` : ''}`,
    uses: ['token service: signs tokens and delegation tokens', ...concerned.map(({ side, name }) => `${side}: ${name}`)],
    counterpart:
      concerned.length === 0
        ? { state: 'unseen', detail: 'nobody asked' }
        : lacking.length === 0
          ? { state: 'same', detail: `${sidesOf(concerned)}: same` }
          : { state: 'missing', detail: `${sidesOf(lacking)}: ${lacking.map(({ name }) => name).join(', ')} lacks it` },
    role,
    renewal: 'by the token service; hybridge certificates renew trust follows',
    problems: role === 'past' ? [] : lacking.map((object) => ({ severity: isBlind(object) ? 'critical' : 'warning', text: `${object.name} does not know this key${role === 'next' ? ' yet; once it signs, ' : ': '}${object.stale}`, remedy: object.remedy })),
  };
}

function sidesOf(objects: readonly TrustingObject[]): string {
  return [...new Set(objects.map(({ side }) => side))].join(', ');
}

/** Enabled authorization servers of both sides and what their issuers publish. */
export async function authServers(view: SourceView): Promise<TrustingObject[]> {
  const { sources, ask, attempt } = view;
  const objects: TrustingObject[] = [];
  for (const [session, side] of bothSides) {
    for (const server of (await ask(session, 'Get-AuthServer')) ?? []) {
      const url = textOf(server, 'AuthMetadataUrl');
      if (!isTrue(server, 'Enabled') || url === '') continue;
      const metadata = await attempt(`metadata of ${textOf(server, 'Name')}`, () => sources.fetchAuthMetadata(url));
      if (metadata === undefined) continue;
      objects.push({
        name: `AuthServer ${textOf(server, 'Name')}`,
        identity: textOf(server, 'Name'),
        session,
        side,
        known: thumbprintsOf(listOf(server, 'CertificateStrings')),
        published: metadata.certificates,
        stale: 'until a server reads it by itself, tokens are refused with 2000000 "The token has an invalid signature."',
        remedy: `Set-AuthServer '${textOf(server, 'Name')}' -RefreshAuthMetadata${side === 'cloud' ? ', in the cloud' : ''}`,
      });
    }
  }
  return objects;
}

/** Federation trusts of both sides and what the gateway publishes. */
export async function federationTrusts(view: SourceView): Promise<TrustingObject[]> {
  const { sources, ask, attempt } = view;
  const objects: TrustingObject[] = [];
  for (const [session, side] of bothSides) {
    for (const trust of (await ask(session, 'Get-FederationTrust')) ?? []) {
      const url = textOf(trust, 'TokenIssuerMetadataEpr');
      const metadata = url === '' ? undefined : await attempt('federation gateway', () => sources.fetchFederationMetadata(url));
      if (metadata === undefined) continue;
      objects.push({
        name: `FederationTrust ${textOf(trust, 'Name')}`,
        identity: textOf(trust, 'Name'),
        session,
        side,
        known: issuerThumbprints(trust),
        published: metadata.certificates,
        stale: 'requests fail with "An error occurred when processing the security tokens in the message".',
        remedy: `Set-FederationTrust '${textOf(trust, 'Name')}' -RefreshMetadata, twice${side === 'cloud' ? ', in the cloud' : ''}`,
      });
    }
  }
  return objects;
}

function thumbprintsOf(certificates: readonly string[]): Set<string> {
  return new Set(certificates.flatMap((certificate) => readTimes(certificate)?.thumbprint ?? []));
}

/** Thumbprints of a trust's TokenIssuerCertificate and TokenIssuerPrevCertificate. */
function issuerThumbprints(trust: Observed): Set<string> {
  const thumbprints = ['TokenIssuerCertificate', 'TokenIssuerPrevCertificate'].map((property) => {
    const certificate = trust[property];
    return typeof certificate === 'object' && certificate !== null ? textOf(certificate as Observed, 'Thumbprint').toUpperCase() : '';
  });
  return new Set(thumbprints.filter((thumbprint) => thumbprint !== ''));
}
