import { ManagementError } from '../../management-error.ts';
import { defineTenantCmdlet } from '../tenant/tenant-context.ts';
import { azureAdKeyCredentialOutput } from './azure-ad-output.ts';

export const newAzureAdServicePrincipalKeyCredential = defineTenantCmdlet({
  name: 'New-AzureADServicePrincipalKeyCredential',
  synopsis: 'Registers a certificate with which an application proves itself.',
  parameters: {
    ObjectId: { type: 'guid', pipeline: true, mandatory: true, description: 'Object id of the service principal, or its application id.' },
    Value: { type: 'string', description: 'The certificate, base64 DER. Only certificates are registered here.' },
    Type: { type: ['AsymmetricX509Cert'], ignored: true, description: 'A certificate.' },
    Usage: { type: ['Verify'], ignored: true, description: 'To prove who asks.' },
    StartDate: { type: 'dateTime', description: 'Default: the certificate’s own.' },
    EndDate: { type: 'dateTime', description: 'Default: the certificate’s own.' },
    CustomKeyIdentifier: { type: 'string', ignored: true, description: 'Accepted and without effect: the thumbprint is shown.' },
  },
  example: 'New-AzureADServicePrincipalKeyCredential -ObjectId 00000002-0000-0ff1-ce00-000000000000 -Type AsymmetricX509Cert -Usage Verify -Value $credValue',
  async run({ directory, tenantId, change }, { ObjectId, Value, StartDate, EndDate }) {
    if (Value === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Value.');
    const { displayName, objectId } = await directory.getServicePrincipal(tenantId, ObjectId);
    const made = await change(displayName, () => directory.addKeyCredential(tenantId, objectId, { value: Value, ...(StartDate === undefined ? {} : { startDate: StartDate }), ...(EndDate === undefined ? {} : { endDate: EndDate }) }));
    return made === undefined ? [] : [azureAdKeyCredentialOutput(made)];
  },
});
