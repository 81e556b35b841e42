import type { Stored } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** A server as Get-ClientAccessService shows it: how clients inside find Autodiscover. */
export function clientAccessOutput(server: Stored<'ExchangeServer'>): OutputObject {
  const uri = server.properties.AutoDiscoverServiceInternalUri ?? null;
  return {
    Fqdn: server.properties.Fqdn,
    AutoDiscoverServiceCN: server.name,
    AutoDiscoverServiceClassName: 'ms-Exchange-AutoDiscover-Service',
    AutoDiscoverServiceInternalUri: uri,
    AutoDiscoverSiteScope: server.properties.AutoDiscoverSiteScope ?? [],
    ...objectTail({ ...server, identity: server.name }),
  };
}
