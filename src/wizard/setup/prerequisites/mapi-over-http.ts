import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

export const mapiOverHttp: Prerequisite = {
  id: 'mapi-http',
  title: 'MAPI over HTTP',
  check({ snapshot }) {
    const enabled = seenIn(snapshot, 'OnPremises', 'Get-OrganizationConfig')[0]?.['MapiHttpEnabled'];
    if (typeof enabled !== 'boolean') return { outcome: 'unknown', found: 'The organisation does not say.' };
    if (enabled) return { outcome: 'met', found: 'on' };
    return { outcome: 'warning', found: 'off', remedy: 'Set-OrganizationConfig -MapiHttpEnabled $true, if people are to sign in by hybrid modern authentication.' };
  },
};
