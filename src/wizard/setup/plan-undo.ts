import type { CmdletInvocation } from '../../management/index.ts';
import { keyCredentialsOf, keysOf } from '../exchange-online.ts';
import { firstTextOf, listOf, missingFrom, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SessionName } from '../plan.ts';
import { seenIn } from './decide-settings.ts';
import type { Snapshot } from './snapshot.ts';

/** A value that somebody has changed since the run that is to be undone. */
export interface UndoConflict {
  session: SessionName;
  target: string;
  property: string;
  /** What the run had made of it. */
  made: unknown;
  now: unknown;
}

export interface UndoPlan {
  invocations: readonly CmdletInvocation[];
  /** Left alone unless forced. */
  conflicts: readonly UndoConflict[];
}

interface Facts {
  before: Snapshot;
  now: Snapshot;
  force: boolean;
  conflicts: UndoConflict[];
}

/**
 * The cmdlets that bring what a run has touched back to what was before it. It follows from the state before and the
 * state now, so it can be made again after any interruption, and a cmdlet that never took effect is not undone.
 */
export function planUndo(before: Snapshot, now: Snapshot, ran: readonly CmdletInvocation[], force: boolean): UndoPlan {
  const facts: Facts = { before, now, force, conflicts: [] };
  const invocations: CmdletInvocation[] = [];
  const done = new Set<string>();
  for (const invocation of ran.toReversed()) {
    const key = `${invocation.session} ${invocation.cmdlet} ${targetOf(invocation)}`;
    if (done.has(key)) continue;
    done.add(key);
    const same = ran.filter((other) => `${other.session} ${other.cmdlet} ${targetOf(other)}` === key);
    invocations.push(...(inverses[invocation.cmdlet] ?? inverse)(facts, invocation, same));
  }
  return { invocations, conflicts: facts.conflicts };
}

type Inverse = (facts: Facts, invocation: CmdletInvocation, same: readonly CmdletInvocation[]) => readonly CmdletInvocation[];

const removal = { Confirm: false } as const;

/** New-X is undone by Remove-X, Set-X by Set-X with the former values. */
const inverse: Inverse = (facts, { session, cmdlet, parameters }, same) => {
  const noun = cmdlet.slice(cmdlet.indexOf('-') + 1);
  const identity = targetOf({ session, cmdlet, parameters });
  const [former, present] = [facts.before, facts.now].map((snapshot) => seenIn(snapshot, session, `Get-${noun}`).find((object) => isNamed(object, identity)));
  if (present === undefined) return [];
  // What was new and changed at once is undone once, where it was made.
  if (former === undefined) return cmdlet.startsWith('New-') ? [{ session, cmdlet: `Remove-${noun}`, parameters: { Identity: identity, ...removal } }] : [];
  if (!cmdlet.startsWith('Set-')) return [];
  const made: Observed = Object.assign({}, ...same.map((other) => other.parameters));
  const restored = restore(facts, session, identity, former, present, made);
  return Object.keys(restored).length === 0 ? [] : [{ session, cmdlet, parameters: { Identity: identity, ...restored } }];
};

function restore(facts: Facts, session: SessionName, target: string, former: Observed, present: Observed, made: Observed): Record<string, unknown> {
  const restored: Record<string, unknown> = {};
  for (const [property, wanted] of Object.entries(made)) {
    if (!(property in present) || isSame(former[property], present[property])) continue;
    if (!isSame(wanted, present[property]) && !facts.force) facts.conflicts.push({ session, target, property, made: wanted, now: present[property] });
    else restored[property] = former[property] ?? null;
  }
  return restored;
}

const inverses: Readonly<Record<string, Inverse>> = {
  // The one object has no identity of its own.
  'New-HybridConfiguration': ({ before, now }) => (seenIn(before, 'OnPremises', 'Get-HybridConfiguration').length === 0 && seenIn(now, 'OnPremises', 'Get-HybridConfiguration').length > 0 ? [{ session: 'OnPremises', cmdlet: 'Remove-HybridConfiguration', parameters: removal }] : []),
  'Set-HybridConfiguration'(facts, invocation, same) {
    const [former, present] = [facts.before, facts.now].map((snapshot) => seenIn(snapshot, 'OnPremises', 'Get-HybridConfiguration')[0]);
    if (former === undefined || present === undefined) return [];
    const restored = restore(facts, 'OnPremises', 'Hybrid Configuration', former, present, Object.assign({}, ...same.map((other) => other.parameters)) as Observed);
    return Object.keys(restored).length === 0 ? [] : [{ ...invocation, parameters: restored }];
  },
  // The way that it had before need not be open at this moment.
  'Set-MigrationEndpoint': (facts, invocation, same) => inverse(facts, invocation, same).map((undoing) => (undoing.cmdlet === 'Set-MigrationEndpoint' ? { ...undoing, parameters: { ...undoing.parameters, SkipVerification: true } } : undoing)),
  // Addresses that people have got stay theirs.
  'Update-EmailAddressPolicy': () => [],
  'New-ExchangeCertificate'({ before, now }, { parameters }) {
    const former = new Set(seenIn(before, 'OnPremises', 'Get-ExchangeCertificate').map((certificate) => textOf(certificate, 'Thumbprint')));
    return seenIn(now, 'OnPremises', 'Get-ExchangeCertificate')
      .filter((certificate) => textOf(certificate, 'Subject') === parameters['SubjectName'] && !former.has(textOf(certificate, 'Thumbprint')))
      .map((certificate) => ({ session: 'OnPremises', cmdlet: 'Remove-ExchangeCertificate', parameters: { Thumbprint: textOf(certificate, 'Thumbprint'), ...removal } }));
  },
  'Set-AuthConfig'({ before, now }) {
    const [former, present] = [before, now].map((snapshot) => seenIn(snapshot, 'OnPremises', 'Get-AuthConfig')[0]);
    const thumbprint = textOf(former, 'CurrentCertificateThumbprint');
    if (thumbprint === '' || isSame(former?.['CurrentCertificateThumbprint'], present?.['CurrentCertificateThumbprint'])) return [];
    const back: CmdletInvocation = { session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { CertificateThumbprint: thumbprint } };
    return textOf(former, 'PreviousCertificateThumbprint') === '' ? [back, { session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { ClearPreviousCertificate: true } }] : [back];
  },
  // The principal goes with its application.
  'New-MgServicePrincipal': () => [],
  'New-MgApplication'({ before, now }, { parameters }) {
    const named = (snapshot: Snapshot): Observed | undefined => seenIn(snapshot, 'Tenant', 'Get-MgApplication').find((application) => textOf(application, 'DisplayName') === parameters['DisplayName']);
    const made = named(now);
    return made === undefined || named(before) !== undefined ? [] : [{ session: 'Tenant', cmdlet: 'Remove-MgApplication', parameters: { ApplicationId: textOf(made, 'Id') } }];
  },
  'Update-MgApplication'({ before, now }, { parameters }, same) {
    const [former, present] = [before, now].map((snapshot) => seenIn(snapshot, 'Tenant', 'Get-MgApplication').find((application) => textOf(application, 'Id') === parameters['ApplicationId']));
    const written = new Set(same.flatMap((other) => keysOf(other.parameters)).filter((key) => !keysOf(former).includes(key)));
    const keys = keyCredentialsOf(present).filter(({ Key }) => Key === undefined || !written.has(Key));
    return former === undefined || keys.length === keyCredentialsOf(present).length ? [] : [{ session: 'Tenant', cmdlet: 'Update-MgApplication', parameters: { ApplicationId: parameters['ApplicationId'], KeyCredentials: keys } }];
  },
  // Names and certificates that others have added since stay.
  'Update-MgServicePrincipal'({ before, now }, { parameters }, same) {
    const [former, present] = [before, now].map((snapshot) => seenIn(snapshot, 'Tenant', 'Get-MgServicePrincipal')[0]);
    const added = new Set(missingFrom(listOf(former, 'ServicePrincipalNames'), same.flatMap((other) => listOf(other.parameters, 'ServicePrincipalNames'))).map((name) => name.toLowerCase()));
    const names = listOf(present, 'ServicePrincipalNames').filter((name) => !added.has(name.toLowerCase()));
    const written = new Set(same.flatMap((other) => keysOf(other.parameters)).filter((key) => !keysOf(former).includes(key)));
    const keys = keyCredentialsOf(present).filter(({ Key }) => Key === undefined || !written.has(Key));
    const changes = {
      ...(names.length === listOf(present, 'ServicePrincipalNames').length ? {} : { ServicePrincipalNames: names }),
      ...(keys.length === keyCredentialsOf(present).length ? {} : { KeyCredentials: keys }),
    };
    return Object.keys(changes).length === 0 ? [] : [{ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: parameters['ServicePrincipalId'], ...changes } }];
  },
  'Set-FederatedOrganizationIdentifier'(facts, invocation) {
    const [former, present] = [facts.before, facts.now].map((snapshot) => seenIn(snapshot, 'OnPremises', 'Get-FederatedOrganizationIdentifier')[0]);
    if (textOf(former, 'AccountNamespace') !== '') return isSame(former?.['Enabled'], present?.['Enabled']) ? [] : [{ ...invocation, parameters: { Enabled: former?.['Enabled'] } }];
    // The namespace's own domain goes last: with it the organisation is no longer federated.
    const first = textOf(present, 'AccountNamespace').replace(/^FYDIBOHF25SPDLT\./i, '');
    return listOf(present, 'Domains').toSorted((a, b) => Number(a === first) - Number(b === first)).map(removeFederatedDomain);
  },
  'Add-FederatedDomain'({ before, now }) {
    const [former, present] = [before, now].map((snapshot) => seenIn(snapshot, 'OnPremises', 'Get-FederatedOrganizationIdentifier')[0]);
    // Where there was no namespace all domains go, and with the namespace.
    return textOf(former, 'AccountNamespace') === '' ? [] : missingFrom(listOf(former, 'Domains'), listOf(present, 'Domains')).map(removeFederatedDomain);
  },
  'New-HybridApplication'({ before, now }, { parameters }) {
    const isIn = (snapshot: Snapshot): boolean => seenIn(snapshot, 'Relay', 'Get-HybridApplication').some((application) => textOf(application, 'appId') === parameters['AppId']);
    return isIn(now) && !isIn(before) ? [{ session: 'Relay', cmdlet: 'Remove-HybridApplication', parameters: { AppId: parameters['AppId'] } }] : [];
  },
  // Where it led to nothing before, leading somewhere does no harm.
  'Update-HybridApplication': () => [],
};

function removeFederatedDomain(DomainName: string): CmdletInvocation {
  return { session: 'OnPremises', cmdlet: 'Remove-FederatedDomain', parameters: { DomainName, ...removal } };
}

function targetOf({ parameters }: CmdletInvocation): string {
  return firstTextOf(parameters, 'Identity', 'Name', 'ServicePrincipalId', 'ApplicationId');
}

function isNamed(object: Observed, identity: string): boolean {
  return [textOf(object, 'Identity'), textOf(object, 'Name')].some((name) => name.toLowerCase() === identity.toLowerCase());
}

function isSame(a: unknown, b: unknown): boolean {
  const plain = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.map((part) => String(part).toLowerCase()).toSorted() : typeof value === 'string' ? value.toLowerCase() : (value ?? null));
  return plain(a) === plain(b);
}
