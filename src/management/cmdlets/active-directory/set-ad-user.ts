import type { RecipientChanges } from '../../../organization/index.ts';
import { valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { accountTypes, oneRecipient, recipientIdentity, setRecipient } from '../recipients/recipient-cmdlets.ts';
import { adUserOutput, sourceAnchorAttribute } from './ad-user-output.ts';

const attributes = `Of attributes without a parameter of their own, ${sourceAnchorAttribute} alone is kept here.`;

export const setAdUser = defineExchangeCmdlet({
  name: 'Set-ADUser',
  synopsis: 'Changes an account as the directory has it: names, and the source anchor of directory synchronisation.',
  parameters: {
    Identity: recipientIdentity,
    Add: { type: 'attributes', description: `@{'mS-DS-ConsistencyGuid'=…}: bytes, or their base64, where there are none yet. ${attributes}` },
    Replace: { type: 'attributes', description: `@{'mS-DS-ConsistencyGuid'=…}: bytes, or their base64, in place of what is there. ${attributes}` },
    Clear: { type: 'string', many: true, description: `Attributes to empty. ${attributes}` },
    DisplayName: { type: 'string', description: 'The name that people see; also the name of the object.' },
    Enabled: { type: 'boolean', description: '$false keeps the account from signing in.' },
    GivenName: { type: 'string', nullable: true, description: 'Given name.' },
    Surname: { type: 'string', nullable: true, description: 'Surname.' },
    UserPrincipalName: { type: 'smtpAddress', description: 'Sign-in name.' },
    Server: { type: 'string', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
  },
  example: "Set-ADUser bert -Replace @{'mS-DS-ConsistencyGuid'=[Convert]::FromBase64String('QkJCQkJCQkJCQkJCQkJCQg==')}",
  roles: ['Mail Recipients'],
  side: 'OnPremises',
  async run(context, { Identity, Add, Replace, Clear, DisplayName, Enabled, GivenName, Surname, UserPrincipalName }) {
    const former = await oneRecipient(context, accountTypes, Identity);
    const cleared = Clear === undefined ? [] : valuesOf(Clear);
    for (const name of [...Object.keys({ ...Add, ...Replace }), ...cleared]) checkAttribute(name);
    if (Add !== undefined && former.consistencyGuid !== undefined) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'The specified attribute, or its value, is in use: it takes one value.', { remedy: 'Use -Replace.' });
    const anchor = cleared.length > 0 ? null : anchorValue({ ...Add, ...Replace });
    const changes: RecipientChanges = {
      ...(anchor === undefined ? {} : { consistencyGuid: anchor }),
      ...(DisplayName === undefined ? {} : { displayName: DisplayName }),
      ...(Enabled === undefined ? {} : { accountDisabled: !Enabled }),
      ...(GivenName === undefined ? {} : { firstName: GivenName }),
      ...(Surname === undefined ? {} : { lastName: Surname }),
      ...(UserPrincipalName === undefined ? {} : { userPrincipalName: UserPrincipalName }),
    };
    return setRecipient(context, former, changes, undefined, adUserOutput);
  },
});

function checkAttribute(name: string): void {
  if (name.toLowerCase() === sourceAnchorAttribute.toLowerCase()) return;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `The specified directory service attribute or value does not exist: ${name.slice(0, 100)}.`, { facts: { attribute: name }, remedy: attributes });
}

function anchorValue(given: Readonly<Record<string, string>>): string | undefined {
  const value = Object.values(given)[0];
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length > 0 && bytes.length <= 64 && bytes.toString('base64') === value) return value;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', `${sourceAnchorAttribute} takes 1 to 64 bytes; a GUID has 16.`, { remedy: "Give bytes, such as ([guid]'…').ToByteArray(), or their base64." });
}
