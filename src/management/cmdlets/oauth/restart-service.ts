import { hasWildCard, wildCardMatcher } from '../../../organization/index.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

/** The Windows services that are one web server here. */
const services = [
  { Name: 'W3SVC', DisplayName: 'World Wide Web Publishing Service' },
  { Name: 'WAS', DisplayName: 'Windows Process Activation Service' },
] as const;
type Service = (typeof services)[number];

/** PowerShell's own cmdlet, which the published instructions use on an Exchange server; `iisreset` is the same. It gives nothing without -PassThru. */
export const restartService = defineExchangeCmdlet({
  name: 'Restart-Service',
  synopsis: 'Makes the web server forget the settings, tokens and endpoints that it keeps, as iisreset does.',
  parameters: {
    Name: { type: 'string', many: true, position: 0, pipeline: true, aliases: ['ServiceName'], description: 'W3SVC, the web server; WAS comes with it. * stands for anything.' },
    DisplayName: { type: 'string', many: true, description: 'World Wide Web Publishing Service, or Windows Process Activation Service; in place of -Name.' },
    Include: { type: 'string', many: true, description: 'Of those, only the ones of these names.' },
    Exclude: { type: 'string', many: true, description: 'Of those, not the ones of these names.' },
    Force: { type: 'switch', description: 'WAS is stopped with W3SVC, which depends on it.' },
    PassThru: { type: 'switch', description: 'Gives the services.' },
    InputObject: { type: 'anything', position: 0, refused: true, description: 'There is no Get-Service here that could give one: -Name names it.' },
  },
  outputs: ['Status', 'Name', 'DisplayName'],
  example: 'Restart-Service -Name W3SVC, WAS -Force',
  roles: ['Exchange Servers'],
  side: 'OnPremises',
  async run(context, { Name, DisplayName, Include, Exclude, Force, PassThru }) {
    const named = Name ?? DisplayName;
    if (named === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Name.');
    if (Name !== undefined && DisplayName !== undefined) throw new ManagementError('MANAGEMENT_PARAMETER_INVALID', 'Parameter set cannot be resolved using the specified named parameters.', { remedy: 'Give Name or DisplayName, not both.' });
    const property = Name === undefined ? 'DisplayName' : 'Name';
    const chosen = found(named, property).filter((service) => (Include === undefined || fits(service[property], Include)) && (Exclude === undefined || !fits(service[property], Exclude)));
    if (Force !== true && chosen.some((service) => service.Name === 'WAS')) {
      throw new ManagementError('MANAGEMENT_INVALID_VALUE', "Cannot stop service 'Windows Process Activation Service (WAS)' because it has dependent services. It can only be stopped if the Force flag is set.", { remedy: 'Add -Force, or restart W3SVC alone.' });
    }
    if (chosen.length > 0) await context.change({ target: 'W3SVC', apply: async () => context.webServer.restart() });
    return PassThru === true ? chosen.map((service) => ({ Status: 'Running', ...service })) : [];
  },
});

/** Patterns may fit nothing; a name must. */
function found(names: MultiValued, property: 'Name' | 'DisplayName'): readonly Service[] {
  for (const name of valuesOf(names)) {
    if (hasWildCard(name) || services.some((service) => service[property].toLowerCase() === name.toLowerCase())) continue;
    throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `Cannot find any service with ${property === 'Name' ? 'service' : 'display'} name '${name.slice(0, 256)}'.`, { facts: { service: name.slice(0, 256) }, remedy: 'The web server is W3SVC. Other services of Windows are not here.' });
  }
  return services.filter((service) => fits(service[property], names));
}

function fits(name: string, patterns: MultiValued): boolean {
  return valuesOf(patterns).some((pattern) => wildCardMatcher(pattern)(name));
}
