import { answeringSide, notOver } from '../free-busy-case.ts';
import { fail, pass, sessionOf, skipped, text } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** Builds with defects of OAuth that no configuration mends (free/busy error table, rows 1 and 2). */
const defects: readonly { cause: string; release: string; builds: readonly string[] }[] = [
  { cause: 'fb1-known-defect', release: 'Exchange 2016 CU8', builds: ['15.1.1415'] },
  { cause: 'fb2-known-defect', release: 'Exchange 2013 CU12 to CU14', builds: ['15.0.1178', '15.0.1210', '15.0.1236'] },
];

/** Whether a server that may be asked is of a release with a known defect. */
export const serverVersion: FreeBusyProbe = {
  id: 'server-version',
  title: 'releases of the servers that are asked',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped(notOver('OAuth', route));
    if (answeringSide(given) !== 'OnPremises') return skipped('Exchange Online is of one release');
    const servers = await sessionOf(given, 'OnPremises').invoke('Get-ExchangeServer');
    for (const server of servers) {
      const version = text(server, 'AdminDisplayVersion');
      const [, release = '', build = ''] = /Version (\d+\.\d+) \(Build (\d+)\./.exec(version) ?? [];
      const defect = defects.find(({ builds }) => builds.includes(`${release}.${build}`));
      if (defect !== undefined) return fail(`${text(server, 'Name')} is of ${defect.release}`, { cause: defect.cause, proof: `${text(server, 'Name')} is ${version}, which is ${defect.release}.`, repair: [], undo: [] });
    }
    return pass(servers.map((server) => text(server, 'AdminDisplayVersion')).join(', '));
  },
};
