import { errorText } from '../../../foundation/index.ts';
import { recognizeFailures } from '../../recognition/recognize-failures.ts';
import { firstAnswer } from '../first-answer.ts';
import { domainOf } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import { fail, pass, sessionOf, setting, skipped, text } from '../probe.ts';
import type { Finding } from '../probe.ts';

/** What Outlook needs before it can ask anybody: an answer of Autodiscover that has an address of EWS. */
export const clientDiscovery: FreeBusyProbe = {
  id: 'client-discovery',
  title: 'what Autodiscover tells the asker’s Outlook',
  async run(given, { lookup }) {
    if (given.askingSide !== 'OnPremises') return skipped('Exchange Online tells clients by itself');
    const isSeen = lookup?.ok === false && recognizeFailures(lookup.text).some(({ failure }) => failure.id === 'FB30');
    if (lookup !== undefined && !isSeen) return skipped('the client has found a server to ask');
    const session = sessionOf(given, 'OnPremises');
    const directories = await session.invoke('Get-WebServicesVirtualDirectory');
    const bare = directories.filter((each) => text(each, 'ExternalUrl') === '' && text(each, 'InternalUrl') === '');
    if (bare.length > 0) {
      const url = await ewsUrl(session, directories);
      return fail('EWS has no URL', ...bare.map((each) => ({ cause: 'fb30-url-missing', proof: `InternalUrl and ExternalUrl of "${text(each, 'Identity')}" are empty: Autodiscover has no address of EWS to give.`, ...(url === undefined ? { repair: [], undo: [] } : setting('OnPremises', 'WebServicesVirtualDirectory', each, { InternalUrl: url, ExternalUrl: url })) })));
    }
    return isSeen ? balancer(given, `https://autodiscover.${domainOf(given.asker)}/autodiscover/autodiscover.xml`) : pass(`${directories.length} of ${directories.length} virtual directories have a URL`);
  },
};

/** Every server answers a stranger with 401 itself; what else answers stands in front of them. */
async function balancer({ elsewhere, httpClient, clock }: Parameters<FreeBusyProbe['run']>[0], url: string): ReturnType<FreeBusyProbe['run']> {
  const seen = (proof: string): Finding => ({ cause: 'fb30-load-balancer', proof, repair: [], undo: [] });
  try {
    // As clients come, who need not be in the servers' network.
    const { status, isExchange, server } = await firstAnswer({ httpClient: elsewhere ?? httpClient, clock }, new URL(url));
    if (status === 401 && isExchange) return pass(`${url} answers 401`);
    return fail(`it answers ${status}`, seen(`GET ${url} answers ${status}${isExchange ? '' : `; nothing in the answer is Exchange’s (no X-FEServer)${server === '' ? '' : `, it is that of ${server}`}`}. The virtual directories have their URLs.`));
  } catch (error) {
    return fail(errorText(error), seen(`${url} does not answer: ${errorText(error)}. The virtual directories have their URLs.`));
  }
}

/** Of another server; or of the host by which the other directories of the server are published. */
async function ewsUrl(session: ReturnType<typeof sessionOf>, directories: readonly Record<string, unknown>[]): Promise<string | undefined> {
  const other = directories.map((each) => text(each, 'ExternalUrl') || text(each, 'InternalUrl')).find((each) => each !== '');
  if (other !== undefined) return other;
  for (const noun of ['MapiVirtualDirectory', 'OabVirtualDirectory']) {
    for (const each of await session.invoke(`Get-${noun}`).catch(() => [])) {
      const base = URL.parse(text(each, 'ExternalUrl') || text(each, 'InternalUrl'));
      if (base !== null) return new URL('/EWS/Exchange.asmx', base).href;
    }
  }
  return undefined;
}
