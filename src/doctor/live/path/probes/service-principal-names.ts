import { exchangeApplicationId } from '../../../../identity/index.ts';
import { fail, pass, sessionOf, skipped, text } from '../../probe.ts';
import { principalOf } from '../../tenant-directory.ts';
import type { PathProbe } from '../path-case.ts';

export const servicePrincipalNames: PathProbe = {
  id: 'service-principal-names',
  title: 'the tenant gives tokens for every host name',
  async run(given) {
    const session = sessionOf(given, 'OnPremises');
    const directories = await Promise.all(['WebServices', 'Mapi', 'Oab', 'Autodiscover'].map((noun) => session.invoke(`Get-${noun}VirtualDirectory`).catch(() => [])));
    const hosts = new Set(directories.flat().flatMap((each) => ['ExternalUrl', 'InternalUrl'].flatMap((property) => URL.parse(text(each, property))?.hostname ?? [])));
    if (hosts.size === 0) return skipped('no virtual directory has a URL');
    const principal = await principalOf(given, exchangeApplicationId);
    if (principal === undefined) return skipped('the tenant’s Exchange principal cannot be seen');
    const names = principal.servicePrincipalNames;
    const known = new Set(names.map((name) => (URL.parse(name)?.hostname ?? name).toLowerCase()));
    const missing = [...hosts].filter((host) => !known.has(host.toLowerCase()));
    if (missing.length === 0) return pass([...hosts].join(', '));
    const set = (ServicePrincipalNames: readonly string[]): Parameters<typeof fail>[1]['repair'] => [{ session: 'Tenant', cmdlet: 'Update-MgServicePrincipal', parameters: { ServicePrincipalId: principal.id, ServicePrincipalNames } }];
    return fail(`${missing.join(', ')} is not among them`, { cause: 'h4-spn-missing', proof: `The principal ${exchangeApplicationId} has ${names.length} names, and not https://${missing.join(', https://')}.`, repair: set([...names, ...missing.map((host) => `https://${host}/`)]), undo: set(names) });
  },
};
