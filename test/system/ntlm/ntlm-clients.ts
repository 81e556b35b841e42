import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AskOptions {
  /** `https://name:port/path`; the name resolves to 127.0.0.1. */
  url: string;
  caFile: string;
  /** As its user would type it. */
  domain: string;
  userName: string;
  password: string;
  body: string;
  /** Requests over one session. */
  times: number;
}

/** A program by others that signs in by NTLM. */
export interface NtlmClient {
  name: string;
  /** Why it cannot take part here, or undefined. */
  missing: string | undefined;
  /** Takes passwords beyond ASCII: curl widens their bytes, which is another password. */
  unicode: boolean;
  /** Sends the channel binding token of Extended Protection. */
  bindsChannel: boolean;
  /** The status of each request; of the last answer, where the client takes several for one. */
  ask(options: AskOptions): Promise<number[]>;
}

const httpntlm = join(tmpdir(), 'hybridge-clients', 'node_modules', 'httpntlm');

export const ntlmClients: readonly NtlmClient[] = [
  {
    name: 'curl',
    missing: spawnSync('curl', ['--version']).stdout?.includes('NTLM') ? undefined : 'no curl with NTLM: apt-get install curl',
    unicode: false,
    bindsChannel: false,
    async ask({ url, caFile, domain, userName, password, body, times }) {
      const { hostname, port } = new URL(url);
      const user = domain === '' ? userName : `${domain}\\${userName}`;
      const common = ['--ntlm', '-u', `${user}:${password}`, '--cacert', caFile, '--resolve', `${hostname}:${port}:127.0.0.1`, '-H', 'Content-Type: text/xml', '-d', body, '-o', '/dev/null', '-w', '%{http_code}\\n'];
      const output = await run('curl', ['-sS', ...Array.from({ length: times }, (_, index) => [...(index === 0 ? [] : ['--next', '-sS']), ...common, url]).flat()]);
      return output.trim().split('\n').map(Number);
    },
  },
  {
    name: 'requests-ntlm',
    missing: spawnSync('/usr/bin/python3', ['-c', 'import requests_ntlm']).status === 0 ? undefined : 'no python3-requests-ntlm: apt-get install python3-requests-ntlm',
    unicode: true,
    bindsChannel: true,
    async ask(options) {
      const script = `
import json, socket, sys
import requests
from requests_ntlm import HttpNtlmAuth
o = json.load(sys.stdin)
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve('127.0.0.1', *rest, **more)
s = requests.Session()
s.trust_env = False
s.verify = o['caFile']
s.auth = HttpNtlmAuth((o['domain'] + chr(92) if o['domain'] else '') + o['userName'], o['password'])
for _ in range(o['times']):
    print(s.post(o['url'], data=o['body'], headers={'Content-Type': 'text/xml'}).status_code)
`;
      return (await run('/usr/bin/python3', ['-W', 'ignore', '-c', script], JSON.stringify(options))).trim().split('\n').map(Number);
    },
  },
  {
    name: 'httpntlm',
    missing: existsSync(httpntlm) ? undefined : `no httpntlm: npm install --prefix ${join(tmpdir(), 'hybridge-clients')} httpntlm`,
    unicode: true,
    bindsChannel: false,
    async ask(options) {
      const script = `
const dns = require('node:dns');
const lookup = dns.lookup;
dns.lookup = (host, options, callback) => lookup('127.0.0.1', options, callback);
const client = require(${JSON.stringify(httpntlm)});
let input = '';
process.stdin.on('data', (chunk) => (input += chunk)).on('end', () => {
  const o = JSON.parse(input);
  const ask = (left) => {
    if (left === 0) return;
    client.post({ url: o.url, username: o.userName, password: o.password, domain: o.domain, workstation: 'TEST', body: o.body, headers: { 'Content-Type': 'text/xml' } }, (error, response) => {
      if (error) throw error;
      console.log(response.statusCode);
      ask(left - 1);
    });
  };
  ask(o.times);
});`;
      return (await run(process.execPath, ['-e', script], JSON.stringify(options), { NODE_EXTRA_CA_CERTS: options.caFile })).trim().split('\n').map(Number);
    },
  },
];

function run(program: string, parameters: readonly string[], input = '', environment: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { env: { ...process.env, no_proxy: '*', ...environment }, timeout: 20_000 });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => (output += String(chunk)));
    child.stderr.on('data', (chunk) => (errors += String(chunk)));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`${program} ended with ${code}: ${errors}`))));
    child.stdin.end(input);
  });
}
