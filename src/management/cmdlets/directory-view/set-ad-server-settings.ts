import { changeParameters } from '../../binding/bind-parameters.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

/** A setting of the session, not of the organisation: whoever may look may make it, and nothing is audited. */
export const setAdServerSettings = {
  ...defineExchangeCmdlet({
    name: 'Set-ADServerSettings',
    synopsis: 'Accepted for scripts: the whole directory is always in view here.',
    parameters: {
      PreferredServer: { type: 'string', position: 0, ignored: true, description: 'Accepted and without effect: there is one directory here.' },
      ViewEntireForest: { type: 'boolean', ignored: true, description: 'Always so.' },
      RecipientViewRoot: { type: 'string', description: 'A domain, which is in view anyway. There are no organizational units here: one is refused.' },
      ConfigurationDomainController: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
      PreferredGlobalCatalog: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
      SetPreferredDomainControllers: { type: 'string', many: true, ignored: true, description: 'Accepted and without effect: there is one directory here.' },
      ...changeParameters,
    },
    example: 'Set-ADServerSettings -ViewEntireForest $true',
    roles: ['Mail Recipients', 'Organization Configuration', 'User Options', 'View-Only Configuration', 'View-Only Recipients'],
    side: 'OnPremises',
    async run(_, { RecipientViewRoot }) {
      if (RecipientViewRoot?.includes('/') === true) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'There are no organizational units here that the view could be narrowed to.', { facts: { root: RecipientViewRoot.slice(0, 256) }, remedy: 'Use -Filter of the Get- cmdlets.' });
      return [];
    },
  }),
  changes: false,
};
