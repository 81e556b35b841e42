import type { CmdletInvocation, CmdletSession } from '../management/index.ts';

export type SessionName = CmdletInvocation['session'];

/** The open doors of the organisations, the tenant directory and the relay. */
export type Sessions = Readonly<Record<SessionName, CmdletSession>>;

/**
 * By which trust free/busy crosses: `oauth` (tokens between servers over intra-organization connectors), `dauth`
 * (delegation tokens over organization relationships), or both configured, where the connector decides.
 */
export const freeBusyTrusts = ['oauth', 'dauth', 'both'] as const;
export type FreeBusyTrust = (typeof freeBusyTrusts)[number];

/** How the cloud reaches the on-premises organisation: by its own published address, or by an agent and the relay. */
export const setupTopologies = ['Classic', 'Modern'] as const;
export type SetupTopology = (typeof setupTopologies)[number];

/** `Full` joins the organisations; `Minimal` only prepares moving mailboxes: domains, the MRS proxy, and the way to it. */
export const setupConfigurations = ['Full', 'Minimal'] as const;
export type SetupConfiguration = (typeof setupConfigurations)[number];

/** A user and password, held for as long as a run lasts. */
export interface Credential {
  userName: string;
  password: string;
}

/** How mail crosses between the organisations, by TLS with a certificate of the on-premises organisation. */
export interface MailSettings {
  /** Under this name Exchange Online delivers to on-premises servers. */
  host: string;
  /** `<I>issuer<S>subject` of the certificate that on-premises servers show. */
  certificateName: string;
  /** The name in it by which Exchange Online knows them: `mail.contoso.com`, `*.contoso.com`. */
  certificateDomain: string;
  /** All mail of cloud users to the outside goes through on-premises servers: centralised mail transport. */
  isCentralized: boolean;
  /** The name in the certificate of Exchange Online's mail servers. */
  cloudTlsDomain: string;
  /** Where on-premises servers hand over mail for the cloud; undefined: MX records say it. */
  cloudSmartHost: string | undefined;
}

/** A phase of an agent's installation or removal, as it is shown and logged. */
export interface AgentPhase {
  phase: 'install' | 'register' | 'start' | 'validate' | 'stop' | 'unregister';
  outcome: 'done' | 'failed' | 'skipped';
  detail: string;
  code?: string;
  remedy?: string;
}

/** The Hybrid Agent of the machine on which the wizard runs. */
export interface AgentInstaller {
  /** Id of the agent that is enrolled here; undefined where none is. */
  id(): string | undefined;
  /** What would be made here: configuration and service. One line for people. */
  describe(): string;
  /**
   * Brings this machine to a running, registered agent through which requests from the relay's public side come; what
   * is done already is kept, so that it can be run again after any end.
   *
   * @throws WizardError `WIZARD_AGENT` with the phase that failed
   */
  install(onPhase: (phase: AgentPhase) => void): Promise<void>;
  /** Ends the agent, gives its permission back and removes what `install` made; nothing where there is none. */
  remove(onPhase: (phase: AgentPhase) => void): Promise<void>;
}

/** What the administrator decides, and what was found of the organisations; everything else is observed by the steps. */
export interface SetupSettings {
  configuration: SetupConfiguration;
  topology: SetupTopology;
  freeBusy: FreeBusyTrust;
  /** The tenant's id. */
  tenantId: string;
  /** GUID of the on-premises organisation; part of object names, as the Hybrid Configuration Wizard writes them. */
  organizationGuid: string;
  /** SMTP domains of mailboxes that live on premises. */
  hybridDomains: readonly string[];
  /** The tenant's routing domain, `<tenant>.mail.onmicrosoft.com`. */
  coexistenceDomain: string;
  /** The tenant's first domain, `<tenant>.onmicrosoft.com`; empty where it is not known. */
  initialDomain: string;
  /** Published host of the on-premises EWS, for the migration endpoint of the Classic topology; empty where there is none. */
  migrationHost: string;
  /** Objects that Organization Configuration Transfer copies to the cloud: `SharingPolicy/Partners`. */
  transfer: readonly string[];
  /** Whether servers call the cloud as an application of their own organisation. */
  dedicatedApplication: boolean;
  /** Whether user and password are known with which mailboxes would be moved on premises. */
  hasMigrationAccount: boolean;
  /** Autodiscover SOAP endpoint of the cloud organisation. */
  cloudDiscoveryEndpoint: string;
  /** EWS of the cloud organisation; undefined where only Autodiscover is known. */
  cloudEwsEndpoint: string | undefined;
  /** Autodiscover SOAP endpoint of the on-premises organisation, as it would be published. */
  onPremisesDiscoveryEndpoint: string;
  /** Host names under which clients know the on-premises servers. */
  onPremisesHosts: readonly string[];
  /** Host names of the cloud organisation's EWS and Autodiscover. */
  cloudHosts: readonly string[];
  /** The token service: `metadata/json/1` and the sign-in authority of the tenant. */
  acsMetadataUrl: string;
  evoStsMetadataUrl: string;
  /** Metadata of the federation gateway. */
  gatewayMetadataUrl: string;
  /** The application on the relay that publishes the on-premises EWS; Modern alone uses it. */
  hybridApplicationId: string;
  /** Where the agent leads to, `https://server`; Modern alone uses it. */
  hybridTargetUri: string;
  /** Whether an agent is installed on the machine on which the wizard runs; Modern alone. */
  installsAgent: boolean;
  /** Undefined: mail is left as it is. */
  mail: MailSettings | undefined;
}

/** A cmdlet that shows something of a side. */
export interface NeededReading {
  session: SessionName;
  cmdlet: string;
}

/** A TXT record that proves a domain. */
export interface TextRecord {
  name: string;
  text: string;
}

/** What a step sees: read-only calls on every session. */
export interface StepView {
  settings: SetupSettings;
  get(session: SessionName, cmdlet: string, parameters?: Record<string, unknown>): Promise<readonly Record<string, unknown>[]>;
  now(): number;
  /**
   * Sees to it that records stand in the public DNS before the step goes on. Nothing happens in a dry run.
   *
   * @throws WizardError `WIZARD_PREREQUISITE` with the records, where only a person can publish them
   */
  publish(records: readonly TextRecord[]): Promise<void>;
  /** Installs the agent of this machine. Nothing happens in a dry run. @throws WizardError `WIZARD_AGENT`, `WIZARD_PREREQUISITE` */
  installAgent(): Promise<void>;
  /** Takes the agent of this machine away, where there is one. Nothing happens in a dry run. */
  removeAgent(): Promise<void>;
}

/**
 * One part of the hybrid configuration. `changes` compares what is with what should be and returns the cmdlets that
 * come next; none means the part is as it should be. Where a later cmdlet needs the result of an earlier one it
 * returns only the first, and is asked again.
 */
export interface SetupStep {
  id: string;
  title: string;
  /** What it is good for, one sentence: administrators read it beside each change. */
  why: string;
  /** The trusts for which the step is run; all where absent. */
  onlyFor?: readonly FreeBusyTrust[];
  /** The topology for which the step is run; both where absent. */
  topology?: SetupTopology;
  /** The configurations for which the step is run; Full where absent. */
  configurations?: readonly SetupConfiguration[];
  /** Belongs to the OAuth portion: where delegated federation is configured beside it, the rest is done without it. */
  isOAuth?: true;
  /** Cmdlets that not every organisation has; where one is not known the step is left out, and that is said. */
  needs?: readonly NeededReading[];
  /** It is for the dedicated hybrid application, and left out where that is not wanted. */
  isDedicated?: true;
  /** It sets mail flow up, and is left out where that is not wanted. */
  isMail?: true;
  /** Published code of the Hybrid Configuration Wizard for the failure of this step. */
  publishedCode?: 'HCW8034';
  /** It copies objects that were chosen, and is left out where none was. */
  isTransfer?: true;
  /** It hands over the on-premises account, and is left out, and that is said, where none is known. */
  needsAccount?: true;
  /** Its failure does not keep the rest from being done: it ends as a warning under this published code. */
  mayFailAs?: 'HCW8078' | 'HCW8110';
  /** It only asks whether what the others have set works, so there is nothing to plan. */
  verifies?: true;
  changes(view: StepView): Promise<readonly CmdletInvocation[]>;
}

/** Whether a step belongs to what is wanted. */
export function isWanted(step: SetupStep, { configuration, topology, freeBusy, hasMigrationAccount, dedicatedApplication, transfer, mail }: Pick<SetupSettings, 'configuration' | 'topology' | 'freeBusy' | 'hasMigrationAccount' | 'dedicatedApplication' | 'transfer' | 'mail'>): boolean {
  if (step.isMail === true && mail === undefined) return false;
  if (step.isTransfer === true && transfer.length === 0) return false;
  if (step.isDedicated === true && !dedicatedApplication) return false;
  if (step.needsAccount === true && !hasMigrationAccount) return false;
  if (!(step.configurations ?? ['Full']).includes(configuration)) return false;
  if (step.topology !== undefined && step.topology !== topology) return false;
  return step.onlyFor === undefined || step.onlyFor.includes(freeBusy);
}
