import { systemDial } from '../../foundation/index.ts';
import type { ApplicationConfiguration } from '../../tunnel/index.ts';
import { openAgentState } from '../identity/agent-state.ts';
import { dialThroughProxy } from '../links/dial-through-proxy.ts';
import { startAgent } from '../start-agent.ts';
import type { AgentOptions } from '../start-agent.ts';
import type { PhaseReport } from './phase-report.ts';
import { provePath } from './prove-path.ts';

/** Milliseconds in which a new agent must have a link and its configuration. */
const linkTimeoutMs = 20_000;

/** Starts the agent of a state folder for a moment, then does what `proveThroughAgent` does. */
export async function proveThroughNewAgent(options: AgentOptions): Promise<PhaseReport> {
  const running = await startAgent({ ...options, links: 1 });
  try {
    const late = AbortSignal.timeout(linkTimeoutMs);
    const linked = await Promise.race([running.ready().then(() => true), new Promise<false>((resolve) => late.addEventListener('abort', () => resolve(false), { once: true }))]);
    if (!linked) {
      const { code, message, remedy = 'See docs/agent.md, “Troubleshoot”.' } = running.status().links[0]?.lastError ?? { code: 'AGENT_RELAY_SILENT', message: 'The relay does not answer.' };
      return { phase: 'validate', outcome: 'failed', code, detail: `the agent gets no link to the relay: ${message}`, remedy };
    }
    // The relay sends the configuration right behind its welcome; what was on disk before may be another tenant's.
    return await proveThroughAgent(options, await received(options.stateDirectory, late));
  } finally {
    await running.close();
  }
}

/** Sends each application a request from the relay's public side, which must come out of the target through this agent. */
export async function proveThroughAgent({ stateDirectory, proxy, ca, dial = systemDial }: AgentOptions, applications: readonly Pick<ApplicationConfiguration, 'id' | 'allowedPaths'>[]): Promise<PhaseReport> {
  const { agentId, relayUrl } = openAgentState(stateDirectory).identity();
  if (applications.length === 0) return { phase: 'validate', outcome: 'skipped', detail: 'nothing is published for this tenant yet', remedy: 'Publish the Exchange server: New-HybridApplication -TargetUri https://…, or hybridge relay application create.' };
  const details: string[] = [];
  for (const application of applications) {
    const proof = await provePath({ application, agentId, relayUrl, dial: proxy === undefined ? dial : dialThroughProxy(proxy, dial), ...(ca === undefined ? {} : { ca: [ca].flat() }) });
    if (proof.outcome === 'refused') return { phase: 'validate', outcome: 'failed', code: proof.code, detail: `${proof.url} answered ${proof.status} ${proof.code}: ${proof.message}`, ...(proof.remedy === undefined ? {} : { remedy: proof.remedy }) };
    if (proof.outcome === 'failed') return { phase: 'validate', outcome: 'failed', code: proof.code, detail: `${proof.url} cannot be asked: ${proof.message}`, remedy: `Check that the certificate of the relay covers the endpoint and that port ${new URL(proof.url).port || '443'} is open to it from here.` };
    details.push(proof.outcome === 'answered' ? `${proof.url} answered ${proof.status} through this agent in ${proof.durationMs} ms (request id ${proof.requestId})` : `${proof.url} answered through other agents only`);
  }
  return { phase: 'validate', outcome: 'done', detail: details.join('; ') };
}

async function received(directory: string, late: AbortSignal): Promise<readonly ApplicationConfiguration[]> {
  const state = openAgentState(directory);
  for (;;) {
    const configuration = state.configuration();
    if (configuration !== undefined) return configuration.applications;
    if (late.aborted) return [];
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
