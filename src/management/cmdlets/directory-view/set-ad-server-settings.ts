import { defineExchangeCmdlet } from '../exchange-context.ts';

/** A setting of the session, not of the organisation: whoever may look may make it, and nothing is audited. */
export const setAdServerSettings = {
  ...defineExchangeCmdlet({
    name: 'Set-ADServerSettings',
    synopsis: 'Accepted for scripts: the whole directory is always in view here.',
    parameters: {
      ViewEntireForest: { type: 'boolean', ignored: true, description: 'Always so.' },
      RecipientViewRoot: { type: 'string', ignored: true, description: 'Accepted and without effect.' },
      PreferredServer: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
    },
    example: 'Set-ADServerSettings -ViewEntireForest $true',
    roles: ['Mail Recipients', 'Organization Configuration', 'User Options', 'View-Only Configuration', 'View-Only Recipients'],
    side: 'OnPremises',
    run: async () => [],
  }),
  changes: false,
};
