import { applyMultiValued, valuesOf } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import { oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { certificateOutput } from './certificate-output.ts';
import { certificateServices } from './certificate-services.ts';

/** Services are added; as published, none is taken away by this cmdlet. */
export const enableExchangeCertificate = defineExchangeCmdlet({
  name: 'Enable-ExchangeCertificate',
  synopsis: 'Assigns a certificate to services. They are shown and remembered; listeners here take their certificates from their own configuration.',
  parameters: {
    Thumbprint: { type: 'thumbprint', position: 0, pipeline: true, description: 'The certificate.' },
    Identity: { type: 'string', description: 'SERVER\\thumbprint, or the thumbprint.' },
    Services: { type: certificateServices, many: true, mandatory: true, description: 'The services to add.' },
    DoNotRequireSsl: { type: 'switch', ignored: true, description: 'Accepted and without effect: TLS is required here.' },
    NetworkServiceAllowed: { type: 'switch', ignored: true, description: 'Accepted and without effect: there are no accounts of Windows here.' },
    Force: { type: 'switch', ignored: true, description: 'Nothing asks here.' },
    Server: { type: 'string', description: 'Accepted and without effect.' },
  },
  example: 'Enable-ExchangeCertificate -Thumbprint 5113AE0233A72FCCB75B1D0198628675333D010E -Services IIS,SMTP',
  roles: ['Exchange Server Certificates'],
  side: 'OnPremises',
  async run(context, { Thumbprint, Identity, Services }) {
    const identity = Thumbprint ?? Identity;
    if (identity === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Thumbprint.');
    const { configuration } = context.organization;
    const former = await oneConfiguration(context, 'ExchangeCertificate', identity);
    const { Thumbprint: thumbprint, NotAfter, Request } = former.properties;
    const refuse = (reason: string): ManagementError => new ManagementError('MANAGEMENT_INVALID_VALUE', `The certificate with thumbprint ${thumbprint} can't be used for services: ${reason}.`, { facts: { thumbprint } });
    if (Request !== undefined) throw refuse('it is a request whose certificate has not been imported yet');
    if ((await configuration.certificateKey(thumbprint)) === undefined) throw refuse('it has no private key here');
    if (Date.parse(NotAfter) <= context.clock.now()) throw refuse('it has expired');
    const wanted = valuesOf(Services).filter((service) => service !== 'None');
    const services = applyMultiValued(former.properties.Services, { add: wanted, remove: wanted.length > 0 ? ['None'] : [] });
    return setConfiguration(context, 'ExchangeCertificate', former, { Services: services as never }, { output: (stored) => certificateOutput(stored, true, context.clock) });
  },
});
