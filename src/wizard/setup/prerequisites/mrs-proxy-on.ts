import { isTrue, textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

export const mrsProxyOn: Prerequisite = {
  id: 'mrs-proxy',
  title: 'MRS proxy',
  check({ snapshot }) {
    const directories = seenIn(snapshot, 'OnPremises', 'Get-WebServicesVirtualDirectory');
    const off = directories.filter((directory) => !isTrue(directory, 'MRSProxyEnabled')).map((directory) => textOf(directory, 'Identity') || textOf(directory, 'Name'));
    if (directories.length === 0) return { outcome: 'unknown', found: 'Get-WebServicesVirtualDirectory shows nothing.' };
    if (off.length === 0) return { outcome: 'met', found: 'on everywhere' };
    return { outcome: 'warning', found: `off: ${off.join(', ')}`, remedy: 'Set-up switches it on. Better do it an hour earlier, for IIS keeps the old answer a while: Set-WebServicesVirtualDirectory -MRSProxyEnabled $true.' };
  },
};
