import type { Prerequisite } from './prerequisite.ts';
import { listOf, textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';

/** Names that no public resolver knows, or that nobody can have a certificate for. */
const internalName = /(?:^[^.]+$|\.(?:local|lan|internal|corp|home|intranet|localdomain)$)/i;

export const hostNames: Prerequisite = {
  id: 'host-names',
  title: 'Names of EWS and Autodiscover',
  check({ snapshot, settings }) {
    const directories = seenIn(snapshot, 'OnPremises', 'Get-WebServicesVirtualDirectory');
    const external = [...new Set(directories.map((directory) => URL.parse(textOf(directory, 'ExternalUrl'))?.hostname).filter((host) => host !== undefined))];
    const blank = directories.filter((directory) => textOf(directory, 'ExternalUrl') === '').flatMap((directory) => listOf(directory, 'Identity'));
    if (settings.topology === 'Modern') return { outcome: 'met', found: `The agent leads to ${settings.hybridTargetUri}; no name needs to be public.` };
    if (external.length === 0) return { outcome: 'failed', found: 'EWS has no external URL, so the cloud cannot be told where it is.', remedy: 'Set-WebServicesVirtualDirectory -ExternalUrl https://mail.contoso.com/EWS/Exchange.asmx on every server, or choose --topology Modern.' };
    const unpublishable = external.filter((host) => internalName.test(host));
    if (unpublishable.length > 0) return { outcome: 'failed', found: `${unpublishable.join(', ')} is a name that only the inside knows.`, remedy: 'Give EWS an external URL with a public name, or choose --topology Modern.' };
    if (blank.length > 0) return { outcome: 'warning', found: `${blank.join(', ')} has no external URL.`, remedy: 'Set it, or clients that are led there fail with “Failed to get ASURL” (8004010F).' };
    return { outcome: 'met', found: external.join(', ') };
  },
};
