import { createHash } from 'node:crypto';
import { errorCode, errorText, HybridgeError } from '../../foundation/index.ts';
import { exchangeOnlinePrincipal } from '../exchange-online.ts';
import { firstTextOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SessionName, Sessions } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';
import type { WizardErrorCode } from '../wizard-error.ts';

/** What one cmdlet showed; null where the side does not know the cmdlet. */
export type Seen = readonly Observed[] | null;

/** What was read of both organisations, the tenant and the relay, by the name of the cmdlet that showed it. */
export interface Snapshot {
  /** ISO 8601. */
  takenAt: string;
  sides: Partial<Record<SessionName, { name: string; seen: Readonly<Record<string, Seen>> }>>;
}

interface Reading {
  session: SessionName;
  cmdlet: string;
  parameters?: Readonly<Record<string, unknown>>;
  /** Not every Exchange has it. */
  optional?: true;
  /** Changes by itself, so that it says nothing about the configuration. */
  volatile?: true;
}

/** Dedicated hybrid applications have the organisation's GUID in their names, after this. */
const dedicatedApplications = { Filter: "startswith(displayName,'ExchangeServerApp-')", Property: ['Id', 'AppId', 'DisplayName', 'KeyCredentials'] };

/** Everything that set-up looks at. `hybridge collect` prints the same list as a script. */
export const readings: readonly Reading[] = [
  ...(['Get-ExchangeServer', 'Get-OrganizationConfig', 'Get-AcceptedDomain', 'Get-AuthConfig', 'Get-AuthServer', 'Get-ExchangeCertificate', 'Get-PartnerApplication', 'Get-IntraOrganizationConnector', 'Get-OrganizationRelationship', 'Get-FederationTrust', 'Get-FederatedOrganizationIdentifier', 'Get-AvailabilityAddressSpace', 'Get-WebServicesVirtualDirectory', 'Get-AutodiscoverVirtualDirectory', 'Get-MapiVirtualDirectory', 'Get-OabVirtualDirectory', 'Get-SettingOverride'] as const).map((cmdlet) => ({ session: 'OnPremises', cmdlet }) as const),
  ...(['Get-HybridConfiguration', 'Get-RemoteDomain', 'Get-EmailAddressPolicy', 'Get-SharingPolicy', 'Get-SendConnector', 'Get-ReceiveConnector'] as const).map((cmdlet) => ({ session: 'OnPremises', cmdlet, optional: true }) as const),
  ...(['Get-OrganizationConfig', 'Get-AcceptedDomain', 'Get-IntraOrganizationConnector', 'Get-IntraOrganizationConfiguration', 'Get-OrganizationRelationship', 'Get-FederationTrust', 'Get-FederatedOrganizationIdentifier'] as const).map((cmdlet) => ({ session: 'Cloud', cmdlet }) as const),
  ...(['Get-PartnerApplication', 'Get-OnPremisesOrganization', 'Get-RemoteDomain', 'Get-SharingPolicy', 'Get-MigrationEndpoint', 'Get-InboundConnector', 'Get-OutboundConnector'] as const).map((cmdlet) => ({ session: 'Cloud', cmdlet, optional: true }) as const),
  // What Organization Configuration Transfer compares, beyond what is read above.
  ...(['Get-RetentionPolicyTag', 'Get-RetentionPolicy', 'Get-OwaMailboxPolicy', 'Get-MobileDeviceMailboxPolicy'] as const).flatMap((cmdlet) => [{ session: 'OnPremises', cmdlet, optional: true }, { session: 'Cloud', cmdlet, optional: true }] as const),
  { session: 'Tenant', cmdlet: 'Get-MgOrganization' },
  { session: 'Tenant', cmdlet: 'Get-MgServicePrincipal', parameters: exchangeOnlinePrincipal },
  { session: 'Tenant', cmdlet: 'Get-MgApplication', parameters: dedicatedApplications },
  { session: 'Relay', cmdlet: 'Get-HybridApplication' },
  { session: 'Relay', cmdlet: 'Get-HybridAgent', volatile: true },
];

/** For people: what a session is with. */
export const sessionTitles: Readonly<Record<SessionName, string>> = { OnPremises: 'on-premises organisation', Cloud: 'Exchange Online', Tenant: 'tenant directory', Relay: 'relay' };

export interface TakeSnapshotOptions {
  onRead?: (session: SessionName, cmdlet: string, seen: Seen, durationMs: number) => void;
  signal?: AbortSignal;
  now: () => number;
}

/**
 * Reads every session that is there. Nothing is changed.
 *
 * @throws WizardError `WIZARD_SIGN_IN`, `WIZARD_ROLE`, `WIZARD_TENANT`, `WIZARD_UNREACHABLE`, `WIZARD_GATHER` with the side and what to do
 */
export async function takeSnapshot(sessions: Partial<Sessions>, { onRead, signal, now }: TakeSnapshotOptions): Promise<Snapshot> {
  const takenAt = new Date(now()).toISOString();
  const sides: Snapshot['sides'] = {};
  const sideOf = async (name: SessionName): Promise<void> => {
    const session = sessions[name];
    if (session === undefined) return;
    const seen: Record<string, Seen> = {};
    for (const { cmdlet, parameters, optional } of readings.filter((reading) => reading.session === name)) {
      signal?.throwIfAborted();
      const started = now();
      try {
        seen[cmdlet] = await session.invoke(cmdlet, parameters);
      } catch (error) {
        if (optional !== true || errorCode(error) !== 'MANAGEMENT_CMDLET_NOT_FOUND') throw sideError(name, session.name, cmdlet, error);
        seen[cmdlet] = null;
      }
      onRead?.(name, cmdlet, seen[cmdlet] ?? null, now() - started);
    }
    const authCertificate = name === 'OnPremises' ? seen['Get-AuthConfig']?.[0]?.['CurrentCertificateThumbprint'] : undefined;
    if (typeof authCertificate === 'string') seen['Export-ExchangeCertificate'] = await exported(session, authCertificate);
    sides[name] = { name: session.name, seen };
  };
  for (const name of ['OnPremises', 'Cloud', 'Tenant', 'Relay'] as const) await sideOf(name);
  return { takenAt, sides };
}

/** Whether a side lets in who asks. @throws WizardError as `takeSnapshot` */
export async function tryReading(sessions: Partial<Sessions>, side: 'OnPremises' | 'Cloud'): Promise<void> {
  const session = sessions[side];
  try {
    await session?.invoke('Get-OrganizationConfig');
  } catch (error) {
    throw sideError(side, session?.name ?? '', 'Get-OrganizationConfig', error);
  }
}

/** The public part of the Auth certificate; nothing where the store does not have it, which is for the steps to mend. */
async function exported(session: Sessions['OnPremises'], thumbprint: string): Promise<Seen> {
  try {
    return (await session.invoke('Export-ExchangeCertificate', { Thumbprint: thumbprint })).map((found) => ({ ...found, Thumbprint: thumbprint }));
  } catch {
    return [];
  }
}

/** Node's and OpenSSL's codes for a certificate that is not accepted. */
const certificateError = /^(?:CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

/** The code at the bottom of a failed connection. */
function bottomCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return (cause === undefined ? undefined : bottomCode(cause)) ?? errorCode(error);
}

function unreached(side: string, subject: string, host: string, error: unknown): readonly [WizardErrorCode, string, string] {
  const code = bottomCode(error) ?? '';
  if (!certificateError.test(code)) return ['WIZARD_UNREACHABLE', `${subject} (${host}) cannot be reached${code === '' || code.startsWith('MANAGEMENT_') ? '' : ` (${code})`}.`, 'Check the address, and that outbound HTTPS to it is open; then run set-up again: it goes on where it stopped.'];
  const remedy = code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? 'Call it by a name that stands in its certificate.' : code.startsWith('CERT_') ? 'Compare the clocks, then renew its certificate.' : 'Name the authority that issued it: ca in the file given with --config.';
  return ['WIZARD_UNREACHABLE', `The certificate of ${side} (${host}) is not accepted (${code}).`, remedy];
}

/** What stands in a way that an administrator can remove, told apart. */
export function sideError(session: SessionName, host: string, cmdlet: string, error: unknown): WizardError {
  const title = sessionTitles[session];
  // The product's name has no article.
  const subject = session === 'Cloud' ? title : `The ${title}`;
  const isKeyed = session === 'Tenant' || session === 'Relay';
  const lacksRole: readonly [WizardErrorCode, string, string] = ['WIZARD_ROLE', `The account may not run ${cmdlet} in ${subject.replace('The', 'the')} (${host}).`, session === 'OnPremises' ? 'Use a member of the role group Organization Management.' : 'Use a Global Administrator of the tenant, or a key that may administer it.'];
  const known: Readonly<Record<string, readonly [WizardErrorCode, string, string]>> = {
    MANAGEMENT_UNAUTHENTICATED: ['WIZARD_SIGN_IN', `${subject} (${host}) does not accept the ${isKeyed ? 'key' : 'credentials'}.`, isKeyed ? `Check ${session === 'Relay' ? 'relay' : 'tokenService'}.key in the file given with --config.` : 'Check user name and password, or get a new token, and run set-up again.'],
    MANAGEMENT_ACCESS_DENIED: lacksRole,
    // Exchange hides cmdlets from accounts that lack the roles for them.
    MANAGEMENT_CMDLET_NOT_FOUND: lacksRole,
    MANAGEMENT_UNKNOWN_TENANT: ['WIZARD_TENANT', `${subject} (${host}) knows no such tenant.`, 'Check the tenant’s id or domain: contoso.onmicrosoft.com.'],
    MANAGEMENT_OBJECT_NOT_FOUND: session === 'Relay' ? ['WIZARD_TENANT', `${subject} (${host}) knows no such tenant.`, 'Check relay.tenant in the file given with --config (hybridge relay tenant list). Where nothing goes through a relay, leave relay out.'] : ['WIZARD_TENANT', `${subject} (${host}) has nothing that ${cmdlet} could show: ${errorText(error)}`, 'Check the tenant’s id, and that Exchange Online is part of it.'],
    MANAGEMENT_UNREACHABLE: unreached(subject.replace('The', 'the'), subject, host, error),
  };
  const [code, message, remedy] = known[errorCode(error) ?? ''] ?? ['WIZARD_GATHER', `${cmdlet} failed in the ${title} (${host}): ${errorText(error)}`, error instanceof HybridgeError ? (error.remedy ?? 'Run the cmdlet by hand to see more.') : 'Run the cmdlet by hand to see more.'];
  return new WizardError(code, message, { facts: { session, host, cmdlet, code: errorCode(error), text: errorText(error) }, remedy, cause: error, retryable: code === 'WIZARD_UNREACHABLE' });
}

/** Properties that say when, where or how something was looked at, and nothing of how it is configured. */
const incidental = /^(?:When(?:Changed|Created)(?:UTC)?|ObjectState|IsValid|PSComputerName|PSShowComputerName|RunspaceId|SerializationData|OriginatingServer|OriginalServer|Status|LastModifiedTime|PwdLastSet|AdditionalProperties|ExchangeVersion|ObjectVersion)$/;

/** A snapshot as text that is equal, byte for byte, exactly when the configuration is. */
export function configurationText(snapshot: Snapshot): string {
  const changing = new Set(readings.filter(({ volatile }) => volatile).map(({ session, cmdlet }) => `${session} ${cmdlet}`));
  const sides = Object.entries(snapshot.sides).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([session, side]) => [
    session,
    Object.fromEntries(
      Object.entries(side.seen)
        .filter(([cmdlet]) => !changing.has(`${session} ${cmdlet}`))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([cmdlet, seen]) => [cmdlet, seen === null ? null : seen.map(ordered).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))]),
    ),
  ]);
  return `${JSON.stringify(Object.fromEntries(sides), undefined, 1)}\n`;
}

export function fingerprintOf(snapshot: Snapshot): string {
  return createHash('sha256').update(configurationText(snapshot)).digest('hex');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !incidental.test(name))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, part]) => [name, ordered(part)]),
  );
}

/** One property that is not as it was. */
export interface Difference {
  session: string;
  cmdlet: string;
  /** Which object; empty where it has no name. */
  object: string;
  property: string;
  before: unknown;
  now: unknown;
}

/** What is configured differently in two snapshots, object by object. */
export function compareSnapshots(before: Snapshot, now: Snapshot): readonly Difference[] {
  const [formerly, today] = [before, now].map((snapshot) => JSON.parse(configurationText(snapshot)) as Record<string, Record<string, Observed[] | null>>);
  const differences: Difference[] = [];
  for (const session of new Set([...Object.keys(formerly ?? {}), ...Object.keys(today ?? {})])) {
    for (const cmdlet of new Set([...Object.keys(formerly?.[session] ?? {}), ...Object.keys(today?.[session] ?? {})])) {
      const old = byName(formerly?.[session]?.[cmdlet]);
      const young = byName(today?.[session]?.[cmdlet]);
      for (const object of new Set([...old.keys(), ...young.keys()])) differences.push(...compareObjects({ session, cmdlet, object }, old.get(object), young.get(object)));
    }
  }
  return differences;
}

function byName(objects: readonly Observed[] | null | undefined): Map<string, Observed> {
  return new Map((objects ?? []).map((object, index) => [firstTextOf(object, 'Identity', 'Name', 'DisplayName', 'KeyId', 'appId') || String(index), object]));
}

function compareObjects(place: Pick<Difference, 'session' | 'cmdlet' | 'object'>, before: Observed | undefined, now: Observed | undefined): Difference[] {
  if (before === undefined || now === undefined) return [{ ...place, property: '', before: before === undefined ? 'absent' : 'there', now: now === undefined ? 'absent' : 'there' }];
  return [...new Set([...Object.keys(before), ...Object.keys(now)])]
    .filter((property) => JSON.stringify(before[property]) !== JSON.stringify(now[property]))
    .map((property) => ({ ...place, property, before: before[property] ?? null, now: now[property] ?? null }));
}
