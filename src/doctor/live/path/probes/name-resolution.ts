import { errorCode, errorText } from '../../../../foundation/index.ts';
import { fail, pass, skipped } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

const timeoutMs = 10_000;

/** The dial resolves the name as the product does; what fails after that is the next probe's. */
export const nameResolution: PathProbe = {
  id: 'name',
  title: 'DNS: the name',
  async run({ dial, url: given }, facts) {
    const { url } = facts;
    if (url === undefined) return skipped('there is no address to ask');
    try {
      const socket = await dial(url.hostname, Number(url.port) || 443, AbortSignal.timeout(timeoutMs));
      const address = socket.remoteAddress ?? '';
      socket.destroy();
      return pass(`${url.hostname} is ${address}`);
    } catch (error) {
      const code = errorCode(error) ?? '';
      if (code === 'EAI_AGAIN') {
        facts.unreachable = 'this machine’s DNS does not answer';
        return fail(`no DNS server answers this machine (${errorText(error)}): nothing is known of ${url.hostname}`);
      }
      if (!['ENOTFOUND', 'ENODATA'].includes(code)) return pass(`${url.hostname} has an address`);
      facts.unreachable = 'the name does not resolve';
      return fail(`${url.hostname} does not resolve`, { cause: 'fb29-dns-record', proof: `${url.hostname}: ${errorText(error)}.${given === undefined ? '' : ' It was given as an argument: look first whether it is the right name.'}`, repair: [], undo: [] });
    }
  },
};
