import { X509Certificate } from 'node:crypto';
import type { Surroundings } from '../../service/index.ts';
import { exitCodes } from '../../service/index.ts';
import { openAgentState } from '../identity/agent-state.ts';
import type { AgentPlace } from './agent-configuration.ts';
import { loadAgentConfiguration } from './agent-configuration.ts';
import { readStatusFile } from './status-file.ts';
import type { StatusFile } from './status-file.ts';

/** `agent status`. Returns 0 while a link is up, 1 while none is, 3 when no agent runs on this folder. */
export function showAgentStatus({ json, ...place }: AgentPlace & { json?: boolean }, { stdout, env }: Surroundings): number {
  const configuration = loadAgentConfiguration(place, env);
  const directory = configuration.path(configuration.settings.stateDirectory);
  const { agentId, tenantId, relayUrl, certificate } = openAgentState(directory).identity();
  const running = readStatusFile(directory);
  if (json === true) {
    const certificateExpiresAt = new X509Certificate(certificate).validToDate.getTime();
    stdout.write(`${JSON.stringify(running === undefined ? { running: false, agentId, tenantId, relayUrl, certificateExpiresAt } : { running: true, ...running }, undefined, 2)}\n`);
  } else if (running === undefined) stdout.write(`Agent ${agentId} is enrolled with ${relayUrl} and does not run.\nStart it: hybridge agent run, or the service that does.\n`);
  else stdout.write(describeStatus(running));
  if (running === undefined) return exitCodes.notRunning;
  return running.ready ? exitCodes.ok : exitCodes.negative;
}

function describeStatus(status: StatusFile & { outdated: boolean }): string {
  const { counters } = status;
  const up = status.links.filter((link) => link.state === 'up').length;
  const lines = [
    ...(status.outdated ? [`WARNING: as of ${new Date(status.writtenAt).toISOString()}; process ${status.processId} has not written its status since.`] : []),
    ...status.problems.flatMap(({ code, message, remedy }) => [`WARNING: ${code}: ${message}`, `         ${remedy}`]),
    `Agent        ${status.agentId}`,
    `Tenant       ${status.tenantId}`,
    `Relay        ${status.relayUrl}`,
    `Status       ${status.ready ? 'active' : 'inactive'}, ${up} of ${status.links.length} links up (process ${status.processId}, version ${status.version})`,
    ...status.links.flatMap(describeLink),
    `Certificate  expires ${new Date(status.certificateExpiresAt).toISOString()}`,
    `# requests   ${counters.requests} (${counters.errors} failed), ${counters.activeConnections} connections in work`,
    `Bytes        ${counters.bytesReceived} received, ${counters.bytesSent} sent`,
    ...(status.targets.length === 0 ? ['Targets      none: no application is published for this tenant'] : ['Targets']),
    ...status.targets.map(({ url, healthy, lastError, connections }) => `  ${healthy ? 'healthy  ' : 'UNHEALTHY'}  ${url}, ${connections} connections${healthy || lastError === undefined ? '' : `, ${lastError}`}`),
  ];
  return `${lines.join('\n')}\n`;
}

function describeLink({ state, lastError }: StatusFile['links'][number], index: number): string[] {
  if (state === 'up') return [];
  const told = lastError === undefined ? '' : `: ${lastError.code}: ${lastError.message}`;
  return [`  link ${index + 1}     ${state}${told}`, ...(lastError?.remedy === undefined ? [] : [`             ${lastError.remedy}`])];
}
