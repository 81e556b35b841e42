import type { StsAdminClient } from '../../identity/index.ts';
import type { OperatorStep } from './fault.ts';

/** Does what only the operator of the token service and of its federation gateway can do, by the admin API. */
export async function runOperatorStep(step: OperatorStep, directory: StsAdminClient, tenant: string): Promise<void> {
  if ('rollSigningKey' in step) return void (await directory.rollSigningKey());
  if ('person' in step) return directory.setDelegationState(tenant, step.person, step.delegationState);
  if ('account' in step) return void (await directory.createUser(tenant, step.account));
  if ('noAccount' in step) return directory.removeUser(tenant, step.noAccount);
  if ('loseRegistration' in step) return directory.removeFederatedApplication(step.loseRegistration);
  const { certificates, ...registration } = 'restoreRegistration' in step ? step.restoreRegistration : step.replaceRegistration;
  if ('replaceRegistration' in step) await directory.removeFederatedApplication(registration.applicationId);
  const [first = '', ...others] = certificates.toReversed();
  await directory.createFederatedApplication({ ...registration, certificate: first });
  for (const each of others) await directory.addFederatedCertificate(registration.applicationId, each);
}
