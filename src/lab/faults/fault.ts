import type { FederatedApplication, NewStsUser, StsAdminClient } from '../../identity/index.ts';
import type { ConditionInput } from '../conditions/condition.ts';
import { labNames } from '../lab-names.ts';
import type { LabInfo } from '../lab-info.ts';
import type { CmdletInvocation, CmdletSession } from '../../management/index.ts';

export type DelegationState = NonNullable<Parameters<StsAdminClient['setDelegationState']>[2]>;

/** An account that only the tenant has. */
export type CloudAccount = Pick<NewStsUser, 'objectId' | 'userPrincipalName' | 'displayName' | 'password'>;
/** An organisation as the federation gateway knows it. */
export type Registration = Pick<FederatedApplication, 'applicationId' | 'uris' | 'domains' | 'certificates'>;

/** Something that only the operator of the token service, or the tenant's portal, can do. `replaceRegistration`: only of an organisation that the gateway knows. */
export type OperatorStep = { person: string; delegationState: DelegationState | null } | { rollSigningKey: true } | { loseRegistration: string } | { restoreRegistration: Registration } | { replaceRegistration: Registration } | { account: CloudAccount } | { noAccount: string };

/** What is done to the lab: a cmdlet, what an operator does, a person who signs in anew with Outlook (`mayFail`: whatever comes of it), or a change of the lab's world; `is: null` puts that right. */
export type FaultStep = CmdletInvocation | OperatorStep | { signIn: string; mayFail?: boolean | undefined } | { condition: string; is: ConditionInput | null };

/** Sessions with administrators' rights in a running lab. */
export interface FaultSessions {
  OnPremises: CmdletSession;
  Cloud: CmdletSession;
  Tenant: CmdletSession;
  Relay: CmdletSession;
}

export interface FaultPlan {
  inject: readonly FaultStep[];
  /** Leaves the configuration as it was; also in order. */
  undo: readonly FaultStep[];
  /** What must be there for it to be seen at all. It comes first, stays when the fault is put right, and goes last. */
  environment?: Pick<FaultPlan, 'inject' | 'undo'>;
}

/** Who cannot see whom, who does not get in with Outlook, that moves are refused, that the wizard ends with a warning; or that nobody complains yet, and a look at something tells. */
export type Symptom = FreeBusySymptom | { signIn: string } | { move: true } | { setUp: true } | { watched: 'agent' | 'certificates' };

/** Nobody suffers from it yet. */
export function latentFault(id: string, watched: 'agent' | 'certificates', plan: Fault['plan']): Fault {
  return { id, symptom: { watched }, trust: 'any', says: null, plan };
}

export interface FreeBusySymptom {
  asker: string;
  whom: string;
}

/** One cause of a failure, brought about by a real state. Nothing in the product knows that it is there. */
export interface Fault {
  /** The id of the cause in the doctor's knowledge. */
  id: string;
  /** Whose lookup fails, by the names of the lab's people. */
  symptom: Symptom;
  /** The trust over which lookups must go for it to matter. */
  trust: 'OAuth' | 'DAuth' | 'any';
  /** The failure whose published text is seen, where it is not the cause's own; null where none is published. */
  says?: string | null;
  /** Only in a lab whose servers call the cloud as an application of their own. */
  needs?: 'dedicated';
  plan(sessions: FaultSessions, lab: LabInfo): Promise<FaultPlan>;
}

export const anna = 'anna@contoso.test';
export const bert = 'bert@contoso.test';
export const toOnPremises = { asker: 'anna', whom: bert } as const;
export const toCloud = { asker: 'bert', whom: anna } as const;

/** Host and address by which Exchange Online reaches the organisation on premises: the relay's. */
export function endpointOf({ parties }: LabInfo): URL {
  return new URL(parties.relay.namedUrls['endpoint'] ?? '');
}

/** The relay’s address, to which its own name and the published one lead, for all but agents: those come in by another way. */
export function atRelay(lab: LabInfo): { hosts: string[]; from: ('onPremises' | 'cloud' | 'sts' | 'outside')[] } {
  return { hosts: [endpointOf(lab).host, labNames.relay], from: ['onPremises', 'cloud', 'sts', 'outside'] };
}

export const { mail: mailHost, autodiscover: autodiscoverHost } = labNames.onPremises;

export type Place = keyof FaultSessions;

/** The one object that a Get cmdlet shows. */
export async function one(sessions: FaultSessions, session: Place, cmdlet: string, parameters: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  const [found] = await sessions[session].invoke(cmdlet, parameters);
  if (found === undefined) throw new TypeError(`${cmdlet} shows nothing.`);
  return found;
}

/** Sets properties of the one object of a kind (or of a named one), and back to what they were. */
export async function changed(sessions: FaultSessions, session: Place, noun: string, changes: Record<string, unknown>, identity?: string): Promise<FaultPlan> {
  const former = await one(sessions, session, `Get-${noun}`, identity === undefined ? {} : { Identity: identity });
  const Identity = identity ?? former['Identity'] ?? former['Name'];
  const before = Object.fromEntries(Object.keys(changes).map((name) => [name, former[name] ?? null]));
  return {
    inject: [{ session, cmdlet: `Set-${noun}`, parameters: { Identity, ...changes } }],
    undo: [{ session, cmdlet: `Set-${noun}`, parameters: { Identity, ...before } }],
  };
}

/** Something in the lab's world that is not as it should be; the fault's id is the condition's. */
export function world(id: string, ...conditions: readonly ConditionInput[]): FaultPlan {
  const named = conditions.map((is, index) => ({ condition: index === 0 ? id : `${id}-${index + 1}`, is }));
  return { inject: named, undo: named.toReversed().map(({ condition }) => ({ condition, is: null })) };
}

/** Several plans as one; undone in the reverse order. */
export function together(...plans: readonly FaultPlan[]): FaultPlan {
  return { inject: plans.flatMap(({ inject }) => inject), undo: plans.toReversed().flatMap(({ undo }) => undo) };
}

/** A fault of the lab's world, which is put right where it is: by nobody's cmdlets. */
export function worldly(id: string, conditions: (lab: LabInfo) => readonly ConditionInput[], { symptom = toOnPremises, trust = 'OAuth' }: Partial<Pick<Fault, 'symptom' | 'trust'>> = {}): Fault {
  return {
    id,
    symptom,
    trust,
    async plan(sessions, lab) {
      const plan = world(id, ...conditions(lab));
      return trust === 'DAuth' ? together(await overDelegation(sessions), plan) : plan;
    },
  };
}

/** The cloud keeps tokens for hours, and until its configuration changes: here to and fro. */
export async function forgetTokens(sessions: FaultSessions): Promise<readonly FaultStep[]> {
  const { Name: Identity, PhotosEnabled } = await one(sessions, 'Cloud', 'Get-OrganizationRelationship');
  return [PhotosEnabled !== true, PhotosEnabled].map((is) => ({ session: 'Cloud', cmdlet: 'Set-OrganizationRelationship', parameters: { Identity, PhotosEnabled: is } }));
}

/** Modern authentication is on for clients on premises. */
export async function modernAuthentication(sessions: FaultSessions): Promise<FaultPlan> {
  const evoSts = (await sessions.OnPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'AzureAD');
  const { OAuth2ClientProfileEnabled } = await one(sessions, 'OnPremises', 'Get-OrganizationConfig');
  const switched = (isDefault: unknown, isEnabled: unknown): CmdletInvocation[] => [
    { session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: evoSts?.['Name'], IsDefaultAuthorizationEndpoint: isDefault } },
    { session: 'OnPremises', cmdlet: 'Set-OrganizationConfig', parameters: { OAuth2ClientProfileEnabled: isEnabled } },
  ];
  return { inject: switched(true, true), undo: switched(evoSts?.['IsDefaultAuthorizationEndpoint'] === true, OAuth2ClientProfileEnabled === true) };
}

/** A failure of Bert’s sign-in with Outlook, where modern authentication is on. */
export function signInFault(id: string, plan: (sessions: FaultSessions, lab: LabInfo) => Promise<FaultPlan>, says?: null): Fault {
  return { id, ...(says === undefined ? {} : { says }), symptom: { signIn: 'bert' }, trust: 'any', plan: async (sessions, lab) => ({ ...(await plan(sessions, lab)), environment: await modernAuthentication(sessions) }) };
}

/** A failure of an Outlook that keeps a grant, from a sign-in with modern authentication before. */
export function grantFault(id: string, inject: (user: string, lab: LabInfo) => readonly FaultStep[]): Fault {
  return signInFault(id, async (_, lab) => ({ inject: [{ signIn: bert }, ...inject(bert, lab)], undo: [{ signIn: bert }] }));
}

/** Lookups take relationships only where no enabled connector is. */
export async function overDelegation(sessions: FaultSessions): Promise<FaultPlan> {
  const plans: FaultPlan[] = [];
  for (const session of ['OnPremises', 'Cloud'] as const) {
    for (const { Name: Identity, Enabled } of await sessions[session].invoke('Get-IntraOrganizationConnector')) {
      const set = (enabled: boolean): CmdletInvocation => ({ session, cmdlet: 'Set-IntraOrganizationConnector', parameters: { Identity, Enabled: enabled } });
      if (Enabled === true) plans.push({ inject: [set(false)], undo: [set(true)] });
    }
  }
  return together(...plans);
}

/** Bert is gone from the cloud, as if he had never been synchronised. */
export function withoutBert(id: string): FaultPlan {
  return world(id, { kind: 'recipientMissing', side: 'cloud', address: bert });
}

/** Writes properties of the one object of a kind on premises back as they are now, which cmdlets do not in full: they keep what was there before. */
export async function asItIs(sessions: FaultSessions, id: string, object: Extract<ConditionInput, { kind: 'configuration' }>['object'], names: readonly string[]): Promise<FaultStep> {
  const present = await one(sessions, 'OnPremises', `Get-${object}`);
  const valueOf = (name: string): string | null => {
    const value = present[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  return { condition: `${id}-restored`, is: { kind: 'configuration', object, properties: Object.fromEntries(names.map((name) => [name, valueOf(name)])) } };
}
