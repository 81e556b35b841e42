import { isElement, writeSoapEnvelope, writeSoapFault } from '../../../xml/index.ts';
import type { XmlElement } from '../../../xml/index.ts';
import { parseXml, readSoapEnvelope, childText } from '../../../xml/index.ts';
import { certificatePem } from '../../certificates/read-certificate.ts';
import { IdentityError } from '../../identity-error.ts';
import type { StsContext } from '../../sts/sts-context.ts';
import { federationNamespaces as names } from '../federation-namespaces.ts';
import { readSecuredEnvelope } from '../message-security.ts';
import type { SecuredEnvelope } from '../message-security.ts';
import { addFederatedCertificate, addUri, createFederatedApplication, domainProof, getFederatedApplication, releaseDomain, removeUri, reserveDomain } from './federated-applications.ts';
import { isNew, verifyBySender } from './issue-delegation-token.ts';

/** Namespace of the messages. That the real service's is the same is *unverified*; its operations' names are published. */
export const manageDelegationNamespace = 'http://domains.live.com/Service/ManageDelegation/V1.0';

/** TXT records of a name, each in its pieces; empty where there are none. */
export type ResolveText = (name: string) => Promise<readonly (readonly string[])[]>;

export interface ManageDelegationAnswer {
  status: number;
  xml: string;
  outcome: string;
}

interface Operation {
  element: XmlElement;
  certificate: string;
  applicationId: string;
}

/**
 * Answers one POST to `managedelegation2.asmx`: how organisations register with the gateway. Every message is signed
 * with the certificate of the application that it is about; a domain is given to who shows its proof in the DNS.
 */
export async function manageDelegation(context: StsContext & { resolveText: ResolveText }, body: Uint8Array): Promise<ManageDelegationAnswer> {
  const secured = readSecuredEnvelope(body, { maximumBytes: 65_536 });
  if (secured === undefined) return faultOf('InvalidRequest', 'The request is invalid.');
  try {
    return await answer(context, secured);
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    return faultOf(error.code === 'IDENTITY_STS_NOT_FOUND' ? 'InvalidApplicationId' : 'InvalidRequest', error.message);
  }
}

async function answer(context: StsContext & { resolveText: ResolveText }, secured: SecuredEnvelope): Promise<ManageDelegationAnswer> {
  const [claimed] = readSoapEnvelope(parseXml(secured.xml)).body;
  const token = childText(secured.security, names.security, 'BinarySecurityToken') ?? '';
  const applicationId = (claimed && childText(claimed, manageDelegationNamespace, 'ownerAppId')) ?? '';
  const certificates = claimed?.local === 'CreateAppId' ? [token] : (await getFederatedApplication(context, applicationId)).certificates;
  const verified = verifyBySender(context, secured, { certificates });
  // Published text of a refused registration: "1007 AccessDenied", which a clock that is wrong by more than five minutes brings.
  if (typeof verified === 'string' || !(await isNew(context, secured, verified.voidFrom))) return faultOf('AccessDenied', '1007 AccessDenied');
  const [element] = verified.body.children;
  if (element === undefined || element.namespace !== manageDelegationNamespace || (element.local !== 'CreateAppId' && childText(element, manageDelegationNamespace, 'ownerAppId') !== applicationId)) {
    return faultOf('InvalidRequest', 'The request is invalid.');
  }
  return run(context, { element, certificate: certificatePem(token), applicationId });
}

async function run(context: StsContext & { resolveText: ResolveText }, operation: Operation): Promise<ManageDelegationAnswer> {
  const { element, applicationId } = operation;
  const text = (name: string): string => childText(element, manageDelegationNamespace, name) ?? '';
  if (isElement(element, manageDelegationNamespace, 'CreateAppId')) {
    const created = await createFederatedApplication(context, { certificate: operation.certificate });
    return done('CreateAppId', { AppId: created.applicationId });
  }
  switch (element.local) {
    case 'UpdateAppIdCertificate':
      await addFederatedCertificate(context, applicationId, text('appIdCertificate'));
      break;
    case 'ReserveDomain':
      if (!(await isProved(context, applicationId, text('domainName')))) return faultOf('ProofOfDomainOwnershipFailed', 'Proof of domain ownership has failed. Make sure that the TXT record for the specified domain is available in DNS.');
      await reserveDomain(context, applicationId, text('domainName'));
      break;
    case 'ReleaseDomain':
      await releaseDomain(context, applicationId, text('domainName'));
      break;
    case 'AddUri':
      await addUri(context, applicationId, text('uri'));
      break;
    case 'RemoveUri':
      await removeUri(context, applicationId, text('uri'));
      break;
    default:
      return faultOf('InvalidRequest', 'The request is invalid.');
  }
  return done(element.local, {});
}

async function isProved(context: StsContext & { resolveText: ResolveText }, applicationId: string, domain: string): Promise<boolean> {
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(domain) || domain.length > 255) return false;
  const { certificates } = await getFederatedApplication(context, applicationId);
  const proofs = new Set(certificates.map((certificate) => domainProof(domain, certificate)));
  const records = await context.resolveText(domain).catch((): readonly (readonly string[])[] => []);
  return records.some((pieces) => proofs.has(pieces.join('').trim()));
}

function done(operation: string, results: Readonly<Record<string, string>>): ManageDelegationAnswer {
  const xml = writeSoapEnvelope({
    version: '1.2',
    namespaces: { 'xmlns:m': manageDelegationNamespace },
    writeBody(writer) {
      writer.open(`m:${operation}Response`);
      for (const [name, value] of Object.entries(results)) writer.element(`m:${name}`, value);
      writer.close();
    },
  });
  return { status: 200, xml, outcome: operation };
}

function faultOf(code: string, message: string): ManageDelegationAnswer {
  const xml = writeSoapEnvelope({ version: '1.2', writeBody: (writer) => writeSoapFault(writer, { version: '1.2', code: { namespace: manageDelegationNamespace, local: code }, blame: 'sender', message }) });
  return { status: 500, xml, outcome: code };
}
