import type { Observed } from './observed.ts';
import { firstTextOf, textOf } from './observed.ts';
import { WizardError } from './wizard-error.ts';

/** Application id of Office 365 Exchange Online, the principal that stands for Exchange on both sides. */
export const exchangeOnlineAppId = '00000002-0000-0ff1-ce00-000000000000';

/** Its principal in the tenant, by Microsoft Graph's cmdlet; only what is selected comes with certificates' bytes. */
export const exchangeOnlinePrincipal = { Filter: `appId eq '${exchangeOnlineAppId}'`, Property: ['Id', 'AppId', 'DisplayName', 'ServicePrincipalNames', 'KeyCredentials'] } as const;

/** A certificate of a principal or application as Microsoft Graph takes it: by its bytes, or by the id that it has there. */
export interface KeyCredential {
  Type: 'AsymmetricX509Cert';
  Usage: 'Verify';
  /** Base64 DER. */
  Key?: string;
  KeyId?: string;
}

/** Its role full_access_as_app: Exchange Web Services with every mailbox, which the dedicated hybrid application asks for. */
export const fullAccessAsApp = { ResourceAppId: exchangeOnlineAppId, ResourceAccess: [{ Id: 'dc890d15-9560-4a4c-9b7f-a736ec74ec40', Type: 'Role' }] } as const;

const kind = { Type: 'AsymmetricX509Cert', Usage: 'Verify' } as const;

export function keyCredential(Key: string): KeyCredential {
  return { ...kind, Key };
}

/**
 * The certificates that a principal or application has, as they are to be written again: the whole list is, each time.
 *
 * @throws WizardError `WIZARD_NOT_COLLECTED` where they cannot be told apart, since some would be lost
 */
export function keyCredentialsOf(principal: Observed | undefined): readonly KeyCredential[] {
  const credentials = principal?.['KeyCredentials'];
  if (!Array.isArray(credentials)) return [];
  return credentials.map((credential: Observed | string) => {
    const [key, keyId] = typeof credential === 'string' ? ['', ''] : [textOf(credential, 'Key'), textOf(credential, 'KeyId')];
    if (key !== '') return keyCredential(key);
    if (keyId !== '') return { ...kind, KeyId: keyId };
    throw new WizardError('WIZARD_NOT_COLLECTED', `The certificates of ${firstTextOf(principal, 'DisplayName', 'AppId')} in the tenant were collected without their contents.`, { remedy: 'Collect them again with the script of hybridge collect: Export-Clixml -Depth 4.' });
  });
}

/** The bytes of those, base64 DER, where they are known. */
export function keysOf(principal: Observed | undefined): readonly string[] {
  return keyCredentialsOf(principal).flatMap(({ Key }) => Key ?? []);
}
