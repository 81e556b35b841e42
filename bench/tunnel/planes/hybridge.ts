import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createHttpClient, systemDial } from '../../../src/foundation/index.ts';
import type { CertificateWithKey } from '../../../src/identity/index.ts';
import { createRelayAdminClient } from '../../../src/relay/index.ts';
import type { RelayAdminClient } from '../../../src/relay/index.ts';
import { writeBundle } from '../../../tools/write-bundle.ts';
import { ourPlane } from '../figures.ts';
import type { Processes } from '../processes.ts';
import type { AgentSettings, RelaySettings } from '../settings.ts';
import type { Plane, PlaneContext } from './plane.ts';

export interface RelayUnderTest {
  child: ChildProcess;
  port: number;
  url: string;
  admin: RelayAdminClient;
  close(): Promise<void>;
}

export interface RelayUnderTestOptions {
  processes: Processes;
  directory: string;
  ca: string;
  certificate: CertificateWithKey;
  /** For profiling, or to let the relay collect garbage before its memory is read. */
  execArgv?: readonly string[];
}

/** As deploy/systemd starts them, and each as one file. */
const asDeployed = { execArgv: ['--max-semi-space-size=4'], env: { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', NODE_COMPILE_CACHE: join(import.meta.dirname, '../../../node_modules/.cache/hybridge-bench') } };
const adminKey = 'bench-admin-key';

const programs = new Map<string, Promise<string>>();

/** The file that runs: one for all modules, as `npm run build:relay` and `build:agent` make it; what is to be profiled keeps its names. */
function programOf(name: 'relay-process' | 'agent-process', execArgv: readonly string[] = []): Promise<string> {
  if (execArgv.includes('--cpu-prof')) return Promise.resolve(`${name}.ts`);
  const program = programs.get(name) ?? bundle(name);
  programs.set(name, program);
  return program;
}

async function bundle(name: string): Promise<string> {
  const file = join(import.meta.dirname, '../../../dist/bench', `${name}.mjs`);
  await writeBundle({ entry: `bench/tunnel/${name}.ts`, program: name, file });
  return file;
}

export async function startRelayUnderTest(options: RelayUnderTestOptions): Promise<RelayUnderTest> {
  mkdirSync(options.directory, { recursive: true });
  const settings: RelaySettings = { directory: options.directory, certificate: options.certificate, adminKey };
  const { child, ready } = await options.processes.fork(await programOf('relay-process', options.execArgv), settings, { ...asDeployed, execArgv: [...asDeployed.execArgv, ...(options.execArgv ?? [])] });
  const { port, adminUrl } = ready as { port: number; adminUrl: string };
  const httpClient = createHttpClient({ dial: (_, port, signal) => systemDial('127.0.0.1', port, signal), ca: options.ca });
  return {
    child,
    port,
    url: `https://relay.test:${port}`,
    admin: createRelayAdminClient({ url: adminUrl, httpClient, key: adminKey }),
    close: () => httpClient.close(),
  };
}

export interface HybridgePlaneOptions {
  context: PlaneContext;
  relay: RelayUnderTest;
  ca: string;
  /** Port under which the agent reaches the relay. Default: the relay's own. */
  dialPort?: number;
  name?: string;
  execArgv?: readonly string[];
}

/** Relay and agent with one application: default policy, a request rate that is counted and not reached, all logs. */
export async function startHybridgePlane(options: HybridgePlaneOptions): Promise<Plane> {
  const { context, relay } = options;
  const name = options.name ?? ourPlane;
  await relay.admin.createTenant({ name, id: name });
  const application = await relay.admin.createApplication(name, { targets: [{ url: `https://target.test:${context.originPort}` }], requestsPerSecond: 1e6 });
  const child = await startAgentUnderTest(options, name);
  return { name, url: application.externalUrl.replace(/\/$/, ''), relay: () => [relay.child.pid ?? 0], agent: () => [child.pid ?? 0] };
}

/** One more agent of a tenant, ready to serve. */
export async function startAgentUnderTest(options: HybridgePlaneOptions, tenantId: string): Promise<ChildProcess> {
  const { context, relay, ca } = options;
  const { token } = await relay.admin.issueEnrolmentToken(tenantId);
  const directory = mkdtempSync(join(context.directory, `agent-${tenantId}-`));
  const settings: AgentSettings = { directory, ca, relayUrl: relay.url, token, dialPort: options.dialPort ?? relay.port };
  const { child } = await context.processes.fork(await programOf('agent-process', options.execArgv), settings, { ...asDeployed, execArgv: [...asDeployed.execArgv, ...(options.execArgv ?? [])] });
  return child;
}
