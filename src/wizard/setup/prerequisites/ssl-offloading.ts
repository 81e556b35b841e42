import { textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

/** A token for https://host is refused where the request arrives as http://host. */
export const sslOffloading: Prerequisite = {
  id: 'ssl-offloading',
  title: 'SSL offloading',
  check({ snapshot }) {
    const directories = ['Get-WebServicesVirtualDirectory', 'Get-AutodiscoverVirtualDirectory', 'Get-MapiVirtualDirectory'].flatMap((cmdlet) => seenIn(snapshot, 'OnPremises', cmdlet));
    if (directories.length === 0) return { outcome: 'unknown', found: 'No virtual directory was seen.' };
    const plain = directories.filter((directory) => [textOf(directory, 'InternalUrl'), textOf(directory, 'ExternalUrl')].some((url) => /^http:/i.test(url))).map((directory) => textOf(directory, 'Identity'));
    if (plain.length === 0) return { outcome: 'met', found: 'every address is https' };
    return { outcome: 'failed', found: `${plain.join(', ')} is reached by http.`, remedy: 'End SSL offloading (bridging is fine): OAuth fails with “Expected https, actual http” (2000003).' };
  },
};
