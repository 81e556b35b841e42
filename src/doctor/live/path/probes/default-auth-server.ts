import { fail, pass, sessionOf, setting, skipped, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';
import { neverSwitchedOn } from './client-profile.ts';

export const defaultAuthServer: PathProbe = {
  id: 'default-auth-server',
  title: 'where clients are sent for a token',
  async run(given, facts) {
    if (facts.isModernOff === true) return skipped(neverSwitchedOn);
    const servers = await sessionOf(given, 'OnPremises').invoke('Get-AuthServer');
    const chosen = servers.find((each) => each['IsDefaultAuthorizationEndpoint'] === true && each['Enabled'] !== false);
    const entra = servers.find((each) => text(each, 'Type') === 'AzureAD' && each['Enabled'] !== false);
    if (chosen !== undefined && text(chosen, 'Type') === 'AzureAD') return pass(`${text(chosen, 'Name')}: ${text(chosen, 'AuthorizationEndpoint') || text(chosen, 'TokenIssuingEndpoint')}`);
    const change = entra === undefined ? { repair: [], undo: [] } : setting('OnPremises', 'AuthServer', entra, { IsDefaultAuthorizationEndpoint: true });
    if (chosen !== undefined) {
      // Only one can be the default: making another one that takes it from this one.
      const undo = setting('OnPremises', 'AuthServer', chosen, { IsDefaultAuthorizationEndpoint: true }).repair;
      return fail(`${text(chosen, 'Name')} is the default`, { cause: 'h2-wrong-default', proof: `The default authorization endpoint is that of "${text(chosen, 'Name')}" (${text(chosen, 'Type')}): ${text(chosen, 'AuthorizationEndpoint') || 'none'}.`, repair: change.repair, undo });
    }
    return fail('no AuthServer is the default', { cause: 'h2-no-default', proof: `IsDefaultAuthorizationEndpoint is True on none of ${servers.map((each) => text(each, 'Name')).join(', ') || 'no AuthServer'}.`, ...change });
  },
};
