import { exchangeOnlineAppId } from '../exchange-online.ts';
import type { CertificateEntry, CertificateProblem, Counterpart } from './certificate-entry.ts';
import { readTimes, unknownTimes } from './certificate-store.ts';
import type { SourceView } from './certificate-sources.ts';
import type { AuthObservation, TenantCredential } from './observe-auth.ts';
import { observeAuth } from './observe-auth.ts';

const renewal = 'hybridge certificates renew auth';

/** The Auth certificate in its three places, and the key credentials that the tenant has. */
export async function authEntries(view: SourceView): Promise<CertificateEntry[]> {
  const observed = await observeAuth(view);
  if (observed === undefined) return [];
  const slots = [
    { slot: 'current', thumbprint: observed.current },
    { slot: 'next', thumbprint: observed.next },
    { slot: 'previous', thumbprint: observed.previous },
  ] as const;
  const entries = slots.flatMap(({ slot, thumbprint }) => (thumbprint === '' && slot !== 'current' ? [] : [slotEntry(observed, slot, thumbprint, view.now)]));
  return [...entries, ...(await otherCredentials(view, observed))];
}

function slotEntry(observed: AuthObservation, slot: 'current' | 'next' | 'previous', thumbprint: string, now: number): CertificateEntry {
  const stored = observed.store.get(thumbprint);
  const credentials = observed.credentials?.filter((credential) => credential.thumbprint === thumbprint);
  const lacking = observed.applications.filter((id) => credentials?.some((credential) => credential.applicationId === id) !== true);
  const { hasPrivateKey: _, ...times } = stored ?? { ...unknownTimes, hasPrivateKey: false };
  const ends = (credentials ?? []).map((credential) => credential.notAfter);
  return {
    ...times,
    id: `auth-${slot}`,
    title: `Auth certificate, ${slot}`,
    thumbprint: thumbprint === '' ? null : thumbprint,
    // The tenant stops believing at the end of the credential, which a policy may have made shorter.
    notAfter: times.notAfter === null ? null : Math.min(times.notAfter, ...ends),
    uses: [`on premises: AuthConfig, signs requests for server-to-server tokens`, ...(credentials ?? []).map((credential) => `tenant: key credential of application ${credential.applicationId}`)],
    counterpart: counterpartOf(observed, slot, lacking),
    role: slot === 'previous' ? 'past' : slot,
    renewal,
    problems: slot === 'previous' ? [] : [...storeProblems(slot, thumbprint, stored), ...tenantProblems(observed, slot, lacking, now)],
  };
}

function counterpartOf(observed: AuthObservation, slot: string, lacking: readonly string[]): Counterpart {
  if (observed.credentials === undefined) return { state: 'unseen', detail: 'tenant: not asked' };
  if (lacking.length === 0) return { state: 'same', detail: 'tenant: same' };
  if (slot === 'previous') return { state: 'none', detail: 'tenant: not needed any more' };
  if (!observed.asksForTokens) return { state: 'none', detail: 'tenant: not needed without a connector' };
  return { state: 'missing', detail: lacking.length === observed.applications.length ? 'tenant: missing' : `tenant: missing at ${lacking.join(', ')}` };
}

function storeProblems(slot: 'current' | 'next', thumbprint: string, stored: { hasPrivateKey: boolean } | undefined): CertificateProblem[] {
  const severity = slot === 'current' ? 'critical' : 'warning';
  if (thumbprint === '') return [{ severity, text: 'AuthConfig names no certificate: "Missing signing certificate".', remedy: renewal }];
  if (stored === undefined) return [{ severity, text: `AuthConfig names ${thumbprint}, which is not in the certificate store: "Missing signing certificate".`, remedy: renewal }];
  if (!stored.hasPrivateKey) return [{ severity, text: `The certificate ${thumbprint} is in the store without its private key: "Missing signing certificate".`, remedy: renewal }];
  return [];
}

function tenantProblems(observed: AuthObservation, slot: 'current' | 'next', lacking: readonly string[], now: number): CertificateProblem[] {
  if (observed.credentials === undefined || lacking.length === 0 || observed[slot] === '' || !observed.asksForTokens) return [];
  const where = `application ${lacking.join(' and ')}`;
  if (slot === 'current') return [{ severity: 'critical', text: `The tenant does not have this certificate at ${where}: requests for tokens fail with AADSTS70002, AADSTS50012 "The key was not found".`, remedy: renewal }];
  const inDays = observed.effectiveAt === null ? undefined : Math.max(0, Math.floor((observed.effectiveAt - now) / 86_400_000));
  return [{ severity: 'warning', text: `The tenant does not have the next certificate yet at ${where}${inDays === undefined ? '' : `, and it takes over in ${inDays} days`}.`, remedy: renewal }];
}

/** What else the tenant believes: the cloud organisation's own certificate, and what is left of former ones. */
async function otherCredentials(view: SourceView, observed: AuthObservation): Promise<CertificateEntry[]> {
  const { sources, attempt } = view;
  const url = sources.cloudMetadataUrl;
  const ours = new Set([observed.current, observed.next, observed.previous]);
  const metadata = await attempt('cloud', url === undefined ? undefined : () => sources.fetchAuthMetadata(url));
  const cloudOwn = new Set((metadata?.certificates ?? []).map((certificate) => readTimes(certificate)?.thumbprint));
  return (observed.credentials ?? []).filter(({ thumbprint }) => !ours.has(thumbprint)).map((credential) => credentialEntry(credential, cloudOwn.has(credential.thumbprint), metadata === undefined));
}

function credentialEntry(credential: TenantCredential, isCloudOwn: boolean, isUnseen: boolean): CertificateEntry {
  const { applicationId, keyId, thumbprint, subject, notBefore, notAfter } = credential;
  return {
    id: `key-credential-${keyId}`,
    title: isCloudOwn ? 'Auth certificate of the cloud' : 'Key credential, other',
    subject,
    thumbprint,
    notBefore,
    notAfter,
    uses: [`tenant: key credential ${keyId} of application ${applicationId}`, ...(isCloudOwn ? ['cloud: signs its requests for server-to-server tokens'] : [])],
    counterpart: isCloudOwn ? { state: 'same', detail: 'cloud: same' } : isUnseen ? { state: 'unseen', detail: 'holder not known' } : { state: 'none', detail: 'neither side uses it' },
    // A credential that nobody signs with may end in peace.
    role: isCloudOwn ? 'current' : 'past',
    renewal: isCloudOwn ? 'by the operator of the cloud organisation' : `not needed; Update-Mg${applicationId === exchangeOnlineAppId ? 'ServicePrincipal' : 'Application'} -KeyCredentials without it takes it away`,
    problems: [],
  };
}
