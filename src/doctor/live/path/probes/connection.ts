import { errorCode, errorText } from '../../../../foundation/index.ts';
import { isOwnNetwork, noAnswer } from '../../no-answer.ts';
import { fail, pass, skipped } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

const timeoutMs = 10_000;

export const connection: PathProbe = {
  id: 'connection',
  title: 'TCP: the port',
  async run({ dial }, facts) {
    const { url, unreachable } = facts;
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const port = Number(url.port) || 443;
    try {
      (await dial(url.hostname, port, AbortSignal.timeout(timeoutMs))).destroy();
      return pass(`port ${port} answers`);
    } catch (error) {
      facts.unreachable = 'there is no connection';
      if (isOwnNetwork(error)) return fail(`this machine has no way to ${url.host} (${errorText(error)}): nothing is known of it`);
      // A reset may come before anything was sent: somebody listens, and closes.
      const cause = noAnswer(error) === 'closed' ? 'fb7-firewall' : errorCode(error) === 'ECONNREFUSED' ? 'fb4-nothing-listens' : 'fb4-firewall';
      return fail(`port ${port}: ${errorText(error)}`, { cause, proof: `${url.hostname}:${port}: ${errorText(error)} (${errorCode(error) ?? 'no code'}).`, repair: [], undo: [] });
    }
  },
};
