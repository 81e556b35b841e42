import { errorText, silentLog } from '../../foundation/index.ts';
import type { Log } from '../../foundation/index.ts';
import type { Recipient } from '../../organization/index.ts';
import { smtpDomainOf } from '../../organization/index.ts';
import { parseXml, readSoapEnvelope, soapContentType, writeSoapEnvelope, writeSoapFault, XmlError } from '../../xml/index.ts';
import type { SoapEnvelope, SoapVersion, XmlLimits, XmlWriter } from '../../xml/index.ts';
import { EwsFault } from '../codec/ews-fault.ts';
import type { ServerVersion } from '../codec/server-version.ts';
import { checkCharset } from '../server/ews-service.ts';
import type { SoapAnswer, SoapRequest } from '../server/ews-service.ts';
import type { RequestContext, Requester } from '../server/requester.ts';
import { addressingNamespace, autodiscoverAction, autodiscoverNamespace, schemaInstanceNamespace } from './autodiscover-namespaces.ts';
import type { AutodiscoverErrorCode, AutodiscoverUrls, FederationInformation, OrganizationRelationshipSettings, UserSettings } from './autodiscover-types.ts';
import { readAutodiscoverRequest } from './read-autodiscover-request.ts';
import type { AutodiscoverRequest } from './read-autodiscover-request.ts';
import { userSettingsOf, versionText } from './user-settings.ts';

export interface AutodiscoverServiceOptions {
  /** Who an address belongs to. */
  resolveRecipient(address: string): Promise<Recipient | undefined>;
  urls(): Promise<AutodiscoverUrls> | AutodiscoverUrls;
  /** What is published about a domain, or why nothing is: the organisation has no federation, or not this domain. */
  federationInformation(domain: string): Promise<FederationInformation | 'NotFederated' | 'InvalidDomain'> | FederationInformation | 'NotFederated' | 'InvalidDomain';
  /** The enabled relationships with the organisation of a requester who came with a delegation token. Default: none. */
  relationshipsWith?(domain: string): Promise<readonly OrganizationRelationshipSettings[]>;
  serverVersion: ServerVersion;
  xmlLimits?: XmlLimits;
  log?: Log;
}

export interface AutodiscoverHttpRequest extends SoapRequest {
  /** Absent for a caller who did not sign in. */
  requester?: Requester;
  context: RequestContext;
}

export interface AutodiscoverService {
  /**
   * Answers one POST to `/autodiscover/autodiscover.svc`. GetFederationInformation is for everyone; any other request
   * without a requester gets a bare 401, to which the listener adds its challenge. Whatever the body, it resolves.
   */
  handle(request: AutodiscoverHttpRequest): Promise<SoapAnswer>;
}

/** SOAP Autodiscover ([MS-OXWSADISC]): GetUserSettings, GetDomainSettings, GetFederationInformation and GetOrganizationRelationshipSettings. */
export function createAutodiscoverService(options: AutodiscoverServiceOptions): AutodiscoverService {
  const log = options.log ?? silentLog;
  const answer = async (request: AutodiscoverRequest, requester: Requester | undefined, version: SoapVersion): Promise<SoapAnswer> => {
    const write = await answerWriter(request, requester, options);
    return { status: 200, headers: { 'content-type': soapContentType(version) }, body: Buffer.from(envelopeOf(request.operation, version, options.serverVersion, write)) };
  };
  return {
    async handle({ body, contentType, requester, context }) {
      let version: SoapVersion = '1.1';
      try {
        checkCharset(contentType);
        const envelope: SoapEnvelope = readSoapEnvelope(parseXml(body, options.xmlLimits));
        version = envelope.version;
        const request = readAutodiscoverRequest(envelope);
        if (requester === undefined && request?.operation !== 'GetFederationInformation') return { status: 401, headers: {}, body: Buffer.alloc(0) };
        if (request === undefined) return faultAnswer(version, 500, 'ActionNotSupported', 'The request is not an operation of this service.');
        return await answer(request, requester, version);
      } catch (error) {
        if (error instanceof XmlError) return faultAnswer(version, error.code === 'XML_TOO_LARGE' ? 413 : 400, 'InvalidRequest', 'The request is invalid.');
        if (error instanceof EwsFault) return faultAnswer(version, error.status, 'InvalidRequest', 'The request is invalid.');
        log.error({ err: error, requestId: context.requestId }, `Autodiscover failed: ${errorText(error)}`);
        return faultAnswer(version, 500, 'InternalServerError', 'An internal server error occurred. The operation failed.');
      }
    },
  };
}

async function answerWriter(request: AutodiscoverRequest, requester: Requester | undefined, options: AutodiscoverServiceOptions): Promise<(writer: XmlWriter) => void> {
  if ('invalid' in request) return (writer) => writeError(writer, 'InvalidRequest', request.invalid);
  if (request.operation === 'GetUserSettings') {
    const urls = await options.urls();
    const users: UserSettings[] = [];
    for (const address of request.users) users.push(userSettingsOf(address, await options.resolveRecipient(address), request.settings, { urls, serverVersion: options.serverVersion }));
    return (writer) => writeUserSettings(writer, users);
  }
  if (request.operation === 'GetDomainSettings') {
    const urls = await options.urls();
    const known = new Map<string, string | undefined>([
      ['ExternalEwsUrl', urls.externalEwsUrl],
      ['ExternalEwsVersion', versionText(options.serverVersion)],
    ]);
    const domains: DomainSettings[] = [];
    for (const domain of request.domains) domains.push({ isServed: (await options.federationInformation(domain)) !== 'InvalidDomain', settings: request.settings.map((name) => ({ name, isKnown: known.has(name), value: known.get(name) })) });
    return (writer) => writeDomainSettings(writer, domains);
  }
  if (request.operation === 'GetOrganizationRelationshipSettings') {
    // "at least one domain in the DomainNames property that maps to at least one EmailAddress claim in the token" (EWS reference).
    if (requester?.delegated !== true) return (writer) => writeError(writer, 'InvalidRequest', 'The request needs a delegation token.');
    const relationships = (await options.relationshipsWith?.(smtpDomainOf(requester.recipient.primarySmtpAddress))) ?? [];
    return (writer) => writeRelationships(writer, relationships);
  }
  const information = await options.federationInformation(request.domain);
  if (information === 'NotFederated') return (writer) => writeError(writer, information, 'The organization is not federated.');
  if (information === 'InvalidDomain') return (writer) => writeError(writer, information, 'The domain is not one of this organization.');
  return (writer) => writeFederationInformation(writer, information);
}

function envelopeOf(operation: string, version: SoapVersion, server: ServerVersion, write: (writer: XmlWriter) => void): string {
  return writeSoapEnvelope({
    version,
    namespaces: { 'xmlns:a': addressingNamespace },
    writeHeader(writer) {
      writer.element('a:Action', autodiscoverAction(`${operation}Response`), { 's:mustUnderstand': '1' });
      writer.open('h:ServerVersionInfo', { 'xmlns:h': autodiscoverNamespace });
      writer.element('h:MajorVersion', server.majorVersion);
      writer.element('h:MinorVersion', server.minorVersion);
      writer.element('h:MajorBuildNumber', server.majorBuildNumber);
      writer.element('h:MinorBuildNumber', server.minorBuildNumber);
      writer.element('h:Version', server.version);
      writer.close();
    },
    writeBody(writer) {
      writer.open(`${operation}ResponseMessage`, { xmlns: autodiscoverNamespace });
      writer.open('Response', { 'xmlns:i': schemaInstanceNamespace });
      write(writer);
      writer.close();
      writer.close();
    },
  });
}

function writeError(writer: XmlWriter, code: AutodiscoverErrorCode, message: string): void {
  writer.element('ErrorCode', code);
  writer.element('ErrorMessage', message);
}

function writeUserSettings(writer: XmlWriter, users: readonly UserSettings[]): void {
  writeError(writer, 'NoError', '');
  writer.open('UserResponses');
  for (const user of users) {
    writer.open('UserResponse');
    writer.element('ErrorCode', user.errorCode);
    writer.element('ErrorMessage', user.message);
    if (user.redirectTarget === undefined) writer.element('RedirectTarget', '', { 'i:nil': 'true' });
    else writer.element('RedirectTarget', user.redirectTarget);
    writer.open('UserSettingErrors');
    for (const error of user.settingErrors) {
      writer.open('UserSettingError');
      writer.element('ErrorCode', error.errorCode);
      writer.element('ErrorMessage', error.message);
      writer.element('SettingName', error.name);
      writer.close();
    }
    writer.close();
    writer.open('UserSettings');
    for (const [name, value] of Object.entries(user.settings)) {
      writer.open('UserSetting', { 'i:type': 'StringSetting' });
      writer.element('Name', name);
      writer.element('Value', value);
      writer.close();
    }
    writer.close();
    writer.close();
  }
  writer.close();
}

interface DomainSettings {
  /** Whether the domain is one of this organisation. */
  isServed: boolean;
  settings: readonly { name: string; isKnown: boolean; value: string | undefined }[];
}

/** [MS-OXWSADISC] 3.1.4.1: DomainSettingName knows the two settings that are answered. */
function writeDomainSettings(writer: XmlWriter, domains: readonly DomainSettings[]): void {
  writeError(writer, 'NoError', '');
  writer.open('DomainResponses');
  for (const { isServed, settings } of domains) {
    writer.open('DomainResponse');
    writeError(writer, isServed ? 'NoError' : 'InvalidDomain', isServed ? 'No error.' : 'The domain is not one of this organization.');
    writer.open('DomainSettingErrors');
    for (const { name, isKnown } of isServed ? settings.filter(({ value }) => value === undefined) : []) {
      writer.open('DomainSettingError');
      writeError(writer, isKnown ? 'SettingIsNotAvailable' : 'InvalidSetting', isKnown ? 'The requested setting is not available.' : 'The requested setting is not valid.');
      writer.element('SettingName', name);
      writer.close();
    }
    writer.close();
    writer.open('DomainSettings');
    for (const { name, value } of isServed ? settings : []) {
      if (value === undefined) continue;
      writer.open('DomainSetting', { 'i:type': 'DomainStringSetting' });
      writer.element('Name', name);
      writer.element('Value', value);
      writer.close();
    }
    writer.close();
    writer.element('RedirectTarget', '', { 'i:nil': 'true' });
    writer.close();
  }
  writer.close();
}

/** [MS-OXWSADISC] 3.1.4.3.3.4. */
function writeRelationships(writer: XmlWriter, relationships: readonly OrganizationRelationshipSettings[]): void {
  writeError(writer, 'NoError', '');
  writer.open('OrganizationRelationshipSettingsCollection');
  for (const relationship of relationships) {
    writer.open('OrganizationRelationshipSettings');
    writer.element('DeliveryReportEnabled', String(relationship.deliveryReportEnabled));
    writer.open('DomainNames');
    for (const domain of relationship.domainNames) writer.element('Domain', domain);
    writer.close();
    writer.element('FreeBusyAccessEnabled', String(relationship.freeBusyAccessEnabled));
    writer.element('FreeBusyAccessLevel', relationship.freeBusyAccessLevel);
    writer.element('MailTipsAccessEnabled', String(relationship.mailTipsAccessEnabled));
    writer.element('MailTipsAccessLevel', relationship.mailTipsAccessLevel);
    writer.element('MailboxMoveEnabled', String(relationship.mailboxMoveEnabled));
    writer.element('Name', relationship.name);
    for (const [name, value] of [
      ['TargetApplicationUri', relationship.targetApplicationUri],
      ['TargetAutodiscoverEpr', relationship.targetAutodiscoverEpr],
      ['TargetSharingEpr', relationship.targetSharingEpr],
    ] as const) {
      if (value === undefined) writer.element(name, '', { 'i:nil': 'true' });
      else writer.element(name, value);
    }
    writer.close();
  }
  writer.close();
}

function writeFederationInformation(writer: XmlWriter, information: FederationInformation): void {
  writeError(writer, 'NoError', '');
  writer.element('ApplicationUri', information.applicationUri);
  writer.open('Domains');
  for (const domain of information.domains) writer.element('Domain', domain);
  writer.close();
  writer.open('TokenIssuers');
  for (const issuer of information.tokenIssuers) {
    writer.open('TokenIssuer');
    writer.element('Endpoint', issuer.endpoint);
    writer.element('Uri', issuer.uri);
    writer.close();
  }
  writer.close();
}

function faultAnswer(version: SoapVersion, status: number, code: string, message: string): SoapAnswer {
  const text = writeSoapEnvelope({
    version,
    writeBody: (writer) => writeSoapFault(writer, { version, code: { namespace: autodiscoverNamespace, local: code }, blame: code === 'InternalServerError' ? 'receiver' : 'sender', message }),
  });
  return { status, headers: { 'content-type': soapContentType(version) }, body: Buffer.from(text), errorCode: code };
}
