import type { Stored } from '../../../organization/index.ts';
import { ManagementError } from '../../management-error.ts';
import { getConfiguration, identityToGet } from '../configuration-cmdlets.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

export const getExchangeServer = defineExchangeCmdlet({
  name: 'Get-ExchangeServer',
  synopsis: 'Shows the servers of the organisation.',
  parameters: {
    Identity: identityToGet,
    Domain: { type: 'domain', description: 'Only servers of this domain.' },
    Status: { type: 'switch', description: 'Also which domain controllers a server uses: none, as there is one directory here.' },
  },
  example: 'Get-ExchangeServer | Format-List InternetWebProxy',
  roles: ['Exchange Servers', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Identity, Domain, Status }) {
    if (Identity !== undefined && Domain !== undefined) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.');
    const servers = await getConfiguration(context, 'ExchangeServer', Identity, serverOutput);
    const chosen = Domain === undefined ? servers : servers.filter(({ Fqdn }) => String(Fqdn).toLowerCase().endsWith(`.${Domain.toLowerCase()}`));
    return Status === true ? chosen.map((server) => ({ ...server, ...domainControllers })) : chosen;
  },
});

const domainControllers: OutputObject = {
  StaticDomainControllers: [],
  StaticGlobalCatalogs: [],
  StaticConfigDomainController: null,
  StaticExcludedDomainControllers: [],
  CurrentDomainControllers: [],
  CurrentGlobalCatalogs: [],
  CurrentConfigDomainController: null,
};

/** In published order, without what Get-ClientAccessService shows. */
function serverOutput(server: Stored<'ExchangeServer'>): OutputObject {
  const { AutoDiscoverServiceInternalUri: _, AutoDiscoverSiteScope: __, ...shown } = configurationOutput(server);
  const { Domain, Edition, Fqdn, InternetWebProxy, AdminDisplayVersion, Site, ServerRole } = server.properties;
  return { Name: server.name, Domain, Edition, Fqdn, InternetWebProxy, ...serverRoles(server), AdminDisplayVersion, Site, ServerRole, Identity: server.name, IsValid: true, ...shown };
}

/** Since 2013 a mailbox server sends mail; since 2016 it also takes what clients ask. */
function serverRoles({ properties: { ServerRole, AdminDisplayVersion } }: Stored<'ExchangeServer'>): OutputObject {
  const roles = new Set(ServerRole.split(/,\s*/).map((role) => role.toLowerCase()));
  const [major = 15, minor = 2] = (/(\d+)\.(\d+)/.exec(AdminDisplayVersion) ?? []).slice(1).map(Number);
  const isMailbox = roles.has('mailbox');
  const isClientAccess = roles.has('clientaccess') || (isMailbox && (major > 15 || (major === 15 && minor > 0)));
  return {
    IsHubTransportServer: roles.has('hubtransport') || (isMailbox && major >= 15),
    IsClientAccessServer: isClientAccess,
    IsExchange2007OrLater: major >= 8,
    IsEdgeServer: roles.has('edge'),
    IsMailboxServer: isMailbox,
    IsE14OrLater: major >= 14,
    IsE15OrLater: major >= 15,
    IsFrontendTransportServer: isClientAccess && major >= 15,
  };
}
