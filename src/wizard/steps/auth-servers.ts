import { modernAuthenticationObstacle } from '../../management/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { differences, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/**
 * Tells the on-premises organisation whom to believe: `ACS - {guid}` issues server-to-server tokens, `EvoSts - {guid}`
 * signs users in. The latter only where all servers can: Exchange 2010, and old builds of 2013 and 2016, cannot.
 */
export const authServers: SetupStep = {
  id: 'auth-servers',
  title: 'Authorization servers on premises',
  why: "Tokens of the tenant's issuers are believed on premises only after this.",
  isOAuth: true,
  async changes({ get, settings }) {
    const existing = await get('OnPremises', 'Get-AuthServer');
    const changes: CmdletInvocation[] = [];
    const ensure = (name: string, metadataUrl: string, wanted: Record<string, unknown>, onlyNew: Record<string, unknown>): void => {
      const found = existing.find((server) => textOf(server, 'Name') === name);
      if (found === undefined) {
        changes.push({ session: 'OnPremises', cmdlet: 'New-AuthServer', parameters: { Name: name, AuthMetadataUrl: metadataUrl, ...onlyNew, ...wanted } });
        return;
      }
      const different = differences(found, { AuthMetadataUrl: metadataUrl, ...wanted });
      if (Object.keys(different).length > 0) changes.push({ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: name, ...different } });
    };
    ensure(`ACS - ${settings.organizationGuid}`, settings.acsMetadataUrl, { DomainName: [...settings.hybridDomains, settings.coexistenceDomain], Enabled: true }, {});
    // As the published wizard: where a server takes no tokens of users, nobody is to make clients bring them.
    const servers = await get('OnPremises', 'Get-ExchangeServer');
    if (servers.some((server) => modernAuthenticationObstacle(textOf(server, 'AdminDisplayVersion')) !== undefined)) return changes;
    ensure(`EvoSts - ${settings.organizationGuid}`, settings.evoStsMetadataUrl, { Enabled: true }, { Type: 'AzureAD' });
    return changes;
  },
};
