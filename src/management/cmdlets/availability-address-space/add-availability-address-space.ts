import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { configurationOutput } from '../object-output.ts';

/** Methods under which this organisation signs in with an account of the other side, or its own. */
const signingMethods: ReadonlySet<string> = new Set(['PerUserFB', 'OrgWideFB']);

export const addAvailabilityAddressSpace = defineExchangeCmdlet({
  name: 'Add-AvailabilityAddressSpace',
  synopsis: 'Says how the free/busy of a domain is found where neither connector nor relationship knows it.',
  parameters: {
    ForestName: { type: 'domain', mandatory: true, description: 'The SMTP domain.' },
    AccessMethod: { type: ['PerUserFB', 'OrgWideFB', 'OrgWideFBToken', 'OrgWideFBBasic', 'PublicFolder', 'InternalProxy'], mandatory: true, description: 'How the other side is asked: PerUserFB, OrgWideFB (times only) or InternalProxy.' },
    Credentials: { type: 'credential', description: 'An account of the other side; sent as Basic, over TLS only. Kept encrypted.' },
    ProxyUrl: { type: 'url', side: 'OnPremises', description: 'The EWS endpoint that is asked under InternalProxy.' },
    UseServiceAccount: { type: 'boolean', side: 'OnPremises', description: 'Asks as the organisation itself: with tokens of its Auth certificate.' },
    TargetAutodiscoverEpr: { type: 'url', description: 'Autodiscover endpoint of the other side, for example https://notes.contoso.com/autodiscover/autodiscover.xml. Default: the places of the domain.' },
    TargetServiceEpr: { type: 'url', side: 'Cloud', description: 'Kept and shown: OrgWideFBToken cannot be used here.' },
    TargetTenantId: { type: 'string', side: 'Cloud', description: 'Kept and shown: OrgWideFBToken cannot be used here.' },
  },
  example: 'Add-AvailabilityAddressSpace -ForestName notes.contoso.test -AccessMethod OrgWideFB -Credentials (Get-Credential)',
  roles: ['Federated Sharing'],
  async run(context, { Credentials, ...parameters }) {
    const { ForestName, AccessMethod, UseServiceAccount, ProxyUrl } = parameters;
    const { configuration, credentials } = context.organization;
    if (context.side === 'Cloud' && (await configuration.list('AvailabilityConfig')).length === 0) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The organization has no availability configuration.', { remedy: 'Run New-AvailabilityConfig first.' });
    }
    if (signingMethods.has(AccessMethod) && Credentials === undefined && UseServiceAccount !== true) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The access method ${AccessMethod} needs either -Credentials or -UseServiceAccount $true.`);
    }
    if (AccessMethod === 'InternalProxy' && ProxyUrl === undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The access method InternalProxy needs -ProxyUrl.');
    if (AccessMethod !== 'InternalProxy' && !signingMethods.has(AccessMethod)) context.warn(`Lookups of ${ForestName} will be refused: the access method ${AccessMethod} cannot be used here.`);
    if (Credentials === undefined) return newConfiguration(context, 'AvailabilityAddressSpace', ForestName, parameters);
    const created = await context.change({
      target: ForestName,
      async apply() {
        const space = await configuration.create('AvailabilityAddressSpace', ForestName, { ...parameters, UserName: Credentials.userName });
        await credentials.set(space.guid, Credentials);
        return space;
      },
      after: configurationOutput,
    });
    return created === undefined ? [] : [configurationOutput(created)];
  },
});
