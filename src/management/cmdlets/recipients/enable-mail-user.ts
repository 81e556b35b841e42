import { defineExchangeCmdlet } from '../exchange-context.ts';
import { enableMail, enableParameters, plainUser } from './mail-enabling.ts';
import { recipientIdentity } from './recipient-cmdlets.ts';
import { externalEmailAddress } from './set-recipient-parameters.ts';

export const enableMailUser = defineExchangeCmdlet({
  name: 'Enable-MailUser',
  synopsis: 'Gives an account without mail an address elsewhere.',
  parameters: {
    Identity: recipientIdentity,
    ExternalEmailAddress: { ...externalEmailAddress, mandatory: true },
    ...enableParameters,
    PrimarySmtpAddress: { type: 'smtpAddress', description: 'Default: the target address.' },
  },
  example: 'Enable-MailUser bert -ExternalEmailAddress bert@fabrikam.test',
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, ExternalEmailAddress, ...names }) {
    const user = await plainUser(context, Identity);
    return enableMail(context, user, names, { type: 'MailUser', target: ExternalEmailAddress });
  },
});
