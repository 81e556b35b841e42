import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes, oneRecipient, recipientIdentity, setRecipient } from './recipient-cmdlets.ts';
import { userChanges } from './set-recipient-parameters.ts';

export const setUser = defineExchangeCmdlet({
  name: 'Set-User',
  synopsis: 'Changes the names of a person who signs in here.',
  parameters: {
    Identity: recipientIdentity,
    Name: { type: 'string', description: 'Name of the object, which is its display name here; -DisplayName wins over it.' },
    FirstName: { type: 'string', nullable: true, description: 'Given name: %g of e-mail address policies.' },
    LastName: { type: 'string', nullable: true, description: 'Surname: %s of e-mail address policies.' },
    DisplayName: { type: 'string', description: 'The name that people see; also the name of the object.' },
    UserPrincipalName: { type: 'smtpAddress', side: 'OnPremises', description: 'Sign-in name.' },
  },
  example: 'Set-User bert -FirstName Bert -LastName Baker',
  roles: ['Mail Recipients', 'User Options'],
  async run(context, { Identity, FirstName, LastName, ...names }) {
    const former = await oneRecipient(context, accountTypes, Identity);
    return setRecipient(context, former, { ...userChanges(names), ...(FirstName === undefined ? {} : { firstName: FirstName }), ...(LastName === undefined ? {} : { lastName: LastName }) });
  },
});
