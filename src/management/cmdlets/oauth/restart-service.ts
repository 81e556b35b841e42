import { ManagementError } from '../../management-error.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

/** PowerShell's own cmdlet, which the published instructions use on an Exchange server; `iisreset` is the same. It gives nothing. */
export const restartService = defineExchangeCmdlet({
  name: 'Restart-Service',
  synopsis: 'Makes the web server forget the settings, tokens and endpoints that it keeps, as iisreset does.',
  parameters: {
    Name: { type: ['W3SVC', 'WAS'], many: true, mandatory: true, position: 0, description: 'W3SVC, the web server; WAS comes with it.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
  },
  example: 'Restart-Service -Name W3SVC, WAS -Force',
  roles: ['Exchange Servers'],
  side: 'OnPremises',
  async run(context, { Name }) {
    if (valuesOf(Name).length === 0) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Name the service W3SVC.');
    await context.change({ target: 'W3SVC', apply: async () => context.webServer.restart() });
    return [];
  },
});
