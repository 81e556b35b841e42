import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/foundation/index.ts';
import { createCertificateAuthority, issueServerCertificate } from '../../src/identity/index.ts';
import type { CertificateWithKey } from '../../src/identity/index.ts';
import { installMissing } from './install-missing.ts';
import { transferBytes } from './load.ts';
import type { RelayUnderTest } from './planes/hybridge.ts';
import { startHybridgePlane, startRelayUnderTest } from './planes/hybridge.ts';
import { startLocaltunnelPlane } from './planes/localtunnel.ts';
import { startNginxPlane, startOrigin } from './planes/nginx.ts';
import type { Plane, PlaneContext } from './planes/plane.ts';
import type { SshServer } from './planes/ssh.ts';
import { startSshPlane, startSshServer } from './planes/ssh.ts';
import { createProcesses } from './processes.ts';
import type { Processes } from './processes.ts';

export interface WorldOptions {
  quick: boolean;
  /** False: Hybridge alone. */
  peers: boolean;
  /** True: the scratch folder stays, with the logs in it. */
  keep: boolean;
  /** Folder for CPU profiles of relay and agent. */
  profile?: string;
}

/** Everything that runs during the benchmark. */
export interface World {
  context: PlaneContext;
  ca: string;
  certificate: CertificateWithKey;
  processes: Processes;
  relay: RelayUnderTest;
  /** Hybridge first, then the peers that could be had. */
  planes: readonly Plane[];
  /** Hybridge and ssh with 25 ms each way between their two ends. */
  farPlanes: readonly Plane[];
  /** Starts it when its turn has come, so that it takes nothing from the others before. Undefined where it cannot be had. */
  startLocaltunnel(): Promise<Plane | undefined>;
  close(): Promise<void>;
}

export const delayEachWayMs = 25;

/** Starts origin, Hybridge and peers, each in processes of its own. What is missing is said and left out. */
export async function openWorld(options: WorldOptions): Promise<World> {
  console.log(`Machine: ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`);
  const programs = await installMissing();
  if (!programs.has('nginx') || !programs.has('wrk') || !programs.has('curl')) throw new Error('The origin is nginx, the load comes from wrk and curl: without them nothing can be measured.');
  const directory = mkdtempSync(join(tmpdir(), 'hybridge-bench-tunnel-'));
  const processes = createProcesses();
  let sshServer: SshServer | undefined;
  let relay: RelayUnderTest | undefined;
  const close = async (): Promise<void> => {
    await relay?.close();
    await processes.stopAll();
    sshServer?.close();
    if (options.keep) console.log(`Logs: ${directory}`);
    else rmSync(directory, { recursive: true, force: true });
  };
  try {
    const authority = await createCertificateAuthority({ commonName: 'bench', clock: systemClock });
    const certificate = await issueServerCertificate(authority, { hosts: ['relay.test', '*.relay.test', 'target.test', '127.0.0.1'], days: 2, clock: systemClock });
    const ca = authority.certificate;
    const files = writeFiles(directory, ca, certificate);
    const context: PlaneContext = { processes, directory, ...files, ...(await startOrigin({ processes, directory, ...files })) };
    const execArgv = options.profile === undefined ? {} : { execArgv: ['--cpu-prof', '--cpu-prof-dir', options.profile] };
    await startOnce(context, ca, certificate);
    relay = await startRelayUnderTest({ processes, directory: join(directory, 'relay'), ca, certificate, ...execArgv });
    const planes = [await startHybridgePlane({ context, relay, ca, ...execArgv })];
    const farPlanes: Plane[] = [];
    if (options.peers) {
      const far = await delayedPort(processes, relay.port);
      farPlanes.push(await startHybridgePlane({ context, relay, ca, name: 'far', dialPort: far }));
      planes.push(await startNginxPlane(context));
      if (programs.has('ssh') && programs.has('/usr/sbin/sshd')) {
        sshServer = await startSshServer(processes, directory);
        planes.push(await startSshPlane(context, sshServer, sshServer.port));
        farPlanes.push(await startSshPlane(context, sshServer, await delayedPort(processes, sshServer.port)));
      }
    }
    const startLocaltunnel = async (): Promise<Plane | undefined> =>
      options.peers
        ? startLocaltunnelPlane(context).catch((error: unknown) => {
            console.log(`localtunnel is left out: it could not be installed or started (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`);
            return undefined;
          })
        : undefined;
    return { context, ca, certificate, processes, relay, planes, farPlanes, startLocaltunnel, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function delayedPort(processes: Processes, targetPort: number): Promise<number> {
  const { ready } = await processes.fork('delay-link.ts', { targetPort, delayMs: delayEachWayMs });
  return (ready as { port: number }).port;
}

/** A first start of relay and agent, which leaves their compiled code behind: every later one of a service finds it. */
async function startOnce(context: PlaneContext, ca: string, certificate: CertificateWithKey): Promise<void> {
  const processes = createProcesses();
  const relay = await startRelayUnderTest({ processes, directory: join(context.directory, 'first-relay'), ca, certificate });
  try {
    await startHybridgePlane({ context: { ...context, processes }, relay, ca, name: 'first' });
  } finally {
    await relay.close();
    await processes.stopAll();
  }
}

function writeFiles(directory: string, ca: string, certificate: CertificateWithKey): Pick<PlaneContext, 'caFile' | 'certificateFile' | 'keyFile'> {
  mkdirSync(join(directory, 'tls'));
  const write = (name: string, text: string): string => {
    const file = join(directory, 'tls', name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  for (const [name, size] of Object.entries(transferBytes)) {
    const file = openSync(join(directory, name), 'w');
    ftruncateSync(file, size);
    closeSync(file);
  }
  return { caFile: write('ca.pem', ca), certificateFile: write('cert.pem', certificate.certificate), keyFile: write('key.pem', certificate.privateKey) };
}
