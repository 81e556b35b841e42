import { dialTls, errorCode } from '../../../../foundation/index.ts';
import { connectionText } from '../../connection-text.ts';
import { noAnswer } from '../../no-answer.ts';
import { fail, pass, skipped } from '../../probe.ts';
import { pastHandshake } from '../past-handshake.ts';
import type { PathProbe } from '../path-case.ts';

const timeoutMs = 10_000;

/** Exchange Online speaks TLS 1.2 and 1.3 and nothing older. */
export const tlsVersions: PathProbe = {
  id: 'tls-versions',
  title: 'TLS: versions',
  async run(given, facts) {
    const { dial } = given;
    const { url, unreachable } = facts;
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const spoken: string[] = [];
    let refused: unknown;
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      try {
        const socket = await dialTls({ dial, host: url.hostname, port: Number(url.port) || 443, signal: AbortSignal.timeout(timeoutMs), minVersion: version, maxVersion: version, rejectUnauthorized: false });
        spoken.push(`${version} (${socket.getCipher().standardName})`);
        socket.destroy();
      } catch (error) {
        refused = error;
      }
    }
    if (spoken.length > 0) return pass(spoken.join(', '));
    facts.unreachable = 'there is no TLS connection';
    // What comes back is no record of TLS: a server that is too old would have sent an alert.
    if (errorCode(refused) === 'ERR_SSL_WRONG_VERSION_NUMBER') return fail(`port ${url.port || '443'} speaks no TLS at all (plain HTTP, or another service)`);
    const more = await pastHandshake(given, facts, url, refused);
    if (facts.beyond !== undefined) delete facts.unreachable;
    return fail('neither TLS 1.2 nor 1.3', { cause: noAnswer(refused) === 'closed' ? 'fb7-firewall' : 'fb32-tls12-off', proof: `${url.host} refuses TLS 1.2 and 1.3: ${connectionText(refused)} (${errorCode(refused) ?? 'no code'}).`, repair: [], undo: [] }, ...more);
  },
};
