import type { CmdletSession } from '../../management/index.ts';
import { cloudLooksAgain, premisesLookAgain } from '../knowledge/checks.ts';
import type { Failure, Step } from '../knowledge/failure.ts';
import { text } from './probe.ts';
import type { ProvenCause } from './run-probes.ts';

/** Whom and what a diagnosis was about. */
export interface KnownOf {
  sessions: Partial<Record<'OnPremises' | 'Cloud' | 'Tenant' | 'Relay', CmdletSession>>;
  /** SMTP addresses, as far as somebody was named. */
  cloudUser?: string | undefined;
  premisesUser?: string | undefined;
  /** What shows that it works again, where nobody looked free/busy up. */
  check?: Step | undefined;
  /** Who asked for whose free/busy. */
  asker?: string | undefined;
  whom?: string | undefined;
  /** The address that was looked at, where it was given. */
  url?: URL | undefined;
}

type Names = ReadonlyMap<string, string>;

/** As the knowledge writes the agent’s published address; here it may be another relay’s. */
const agentAddress = /<endpoint guid>\.resource\.mailboxmigration\.his\.msappproxy\.net/g;

/** How the knowledge’s placeholders are found out; where there are several objects of a kind, nobody knows which is meant. */
const lookUps: Readonly<Record<string, (of: KnownOf) => Promise<string | undefined>>> = {
  'cloud user': async ({ cloudUser }) => cloudUser,
  'on-premises user': async ({ premisesUser }) => premisesUser,
  person: async ({ whom, premisesUser }) => whom ?? premisesUser,
  user: async ({ premisesUser }) => premisesUser,
  room: async ({ whom }) => whom,
  address: async ({ whom }) => whom,
  'on-premises host': publishedHost,
  'cloud connector': ({ sessions }) => theOne(sessions.Cloud, 'Get-IntraOrganizationConnector'),
  'cloud relationship': ({ sessions }) => theOne(sessions.Cloud, 'Get-OrganizationRelationship'),
  'on-premises relationship': ({ sessions }) => theOne(sessions.OnPremises, 'Get-OrganizationRelationship'),
  'federation trust': ({ sessions }) => theOne(sessions.OnPremises, 'Get-FederationTrust'),
  evosts: ({ sessions }) => theOne(sessions.OnPremises, 'Get-AuthServer', (each) => each['Type'] === 'AzureAD'),
  server: ({ sessions }) => theOne(sessions.OnPremises, 'Get-ExchangeServer'),
  'tenant domain': initialDomain,
  'endpoint guid': publishedByRelay,
};

/** The same causes, with the names of this very organisation in place of the placeholders, as far as they are known. */
export async function withKnownNames(causes: readonly ProvenCause[], of: KnownOf): Promise<readonly ProvenCause[]> {
  const again = lookAgain(of);
  const wanted = new Set(causes.flatMap(({ failure, knowledge }) => [...failure.check, ...knowledge.proof, ...knowledge.repair]).flatMap(placeholdersOf));
  const names = new Map<string, string>();
  await Promise.all([...wanted].map(async (placeholder) => {
    const name = await lookUps[placeholder]?.(of).catch(() => undefined);
    if (name !== undefined && name !== '') names.set(placeholder, name);
  }));
  const filled = (steps: readonly Step[]): readonly Step[] => steps.map((step) => (looksAgain.has(step) ? (again ?? step) : 'run' in step ? { ...step, run: fillIn(step.run, names) } : { ...step, act: fillIn(step.act, names) }));
  return causes.map((each) => {
    const failure: Failure = { ...each.failure, check: filled(each.failure.check) };
    return { ...each, failure, knowledge: { ...each.knowledge, proof: filled(each.knowledge.proof), repair: filled(each.knowledge.repair) } };
  });
}

const looksAgain: ReadonlySet<Step> = new Set([...cloudLooksAgain, ...premisesLookAgain]);

/** The lookup that failed, in the direction in which it was asked: some failures are the same both ways. */
function lookAgain({ asker, whom, check }: KnownOf): Step | undefined {
  return asker === undefined || whom === undefined ? check : { on: 'client', act: `Look ${whom} up again as ${asker} (Scheduling Assistant): blocks instead of the hatched “no information”.` };
}

/** A name with blanks is quoted where it is not already; one with signs that PowerShell or a Unix shell would read stays a placeholder. */
export function fillIn(command: string, names: Names): string {
  return command.replaceAll(agentAddress, names.get('endpoint guid') ?? '$&').replaceAll(/(["']?)<([a-z][a-z -]*)>/g, (whole, quote: string, placeholder: string) => {
    const name = names.get(placeholder);
    if (name === undefined || !/^[\p{L}\p{N}][\p{L}\p{N} .@:/+_()-]*$/u.test(name)) return whole;
    return quote !== '' || /^[\w.@:/+-]+$/.test(name) ? `${quote}${name}` : `"${name}"`;
  });
}

function placeholdersOf(step: Step): readonly string[] {
  return [...('run' in step ? step.run : step.act).matchAll(/<([a-z][a-z -]*)>/g)].map(([, placeholder = '']) => placeholder);
}

async function theOne(session: CmdletSession | undefined, cmdlet: string, isMeant: (each: Record<string, unknown>) => boolean = () => true): Promise<string | undefined> {
  const found = ((await session?.invoke(cmdlet)) ?? []).filter(isMeant);
  return found.length === 1 ? text(found[0], 'Name') : undefined;
}

/** Under which Exchange Online, or a client, is to reach the organisation: as given, as the relay publishes it, as its virtual directories say. */
async function publishedHost({ sessions, url }: KnownOf): Promise<string | undefined> {
  if (url !== undefined) return url.host;
  const published = (await sessions.Relay?.invoke('Get-HybridApplication').catch(() => [])) ?? [];
  const directories = (await sessions.OnPremises?.invoke('Get-WebServicesVirtualDirectory').catch(() => [])) ?? [];
  const hosts = new Set([...published.map((each) => text(each, 'externalUrl')), ...directories.map((each) => text(each, 'ExternalUrl'))].flatMap((each) => URL.parse(each)?.host ?? []));
  return [...hosts][0];
}

/** The address of the agent’s one application. */
async function publishedByRelay({ sessions }: KnownOf): Promise<string | undefined> {
  const hosts = ((await sessions.Relay?.invoke('Get-HybridApplication')) ?? []).flatMap((each) => URL.parse(text(each, 'externalUrl'))?.host ?? []);
  return hosts.length === 1 ? hosts[0] : undefined;
}

async function initialDomain({ sessions }: KnownOf): Promise<string | undefined> {
  const [organization] = (await sessions.Tenant?.invoke('Get-MgOrganization')) ?? [];
  const domains = Array.isArray(organization?.['VerifiedDomains']) ? (organization['VerifiedDomains'] as Record<string, unknown>[]) : [];
  return text(domains.find((each) => each['IsInitial'] === true), 'Name');
}
