import type { CmdletInvocation } from '../../../../management/index.ts';
import { fail, pass, sessionOf, text, texts } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

const needed = ['ms-Exch-EPI-Token-Serialization', 'ms-Exch-EPI-Impersonation'];

export const serverRights: PathProbe = {
  id: 'server-rights',
  title: 'rights of “Exchange Servers” to hand identities on',
  async run(given) {
    const session = sessionOf(given, 'OnPremises');
    const [server] = await session.invoke('Get-ExchangeServer');
    const Identity = text(server, 'Name');
    const entries = (await session.invoke('Get-ADPermission', { Identity })).filter((each) => /\\Exchange Servers$/i.test(text(each, 'User')));
    const missing = needed.filter((right) => !entries.some((each) => each['Deny'] !== true && (texts(each, 'AccessRights').includes('GenericAll') || texts(each, 'ExtendedRights').includes(right))));
    if (missing.length === 0) return pass(`${needed.length} of ${needed.length}`);
    // The NetBIOS name, which is nearly always the first label.
    const [domain = ''] = (text(server, 'Domain') || text(server, 'Fqdn').replace(/^[^.]+\.?/, '')).toUpperCase().split('.');
    const User = text(entries[0], 'User') || `${domain === '' ? '' : `${domain}\\`}Exchange Servers`;
    const change = (how: 'Add' | 'Remove'): CmdletInvocation[] => missing.map((right) => ({ session: 'OnPremises', cmdlet: `${how}-ADPermission`, parameters: { Identity, User, AccessRights: ['ExtendedRight'], ExtendedRights: [right], ...(how === 'Remove' ? { Confirm: false } : {}) } }));
    return fail(`missing: ${missing.join(', ')}`, { cause: 'a1-serialization-right', proof: `Get-ADPermission ${Identity}: ${User} does not have ${missing.join(' and ')}.`, repair: change('Add'), undo: change('Remove') });
  },
};
