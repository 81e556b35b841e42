import { loadAgentConfiguration, readAgentIdentity } from '../../agent/index.ts';
import type { AgentPlace } from '../../agent/index.ts';
import { HybridgeError, systemDial } from '../../foundation/index.ts';
import { createRelaySession } from '../../management/index.ts';
import type { ConnectivityEndpoint, RelayAdmin } from '../../management/index.ts';
import { exitCodes } from '../../service/index.ts';
import type { Surroundings } from '../../service/index.ts';

export type AgentTestErrorCode = 'CLI_NO_ENDPOINT';

export interface AgentTestOptions extends AgentPlace {
  relay?: string;
  sts?: string;
  cloud?: string[];
  testO365Endpoints?: boolean;
}

const connectTimeoutMs = 10_000;

/** `hybridge agent test`: Test-HybridConnectivity for this machine. Returns 0, or 1 when an endpoint cannot be reached. */
export async function testConnectivity(options: AgentTestOptions, { stdout, stderr, env }: Surroundings): Promise<number> {
  const relay = options.relay ?? relayOf(options, env);
  let failed = false;
  const session = createRelaySession({} as RelayAdmin, {
    connectivity: {
      required: [relay, ...(options.sts === undefined ? [] : [options.sts])].map(endpointOf),
      office365: (options.cloud ?? []).map(endpointOf),
      connect: async ({ host, port }) => void (await systemDial(host, port, AbortSignal.timeout(connectTimeoutMs))).destroy(),
      say: (text) => void stdout.write(`${text}\n`),
    },
    onWarning(text) {
      failed = true;
      stderr.write(`WARNING: ${text}\n`);
    },
  });
  await session.invoke('Test-HybridConnectivity', { TestO365Endpoints: options.testO365Endpoints === true });
  return failed ? exitCodes.negative : exitCodes.ok;
}

function relayOf(place: AgentPlace, environment: Surroundings['env']): string {
  const configuration = loadAgentConfiguration(place, environment);
  return readAgentIdentity(configuration.path(configuration.settings.stateDirectory)).relayUrl;
}

function endpointOf(address: string): ConnectivityEndpoint {
  const url = URL.parse(address.includes('://') ? address : `https://${address}`);
  if (url === null) throw new HybridgeError<AgentTestErrorCode>('CLI_NO_ENDPOINT', `${address} is no address.`, { remedy: 'Give https://host[:port].' });
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || '443') };
}
