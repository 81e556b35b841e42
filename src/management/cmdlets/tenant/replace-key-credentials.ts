import type { KeyCredentialValue } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { TenantContext } from './tenant-context.ts';

/** What a PATCH of `keyCredentials` does at Microsoft Graph: afterwards there are those that were given, and no others. */
export async function replaceKeyCredentials(context: TenantContext, id: string, wanted: readonly KeyCredentialValue[]): Promise<void> {
  const { directory, tenantId } = context;
  const former = await directory.getServicePrincipal(tenantId, id);
  const isSame = (known: { keyId: string; value: string }, one: KeyCredentialValue): boolean => (one.key === undefined ? one.keyId === known.keyId.toLowerCase() : one.key === known.value);
  const added = wanted.filter((one) => !former.keyCredentials.some((known) => isSame(known, one)));
  const unknown = added.find(({ key }) => key === undefined);
  if (unknown !== undefined) throw new ManagementError('MANAGEMENT_OBJECT_NOT_FOUND', `There is no credential with the key id ${unknown.keyId ?? ''}.`, { facts: { keyId: unknown.keyId }, remedy: 'Give its Key.' });
  await context.change(former.displayName, async () => {
    for (const { key = '' } of added) await directory.addKeyCredential(tenantId, former.objectId, { value: key });
    for (const known of former.keyCredentials) if (!wanted.some((one) => isSame(known, one))) await directory.removeCredential(tenantId, former.objectId, known.keyId);
  });
}
