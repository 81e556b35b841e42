import { chmodSync, existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { familyOf, freePort, run } from '../processes.ts';
import type { Processes } from '../processes.ts';
import { accepts } from './nginx.ts';
import type { Plane, PlaneContext } from './plane.ts';

/** Where Debian's sshd wants an empty folder to exist. */
const privilegeSeparation = '/run/sshd';

export interface SshServer {
  port: number;
  pid: number;
  keyFile: string;
  /** Removes what was made outside the scratch folder. */
  close(): void;
}

export async function startSshServer(processes: Processes, directory: string): Promise<SshServer> {
  const folder = join(directory, 'ssh');
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ['host', 'id']) await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
  await run('cp', [join(folder, 'id.pub'), join(folder, 'authorized')]);
  chmodSync(join(folder, 'authorized'), 0o600);
  const made = !existsSync(privilegeSeparation);
  if (made) mkdirSync(privilegeSeparation, { mode: 0o755 });
  const port = await freePort();
  writeFileSync(
    join(folder, 'sshd_config'),
    `Port ${port}
ListenAddress 127.0.0.1
HostKey ${join(folder, 'host')}
AuthorizedKeysFile ${join(folder, 'authorized')}
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
AllowTcpForwarding remote
GatewayPorts no
MaxSessions 100
PrintMotd no
`,
  );
  const child = processes.start('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')]);
  await accepts(port);
  return {
    port,
    pid: child.pid ?? 0,
    keyFile: join(folder, 'id'),
    close() {
      if (made) rmdirSync(privilegeSeparation);
    },
  };
}

/**
 * `ssh -R` to the origin's TLS port: end-to-end TLS through one SSH connection. A terminal is requested, because ssh
 * leaves Nagle's algorithm on without one and is then ten times slower.
 */
export async function startSshPlane(context: PlaneContext, server: SshServer, dialPort: number, name = 'ssh'): Promise<Plane> {
  const port = await freePort();
  const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR', 'ExitOnForwardFailure=yes', 'IdentitiesOnly=yes'];
  const client = context.processes.start('ssh', [
    '-tt',
    '-F',
    '/dev/null',
    ...options.flatMap((option) => ['-o', option]),
    '-p',
    String(dialPort),
    '-i',
    server.keyFile,
    '-R',
    `127.0.0.1:${port}:127.0.0.1:${context.originPort}`,
    `${userInfo().username}@127.0.0.1`,
    'sleep 86400',
  ]);
  await accepts(port);
  return { name, url: `https://target.test:${port}`, relay: () => familyOf(server.pid), agent: () => familyOf(client.pid ?? 0) };
}
