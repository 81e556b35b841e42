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

/** Without what Get-ClientAccessService shows. */
function serverOutput(server: Stored<'ExchangeServer'>): OutputObject {
  const { AutoDiscoverServiceInternalUri: _, AutoDiscoverSiteScope: __, ...shown } = configurationOutput(server);
  return shown;
}
