import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { familyOf, freePort } from '../processes.ts';
import type { Processes } from '../processes.ts';
import type { Plane, PlaneContext } from './plane.ts';

/**
 * The origin: 4 KB answers to POSTs under /EWS/, files of 256 and 64 MB, and uploads, which it passes to a sink and does
 * not keep.
 */
export async function startOrigin(context: Omit<PlaneContext, 'originPort' | 'originHttpPort'>): Promise<{ originPort: number; originHttpPort: number }> {
  const { directory } = context;
  const sink = join(directory, 'sink.sock');
  await context.processes.fork('upload-sink.ts', { path: sink });
  const [originPort, originHttpPort] = [await freePort(), await freePort()];
  mkdirSync(join(directory, 'www', 'EWS'), { recursive: true });
  writeFileSync(join(directory, 'www', 'EWS', 'answer'), 'y'.repeat(4096));
  await startNginx(context.processes, directory, 'origin', originPort, `
    server {
      listen 127.0.0.1:${originPort} ssl;
      listen 127.0.0.1:${originHttpPort};
      ${tlsServer(context)}
      root ${join(directory, 'www')};
      # A static file answers POST with 405; the answer is taken for it after the body has been read.
      location = /EWS/Exchange.asmx { alias ${join(directory, 'www', 'EWS', 'answer')}; error_page 405 =200 /EWS/answer; }
      location = /EWS/answer { internal; default_type text/xml; }
      location = /EWS/large { alias ${join(directory, 'large')}; }
      location = /EWS/medium { alias ${join(directory, 'medium')}; }
      location = /EWS/upload { proxy_pass http://unix:${sink}:; proxy_http_version 1.1; proxy_request_buffering off; }
    }`);
  return { originPort, originHttpPort };
}

/** nginx at both ends of the way, TLS on all three hops, connections with the next hop kept and shared by all clients. */
export async function startNginxPlane(context: PlaneContext): Promise<Plane> {
  const { processes, directory } = context;
  const [relayPort, agentPort] = [await freePort(), await freePort()];
  const proxy = (port: number, next: number): string => `
    upstream next { server 127.0.0.1:${next}; keepalive 300; keepalive_requests 1000000; }
    server {
      listen 127.0.0.1:${port} ssl;
      ${tlsServer(context)}
      location / {
        proxy_pass https://next;
        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_ssl_name target.test;
        proxy_ssl_server_name on;
        proxy_ssl_verify on;
        proxy_ssl_trusted_certificate ${context.caFile};
        proxy_request_buffering off;
        proxy_max_temp_file_size 0;
      }
    }`;
  const agent = await startNginx(processes, directory, 'nginx-agent', agentPort, proxy(agentPort, context.originPort));
  const relay = await startNginx(processes, directory, 'nginx-relay', relayPort, proxy(relayPort, agentPort));
  return { name: 'nginx', url: `https://target.test:${relayPort}`, relay: () => familyOf(relay), agent: () => familyOf(agent) };
}

function tlsServer(context: Pick<PlaneContext, 'certificateFile' | 'keyFile'>): string {
  return `ssl_certificate ${context.certificateFile}; ssl_certificate_key ${context.keyFile}; ssl_session_cache shared:tls:1m;`;
}

async function startNginx(processes: Processes, directory: string, name: string, port: number, http: string): Promise<number> {
  const prefix = join(directory, name);
  mkdirSync(prefix);
  const file = join(prefix, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${join(prefix, kind)};`).join(' ');
  writeFileSync(
    file,
    `daemon off; worker_processes 1; ${process.getuid?.() === 0 ? 'user root;' : ''} pid ${join(prefix, 'pid')}; error_log ${join(prefix, 'error.log')};
events { worker_connections 8192; }
http {
  access_log off; keepalive_requests 100000000; client_max_body_size 0; sendfile on; tcp_nodelay on; ${temporary}
  ${http}
}
`,
  );
  const child = processes.start('nginx', ['-p', prefix, '-e', join(prefix, 'error.log'), '-c', file]);
  await accepts(port);
  if (child.pid === undefined || !existsSync(join(prefix, 'pid'))) throw new Error(`${name} did not start.`);
  return child.pid;
}

/** Resolves once something accepts connections on the port; gives up after ten seconds. */
export async function accepts(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (reached) return;
    await pause(50);
  }
  throw new Error(`Nothing listens on port ${port}.`);
}
