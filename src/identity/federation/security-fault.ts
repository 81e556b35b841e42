import { soapContentType, writeSoapEnvelope, writeSoapFault } from '../../xml/index.ts';
import type { IdentityError } from '../identity-error.ts';
import { federationNamespaces } from './federation-namespaces.ts';

/** The SOAP fault for a message whose security does not hold: WS-Security 1.0 §12 codes, the published texts. */
export function securityFault(error: IdentityError): { status: number; headers: Record<string, string>; body: Buffer } {
  const version = error.facts['version'] === '1.2' ? '1.2' : '1.1';
  const local = error.code === 'IDENTITY_FEDERATION_TOKEN' ? 'InvalidSecurityToken' : 'InvalidSecurity';
  const text = writeSoapEnvelope({ version, writeBody: (writer) => writeSoapFault(writer, { version, code: { namespace: federationNamespaces.security, local }, blame: 'sender', message: error.message }) });
  return { status: 500, headers: { 'content-type': soapContentType(version) }, body: Buffer.from(text) };
}

/** An envelope that asks nothing: for who wants to see whether a token would be taken. */
export function writeProbeEnvelope(): string {
  return writeSoapEnvelope({ version: '1.1', writeHeader: () => undefined, writeBody: (writer) => writer.element('Probe', '') });
}
