import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { agentOptions, enrollAgent, loadAgentConfiguration, proveThroughAgent, readAgentIdentity, unregisterAgent } from '../../../../agent/index.ts';
import type { AgentOptions, PhaseReport } from '../../../../agent/index.ts';
import { errorCode, errorText, HybridgeError, noAccessLog, silentLog, makeFolder } from '../../../../foundation/index.ts';
import type { RelayAdminClient } from '../../../../relay/index.ts';
import { WizardError } from '../../../../wizard/index.ts';
import type { AgentPhase, AgentInstaller } from '../../../../wizard/index.ts';
import type { AgentHome } from './agent-home.ts';
import type { AgentService } from './agent-service.ts';
import { createAgentService, privateFolder } from './agent-service.ts';

export interface LocalAgentOptions {
  home: AgentHome;
  /** Keys of agent.yaml, where the wizard writes one; a file that is there already stays as it is. */
  configuration: Readonly<Record<string, unknown>>;
  relayAdmin: RelayAdminClient;
  /** Default: the one that the relay's key shows. */
  tenantId?: string;
  /** Public address of the relay. Default: where its endpoints are. */
  relayUrl?: string;
  environment: Readonly<Record<string, string | undefined>>;
  service?: AgentService;
}

/**
 * The agent of this machine: configuration, enrolment with a one-time token that the relay's key has issued, a service,
 * and a request from the relay's public side through it. The original's first phase, the download, is no phase here: it
 * is the same program.
 */
export function createLocalAgent(options: LocalAgentOptions): AgentInstaller {
  const { home, relayAdmin } = options;
  const service = options.service ?? createAgentService(home);
  const own = (): AgentOptions => ({ ...agentOptions(loadAgentConfiguration({ config: home.configurationFile }, options.environment), { log: silentLog, accessLog: noAccessLog }), stateDirectory: home.stateDirectory });
  const id = (): string | undefined => identityOf(home)?.agentId;
  return {
    id,
    describe: () => `configuration ${home.configurationFile}, ${service.title}${home.reason === undefined ? '' : ` (${home.reason})`}`,
    async install(onPhase) {
      const done = (phase: AgentPhase['phase'], detail: string): void => onPhase({ phase, outcome: 'done', detail });
      await phaseOf('install', onPhase, async () => {
        const isWritten = existsSync(home.configurationFile);
        if (!isWritten) writeConfiguration(home, options.configuration);
        own();
        privateFolder(home.stateDirectory);
        done('install', `${home.configurationFile} ${isWritten ? 'is there already' : 'is written'}, the state folder ${home.stateDirectory} is ready`);
      });
      await phaseOf('register', onPhase, async () => {
        const agentId = id();
        const present = agentId === undefined ? undefined : (await relayAdmin.listAgents(options.tenantId)).find((agent) => agent.id === agentId && agent.revokedAt === undefined);
        if (present !== undefined) return done('register', `agent ${present.id} is registered already`);
        const tenantId = options.tenantId ?? (await onlyTenant(relayAdmin));
        const relayUrl = options.relayUrl ?? (await relayOf(relayAdmin, tenantId));
        const { token } = await relayAdmin.issueEnrolmentToken(tenantId, { lifetimeMs: 600_000 });
        const { ca, proxy, dial, machineName, stateDirectory } = own();
        // An identity that the relay has revoked, or never knew, is of no use to anybody.
        if (agentId !== undefined) await service.stop();
        const enrolled = await enrollAgent({ token, relayUrl, stateDirectory, replace: true, ...(ca === undefined ? {} : { ca }), ...(proxy === undefined ? {} : { proxy }), ...(dial === undefined ? {} : { dial }), ...(machineName === undefined ? {} : { machineName }) });
        return done('register', `agent ${enrolled.agentId} with ${relayUrl}`);
      });
      await phaseOf('start', onPhase, async () => done('start', `${await service.start()}${home.reason === undefined ? '' : `; it ends with this machine. For one that begins with it, install ${home.unitFile}`}`));
      await phaseOf('validate', onPhase, async () => {
        const tenantId = options.tenantId ?? (await onlyTenant(relayAdmin));
        const report = await proveThroughAgent(own(), await relayAdmin.listApplications(tenantId));
        onPhase({ ...report });
        if (report.outcome === 'failed') throw failed(report);
      });
    },
    async remove(onPhase) {
      if (id() === undefined) return;
      await phaseOf('stop', onPhase, async () => {
        await service.stop();
        onPhase({ phase: 'stop', outcome: 'done', detail: service.title });
      });
      await phaseOf('unregister', onPhase, async () => {
        const agentId = id() ?? '';
        await unregisterAgent(own()).catch(async (error: unknown) => {
          // A key that is damaged, or an authority that has changed: the relay's administrator may still say so.
          await relayAdmin.revokeAgent(agentId).catch(() => {
            throw error;
          });
        });
        for (const file of [home.configurationFile, home.unitFile]) rmSync(file, { force: true });
        rmSync(home.stateDirectory, { recursive: true, force: true });
        onPhase({ phase: 'unregister', outcome: 'done', detail: `agent ${agentId}; its key is deleted here` });
      });
    },
  };
}

function identityOf(home: AgentHome): { agentId: string } | undefined {
  try {
    return readAgentIdentity(home.stateDirectory);
  } catch {
    return undefined;
  }
}

function writeConfiguration({ configurationFile, stateDirectory }: AgentHome, configuration: Readonly<Record<string, unknown>>): void {
  makeFolder(dirname(configurationFile), { mode: 0o755 });
  writeFileSync(configurationFile, `# Written by hybridge setup. All keys: deploy/examples/agent.yaml, docs/agent.md\n${stringify({ stateDirectory, ...configuration })}`, { mode: 0o644 });
}

/** What goes wrong in a phase is shown as its outcome, and ends the run as one error. */
async function phaseOf(phase: AgentPhase['phase'], onPhase: (phase: AgentPhase) => void, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof WizardError && error.facts['shown'] === true) throw error;
    const report: AgentPhase = { phase, outcome: 'failed', detail: errorText(error), ...(errorCode(error) === undefined ? {} : { code: errorCode(error) as string }), ...(error instanceof HybridgeError && error.remedy !== undefined ? { remedy: error.remedy } : {}) };
    onPhase(report);
    throw failed(report, error);
  }
}

function failed({ phase, detail, code, remedy }: AgentPhase | PhaseReport, cause?: unknown): WizardError {
  return new WizardError('WIZARD_AGENT', `The Hybrid Agent of this machine failed at "${phase}": ${detail}`, { facts: { shown: true, phase, code }, cause, remedy: remedy ?? 'Repair what it names, then run set-up again: it goes on where it stopped.' });
}

async function onlyTenant(relayAdmin: RelayAdminClient): Promise<string> {
  const tenants = await relayAdmin.listTenants();
  const [tenant] = tenants;
  if (tenant !== undefined && tenants.length === 1) return tenant.id;
  throw new WizardError('WIZARD_TENANT', `The relay’s key shows ${tenants.length} tenants.`, { remedy: 'Name the tenant under relay: in the file given with --config.' });
}

/** `https://<guid>.relay.example` is of `https://relay.example`. */
async function relayOf(relayAdmin: RelayAdminClient, tenantId: string): Promise<string> {
  const [application] = await relayAdmin.listApplications(tenantId);
  const url = URL.parse(application?.externalUrl ?? '');
  if (application !== undefined && url !== null) return `https://${url.host.slice(application.id.length + 1)}`;
  throw new WizardError('WIZARD_PREREQUISITE', 'The public address of the relay is not known.', { remedy: 'Name it in the file given with --config: agent: { relay: https://relay.example }.' });
}
