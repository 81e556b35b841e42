import { errorCode, errorText } from '../../foundation/index.ts';
import type { Clock } from '../../foundation/index.ts';
import type { AuthMetadata, GatewayMetadata, ServedCertificate, StsAdminClient } from '../../identity/index.ts';
import type { CmdletSession } from '../../management/index.ts';
import type { Observed } from '../observed.ts';
import type { SessionName } from '../plan.ts';
import type { UnreachedSide } from './certificate-entry.ts';

/** A TLS server to look at. */
export interface TlsEndpoint {
  /** For people: `relay`, or the `host:port` that was given. */
  title: string;
  host: string;
  port: number;
  /** Who replaces its certificate. */
  renewal: string;
}

/** An agent whose state folder can be read here. */
export interface LocalAgent {
  agentId: string;
  /** PEM. */
  certificate: string;
}

/** An authority whose agents a relay lets in. */
export interface RelayAuthority {
  /** PEM. */
  certificate: string;
  issues: boolean;
}

/** What certificates are read from. What is absent is not asked; what fails becomes an unreached side. */
export interface CertificateSources {
  sessions: Partial<Readonly<Record<SessionName, CmdletSession>>>;
  fetchAuthMetadata: (url: string) => Promise<AuthMetadata>;
  fetchFederationMetadata: (url: string) => Promise<GatewayMetadata>;
  /** `…/autodiscover/metadata/json/1` of the cloud organisation: its own Auth certificates. */
  cloudMetadataUrl?: string;
  tokenService?: Pick<StsAdminClient, 'listSigningKeys' | 'listFederatedApplications'>;
  /** The relay's authorities for agents: the one that issues, and those that are still accepted. */
  relayAuthorities?: () => Promise<readonly RelayAuthority[]>;
  agents?: readonly (() => LocalAgent)[];
  tls: readonly TlsEndpoint[];
  readServedCertificate: (host: string, port: number) => Promise<ServedCertificate>;
  clock: Clock;
}

/** The sources while an inventory is taken: each question is asked once, and failures are kept. */
export interface SourceView {
  sources: CertificateSources;
  now: number;
  /** What a cmdlet gives; undefined where there is no such session or it failed. */
  ask(session: SessionName, cmdlet: string, parameters?: Record<string, unknown>): Promise<readonly Observed[] | undefined>;
  /** The answer, or undefined with a note of the side that gave none. */
  attempt<Answer>(side: string, run: (() => Promise<Answer>) | undefined): Promise<Answer | undefined>;
}

export const sideNames: Readonly<Record<SessionName, string>> = { OnPremises: 'on premises', Cloud: 'cloud', Tenant: 'tenant', Relay: 'relay' };

export function viewSources(sources: CertificateSources, unreached: UnreachedSide[]): SourceView {
  const asked = new Map<string, Promise<readonly Observed[] | undefined>>();
  const note = (side: string, error: unknown): undefined => {
    const reason = errorText(error);
    if (!unreached.some((known) => known.side === side && known.reason === reason)) unreached.push({ side, reason });
  };
  const attempt: SourceView['attempt'] = async (side, run) => {
    try {
      return await run?.();
    } catch (error) {
      // A cmdlet that a side does not have (Exchange Online shows its AuthServers to nobody) is no side that is not reached.
      if (errorCode(error) === 'MANAGEMENT_CMDLET_NOT_FOUND') return undefined;
      return note(side, error);
    }
  };
  return {
    sources,
    now: sources.clock.now(),
    attempt,
    ask(session, cmdlet, parameters = {}) {
      const key = `${session} ${cmdlet} ${JSON.stringify(parameters)}`;
      const open = sources.sessions[session];
      const answer = asked.get(key) ?? attempt(sideNames[session], open === undefined ? undefined : () => open.invoke(cmdlet, parameters));
      asked.set(key, answer);
      return answer;
    },
  };
}
