import type { RecipientChanges } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes, namedRecipient, oneRecipient, recipientIdentity, setRecipient } from '../recipients/recipient-cmdlets.ts';
import { adUserOutput, chosenProperties } from './ad-user-output.ts';
import { attributeChanges, changeableAttributes } from './attribute-changes.ts';
import { directoryParameters } from './directory-parameters.ts';

const attributes = `Attributes that are kept here: ${changeableAttributes.join(', ')}.`;

export const setAdUser = defineExchangeCmdlet({
  name: 'Set-ADUser',
  synopsis: 'Changes an account as the directory has it: names, addresses, and the source anchor of directory synchronisation.',
  parameters: {
    Identity: recipientIdentity,
    Remove: { type: 'attributes', description: `@{proxyAddresses='smtp:…'}: values to take away. ${attributes}` },
    Add: { type: 'attributes', description: `@{proxyAddresses='smtp:…','smtp:…'}: values to add, where there may be several or is none yet. ${attributes}` },
    Replace: { type: 'attributes', description: `@{'mS-DS-ConsistencyGuid'=…}: values in place of what is there; bytes, or their base64. ${attributes}` },
    Clear: { type: 'string', many: true, description: `Attributes to empty. ${attributes}` },
    DisplayName: { type: 'string', description: 'The name that people see; also the name of the object.' },
    EmailAddress: { type: 'smtpAddress', description: 'mail, which is the primary address here; the former one stays as a further address.' },
    Enabled: { type: 'boolean', description: '$false keeps the account from signing in.' },
    GivenName: { type: 'string', nullable: true, description: 'Given name.' },
    Surname: { type: 'string', nullable: true, description: 'Surname.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'Sign-in name.' },
    PasswordNeverExpires: { type: 'boolean', description: '$true: as it is. Passwords do not expire here, so that $false is refused.' },
    PassThru: { type: 'switch', description: 'Gives the account after the change.' },
    ...directoryParameters,
  },
  example: "Set-ADUser bert -Replace @{'mS-DS-ConsistencyGuid'=[Convert]::FromBase64String('QkJCQkJCQkJCQkJCQkJCQg==')}",
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, Remove, Add, Replace, Clear, DisplayName, EmailAddress, Enabled, GivenName, Surname, UserPrincipalName, PasswordNeverExpires, PassThru }) {
    if (PasswordNeverExpires === false) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Passwords do not expire here.', { remedy: 'Leave -PasswordNeverExpires out.' });
    const former = await oneRecipient(context, accountTypes, Identity);
    const changes: RecipientChanges = {
      ...(EmailAddress === undefined ? {} : attributeChanges(former, { Replace: { mail: [EmailAddress] } })),
      ...attributeChanges(former, { Remove, Add, Replace, Clear: Clear === undefined ? [] : valuesOf(Clear) }),
      ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
      ...(Enabled === undefined ? {} : { accountDisabled: !Enabled }),
      ...(GivenName === undefined ? {} : { firstName: GivenName }),
      ...(Surname === undefined ? {} : { lastName: Surname }),
      ...(UserPrincipalName === undefined ? {} : { userPrincipalName: UserPrincipalName }),
    };
    await setRecipient(context, former, changes, undefined, adUserOutput);
    return PassThru === true ? [chosenProperties(adUserOutput(await namedRecipient(context, accountTypes, former.guid)), [])] : [];
  },
});
