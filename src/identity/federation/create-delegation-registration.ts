import { request as httpRequest } from 'undici';
import type { Dispatcher } from 'undici';
import type { Clock } from '../../foundation/index.ts';
import { childText, parseXml, readSoapEnvelope, readSoapFault, writeSoapEnvelope } from '../../xml/index.ts';
import type { SoapEnvelope } from '../../xml/index.ts';
import { certificateBase64 } from '../certificates/read-certificate.ts';
import { IdentityError } from '../identity-error.ts';
import { connectFailure } from '../validation/fetch-json.ts';
import { federationNamespaces as names } from './federation-namespaces.ts';
import { manageDelegationNamespace as namespace } from './gateway/manage-delegation.ts';
import { secureEnvelope } from './message-security.ts';
import { certificateSecurity } from './security-token-request.ts';
import type { CertificateHolder } from './security-token-request.ts';

/**
 * An organisation's own registration with the federation gateway (its `managedelegation2.asmx`). Every call is signed with
 * a certificate that the gateway has for the application. Rejects with IdentityError `IDENTITY_GATEWAY_UNREACHABLE`, or
 * `IDENTITY_GATEWAY_REFUSED` with the gateway's own text (fact `text`).
 */
export interface DelegationRegistration {
  /** Gives the identifier of a new application that has the signer's certificate. */
  createApplication(): Promise<string>;
  updateCertificate(applicationId: string, certificate: string): Promise<void>;
  reserveDomain(applicationId: string, domain: string): Promise<void>;
  releaseDomain(applicationId: string, domain: string): Promise<void>;
  addUri(applicationId: string, uri: string): Promise<void>;
  removeUri(applicationId: string, uri: string): Promise<void>;
}

export function createDelegationRegistration(options: { url: string; signer: CertificateHolder; httpClient: Dispatcher; clock: Clock }): DelegationRegistration {
  const call = (operation: string, values: Readonly<Record<string, string>>): Promise<string | undefined> => callManager(options, operation, values);
  const change = async (operation: string, ownerAppId: string, values: Readonly<Record<string, string>>): Promise<void> => void (await call(operation, { ownerAppId, ...values }));
  return {
    async createApplication() {
      const applicationId = await call('CreateAppId', {});
      if (applicationId === undefined) throw new IdentityError('IDENTITY_GATEWAY_RESPONSE_UNREADABLE', 'The federation gateway named no application identifier.', { facts: { url: options.url } });
      return applicationId;
    },
    updateCertificate: (applicationId, certificate) => change('UpdateAppIdCertificate', applicationId, { appIdCertificate: certificateBase64(certificate) }),
    reserveDomain: (applicationId, domainName) => change('ReserveDomain', applicationId, { domainName }),
    releaseDomain: (applicationId, domainName) => change('ReleaseDomain', applicationId, { domainName }),
    addUri: (applicationId, uri) => change('AddUri', applicationId, { uri }),
    removeUri: (applicationId, uri) => change('RemoveUri', applicationId, { uri }),
  };
}

/** Answers the AppId, where the operation gives one. */
async function callManager(options: Parameters<typeof createDelegationRegistration>[0], operation: string, values: Readonly<Record<string, string>>): Promise<string | undefined> {
  const { url } = options;
  const envelope = writeSoapEnvelope({
    version: '1.2',
    namespaces: { 'xmlns:a': names.addressing, 'xmlns:m': namespace },
    writeHeader(writer) {
      writer.element('a:Action', `${namespace}/${operation}`);
      writer.element('a:To', url);
    },
    writeBody(writer) {
      writer.open(`m:${operation}`);
      for (const [name, value] of Object.entries(values)) writer.element(`m:${name}`, value);
      writer.close();
    },
  });
  let text: string;
  let status: number;
  try {
    const answer = await httpRequest(url, {
      dispatcher: options.httpClient,
      method: 'POST',
      headers: { 'content-type': 'application/soap+xml; charset=utf-8' },
      body: secureEnvelope(envelope, certificateSecurity(options.signer, options.clock)),
      signal: AbortSignal.timeout(20_000),
    });
    status = answer.statusCode;
    text = await answer.body.text();
  } catch (cause) {
    throw new IdentityError('IDENTITY_GATEWAY_UNREACHABLE', 'The federation gateway cannot be reached.', { facts: { endpoint: url, cause: connectFailure(cause) }, retryable: true, cause });
  }
  const answer = readAnswer(text);
  const fault = answer && readSoapFault(answer);
  if (answer === undefined || status >= 400 || fault !== undefined) {
    const reason = fault?.message.slice(0, 500) ?? `status ${status}`;
    throw new IdentityError('IDENTITY_GATEWAY_REFUSED', `The federation gateway refused ${operation}: ${reason}`, { facts: { endpoint: url, operation, status, text: reason, code: fault?.code } });
  }
  const [element] = answer.body;
  return element && childText(element, namespace, 'AppId');
}

function readAnswer(text: string): SoapEnvelope | undefined {
  try {
    return readSoapEnvelope(parseXml(text, { maximumBytes: 65_536 }));
  } catch {
    return undefined;
  }
}
