import { formatValue } from '../../management/index.ts';
import { keyCredential } from '../exchange-online.ts';
import { textOf } from '../observed.ts';
import { newAuthCertificate } from './new-auth-certificate.ts';
import type { AuthObservation, TenantApplication } from './observe-auth.ts';
import { authCertificateSubject, observeAuth } from './observe-auth.ts';
import type { SourceView } from './certificate-sources.ts';
import type { PlannedInvocation, PlanRenewal, RenewalOptions, RenewalStage } from './renewal-plan.ts';
import { ComputedValue, renewalDefaults } from './renewal-plan.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * The Auth certificate's roll-over. The tenant gets the next certificate before AuthConfig names it, so that the day of
 * its taking over finds it believed; the former one leaves the tenant only after a while in which nothing has used it.
 */
export const planAuthRenewal: PlanRenewal = async (view, options) => {
  const observed = await observeAuth(view);
  if (observed?.credentials === undefined) return undefined;
  const settings = { ...renewalDefaults, ...options };
  const facts = { observed, credentials: observed.credentials, settings, view };
  const stages: RenewalStage[] = [];
  stages.push(...(await mendTenant(facts)));
  const next = nextCertificate(facts);
  // AuthConfig remembers one former certificate, so the one that it has now goes first; unless nothing works.
  if (next === undefined || isUsable(facts, observed.current)) stages.push(...retirePrevious(facts));
  if (next !== undefined) stages.push(...(await rollOver(facts, next)), ...retireCurrent(facts));
  return {
    topic: 'auth',
    title: 'Auth certificate',
    stages,
    notes: stages.some(({ id }) => id === 'make') ? ['New-ExchangeCertificate may ask whether to replace the default SMTP certificate: answer no.'] : [],
  };
};

interface Facts {
  observed: AuthObservation;
  credentials: NonNullable<AuthObservation['credentials']>;
  settings: Required<RenewalOptions>;
  view: Parameters<PlanRenewal>[0];
}

/** Empty where it is still to be made. */
type Thumbprint = string;

function isUsable({ observed, view }: Facts, thumbprint: Thumbprint): boolean {
  const stored = observed.store.get(thumbprint);
  return stored?.hasPrivateKey === true && (stored.notAfter ?? 0) > view.now && (stored.notBefore ?? 0) <= view.now;
}

/** The certificate that is to follow, `''` where none is there yet; undefined where the current one may stay. */
function nextCertificate(facts: Facts): Thumbprint | undefined {
  const { observed, settings, view } = facts;
  if (observed.next !== '' && isUsable(facts, observed.next)) return observed.next;
  const lastsUntil = observed.store.get(observed.current)?.notAfter ?? 0;
  const isShort = !isUsable(facts, observed.current) || lastsUntil - view.now < settings.renewDays * dayMs;
  // While a former roll-over waits for its end, only need begins another.
  if (!isShort && (!settings.force || observed.previous !== '')) return undefined;
  // One that was made for this and not named yet: an earlier run may have been interrupted.
  const prepared = [...observed.store.values()].filter(
    ({ subject, thumbprint, notAfter }) => subject === authCertificateSubject && thumbprint !== null && ![observed.current, observed.previous].includes(thumbprint) && isUsable(facts, thumbprint) && (notAfter ?? 0) >= lastsUntil && (notAfter ?? 0) - view.now > settings.renewDays * dayMs,
  );
  return prepared.toSorted((a, b) => (b.notAfter ?? 0) - (a.notAfter ?? 0))[0]?.thumbprint ?? '';
}

/** The current certificate belongs into the tenant, roll-over or not. */
async function mendTenant(facts: Facts): Promise<RenewalStage[]> {
  if (!isUsable(facts, facts.observed.current)) return [];
  const invocations = await uploads(facts, facts.observed.current);
  return invocations.length === 0 ? [] : [{ id: 'mend', title: 'Upload the current certificate to the tenant, which does not have it', invocations }];
}

async function rollOver(facts: Facts, next: Thumbprint): Promise<RenewalStage[]> {
  const { observed, settings, view } = facts;
  const stages: RenewalStage[] = [];
  if (next === '') stages.push({ id: 'make', title: 'Make the next certificate', invocations: [{ ...newAuthCertificate(), keepAs: 'next' }] });
  const upload = await uploads(facts, next);
  if (upload.length > 0) stages.push({ id: 'upload', title: 'Upload it to the tenant, before anything is signed with it', invocations: upload });

  // Without a usable certificate nothing works now, and waiting helps nobody.
  const waitMs = isUsable(facts, observed.current) ? settings.effectiveHours * hourMs : 0;
  const isNamed = next !== '' && observed.next === next && observed.effectiveAt !== null;
  const effectiveAt = isNamed ? Math.min(observed.effectiveAt ?? 0, waitMs === 0 ? view.now : Infinity) : waitMs === 0 ? view.now : wholeMinute(view.now + waitMs);
  if (!isNamed) {
    const naming = { NewCertificateThumbprint: next === '' ? new ComputedValue('$next.Thumbprint') : next, NewCertificateEffectiveDate: new Date(effectiveAt).toISOString(), ...(waitMs < 48 * hourMs ? { Force: true } : {}) };
    stages.push({ id: 'announce', title: 'Name it as the next certificate', invocations: [{ session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: naming }] });
  }
  stages.push({
    id: 'publish',
    title: 'Make it the current certificate',
    ...(effectiveAt > view.now ? { notBefore: effectiveAt } : {}),
    invocations: [{ session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { PublishCertificate: true } }],
  });
  return stages;
}

/** Exchange warns below 48 hours from when the cmdlet runs, which is a little later than this is planned. */
function wholeMinute(at: number): number {
  return (Math.ceil(at / 60_000) + 1) * 60_000;
}

/** What puts a certificate into the tenant, at every application that signs with it. */
async function uploads({ observed, credentials, view }: Facts, thumbprint: Thumbprint): Promise<PlannedInvocation[]> {
  const lacking = observed.inTenant.filter(({ applicationId }) => !credentials.some((credential) => credential.applicationId === applicationId && credential.thumbprint === thumbprint));
  if (lacking.length === 0) return [];
  const name = thumbprint === '' ? '$next.Thumbprint' : `'${thumbprint}'`;
  const Key = thumbprint === '' ? undefined : await exported(view, thumbprint);
  return lacking.map((application) => {
    const added = `@{Type='AsymmetricX509Cert'; Usage='Verify'; Key=(Export-ExchangeCertificate -Thumbprint ${name} -BinaryEncoded).FileData}`;
    return setKeys(application, new ComputedValue(`(${keysOf(application)} + ${added})`, Key === undefined ? undefined : [...application.keys, keyCredential(Key)]));
  });
}

/** A script reads the list where it runs: the whole of it is written, and what is left out of it is gone. */
function keysOf({ noun, id }: TenantApplication): string {
  return `@((Get-Mg${noun} -${noun}Id '${id}' -Property KeyCredentials).KeyCredentials)`;
}

function setKeys({ noun, id }: TenantApplication, KeyCredentials: ComputedValue): PlannedInvocation {
  return { session: 'Tenant', cmdlet: `Update-Mg${noun}`, parameters: { [`${noun}Id`]: id, KeyCredentials } };
}

async function exported({ ask }: Pick<SourceView, 'ask'>, thumbprint: string): Promise<string | undefined> {
  const data = textOf((await ask('OnPremises', 'Export-ExchangeCertificate', { Thumbprint: thumbprint }))?.[0], 'FileData');
  return data === '' ? undefined : data;
}

/** The previous certificate, once it has not been used for a while. */
function retirePrevious(facts: Facts): RenewalStage[] {
  const { observed, settings, view } = facts;
  if (observed.previous === '') return [];
  const notBefore = (observed.changedAt ?? 0) + settings.overlapHours * hourMs;
  return [{ id: 'retire', title: 'Take the former certificate away', ...(notBefore > view.now ? { notBefore } : {}), invocations: removal(facts, observed.previous) }];
}

/** The one that is current now, when it has become the previous one. */
function retireCurrent(facts: Facts): RenewalStage[] {
  if (facts.observed.current === '') return [];
  const waitsFor = `${facts.settings.overlapHours} hours in which the new certificate has done its work`;
  return [{ id: 'retire-later', title: 'Take the former certificate away', waitsFor, invocations: removal(facts, facts.observed.current) }];
}

/** First from the tenant, then from AuthConfig, then from the store. */
function removal({ observed, credentials }: Facts, former: Thumbprint): PlannedInvocation[] {
  const keyIds = new Set(credentials.filter(({ thumbprint }) => thumbprint === former).map(({ keyId }) => keyId));
  const holders = observed.inTenant.filter(({ keys }) => keys.some(({ KeyId }) => keyIds.has(KeyId)));
  return [
    ...holders.map((application): PlannedInvocation => {
      const others = `@(${keysOf(application).slice(1)} | Where-Object { $_.KeyId -notin ${formatValue([...keyIds])} })`;
      return setKeys(application, new ComputedValue(others, application.keys.filter(({ KeyId }) => !keyIds.has(KeyId))));
    }),
    { session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { ClearPreviousCertificate: true } },
    ...(observed.store.has(former) ? [{ session: 'OnPremises' as const, cmdlet: 'Remove-ExchangeCertificate', parameters: { Thumbprint: former, Confirm: false } }] : []),
  ];
}
