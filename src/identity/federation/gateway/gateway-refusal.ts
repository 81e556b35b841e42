import { writeSoapEnvelope } from '../../../xml/index.ts';
import { federationNamespaces as names } from '../federation-namespaces.ts';

/** Why the gateway gives no token. The published codes and texts; those marked are *unverified*. */
export const gatewayRefusals = {
  memberName: { code: 'FailedAuthentication', value: '0x80048821', internalCode: '0x80041034', text: 'The specified member name is either invalid or empty.' },
  /** Its internal code is *unverified*. */
  PasswordMismatch: { code: 'FailedAuthentication', value: '0x80048821', internalCode: '0x80041012', text: 'The entered and stored passwords do not match.' },
  /** Its internal code is *unverified*. */
  PasswordExpired: { code: 'FailedAuthentication', value: '0x80048821', internalCode: '0x80041081', text: 'The password for the account has expired.' },
  /** Its internal code is *unverified*. */
  PasswordChangeRequired: { code: 'FailedAuthentication', value: '0x80048821', internalCode: '0x80041082', text: 'The password has to be changed.' },
  /** Its internal code is *unverified*. */
  ProvisioningNeeded: { code: 'FailedAuthentication', value: '0x80048821', internalCode: '0x80048163', text: 'Provision is needed before federated account can be logged in.' },
  /** Signature, certificate or clock of the asking organisation. Code and text of this case are *unverified*. */
  signature: { code: 'FailedAuthentication', value: '0x80048800', internalCode: '0x80048800', text: 'Authentication Failure' },
  /** The person's address is of no domain of the asking organisation. *Unverified* as above. */
  domain: { code: 'FailedAuthentication', value: '0x80048800', internalCode: '0x80048800', text: 'The requested domain does not belong to the application.' },
  request: { code: 'InvalidRequest', value: '0x80048800', internalCode: '0x80048800', text: 'Invalid Request' },
} as const satisfies Readonly<Record<string, GatewayRefusal>>;

export interface GatewayRefusal {
  code: 'FailedAuthentication' | 'InvalidRequest';
  value: string;
  internalCode: string;
  text: string;
}

/** The application that is asked for, or that asks, is not registered. */
export function applicationMissing(uri: string): GatewayRefusal {
  return { code: 'FailedAuthentication', value: '0x80048800', internalCode: '0x80048800', text: `AADSTS901124: Application '${uri.toLowerCase().slice(0, 256)}' does not exist.` };
}

/** States of a person's account that the gateway refuses, as set by an administrator of the directory. */
export const delegationStates = ['PasswordMismatch', 'PasswordExpired', 'PasswordChangeRequired', 'ProvisioningNeeded'] as const;
export type DelegationState = (typeof delegationStates)[number];

export function isDelegationState(text: string): text is DelegationState {
  return delegationStates.some((state) => state === text);
}

/** The SOAP 1.2 fault, shaped as the published captures of it are. */
export function writeGatewayFault(refusal: GatewayRefusal): string {
  return writeSoapEnvelope({
    version: '1.2',
    namespaces: { 'xmlns:wst': names.trust, 'xmlns:psf': names.passportFault },
    writeBody(writer) {
      writer.open('s:Fault');
      writer.open('s:Code');
      writer.element('s:Value', 's:Sender');
      writer.open('s:Subcode');
      writer.element('s:Value', `wst:${refusal.code}`);
      writer.close();
      writer.close();
      writer.open('s:Reason');
      writer.element('s:Text', refusal.code === 'FailedAuthentication' ? 'Authentication Failure' : 'Invalid Request', { 'xml:lang': 'en-US' });
      writer.close();
      writer.open('s:Detail');
      writer.open('psf:error');
      writer.element('psf:value', refusal.value);
      writer.open('psf:internalerror');
      writer.element('psf:code', refusal.internalCode);
      writer.element('psf:text', refusal.text);
      writer.close();
      writer.close();
      writer.close();
      writer.close();
    },
  });
}
