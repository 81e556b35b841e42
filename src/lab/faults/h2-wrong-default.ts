import { systemClock } from '../../foundation/index.ts';
import { certificateBase64, createSelfSignedCertificate } from '../../identity/index.ts';
import { one, signInFault, world } from './fault.ts';
import type { FaultStep } from './fault.ts';

const id = 'h2-wrong-default';
const Identity = 'AD FS';
const host = 'adfs.contoso.test';

/** Outlook was sent to an AD FS of the company's own in earlier days, and that has been retired since. */
export const wrongDefault = signInFault(id, async (sessions) => {
  const evoSts = (await sessions.OnPremises.invoke('Get-AuthServer')).find(({ Type }) => Type === 'AzureAD') ?? (await one(sessions, 'OnPremises', 'Get-AuthServer'));
  const { certificate } = await createSelfSignedCertificate({ commonName: `ADFS Signing - ${host}`, days: 365, clock: systemClock });
  const lives = world(id, { kind: 'record', name: host, leadsTo: 'mail.contoso.test' }, { kind: 'device', hosts: [host], answers: [{ path: '^/federationmetadata/2007-06/federationmetadata\\.xml$', status: 200, headers: { 'content-type': 'application/samlmetadata+xml' }, body: metadata(certificateBase64(certificate)) }] });
  const run = (cmdlet: string, parameters: Record<string, unknown>): FaultStep => ({ session: 'OnPremises', cmdlet, parameters });
  return {
    inject: [...lives.inject, run('New-AuthServer', { Name: Identity, Type: 'ADFS', AuthMetadataUrl: `https://${host}/FederationMetadata/2007-06/FederationMetadata.xml` }), run('Set-AuthServer', { Identity, IsDefaultAuthorizationEndpoint: true }), ...lives.undo],
    undo: [...lives.undo, run('Set-AuthServer', { Identity: evoSts['Name'], IsDefaultAuthorizationEndpoint: true }), run('Remove-AuthServer', { Identity, Confirm: false })],
  };
}, null);

/** As AD FS publishes it, with the parts that are read of it. */
function metadata(certificate: string): string {
  return `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="http://${host}/adfs/services/trust"><RoleDescriptor xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:fed="http://docs.oasis-open.org/wsfed/federation/200706" xsi:type="fed:SecurityTokenServiceType" protocolSupportEnumeration="http://docs.oasis-open.org/wsfed/federation/200706"><KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>${certificate}</X509Certificate></X509Data></KeyInfo></KeyDescriptor></RoleDescriptor></EntityDescriptor>`;
}
