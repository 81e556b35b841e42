import { childText, findChild, findChildren, writeSoapEnvelope } from '../../xml/index.ts';
import type { XmlElement, XmlWriter } from '../../xml/index.ts';
import type { AnswerTransport, EwsClient, SoapExchange } from '../client/post-soap.ts';
import { postSoap, readAnswerWith } from '../client/post-soap.ts';
import { UnexpectedAnswer } from '../codec/unexpected-answer.ts';
import { addressingNamespace, autodiscoverAction, autodiscoverNamespace as namespace } from './autodiscover-namespaces.ts';
import type { FederationInformation, OrganizationRelationshipSettings, TokenIssuer, UserSettings } from './autodiscover-types.ts';

export interface UserSettingsAnswer extends UserSettings {
  transport: AnswerTransport;
}

/** A refused answer has an ErrorCode such as `NotFederated`; nothing is thrown for it. */
export type FederationInformationAnswer = { transport: AnswerTransport } & (
  | { ok: true; information: FederationInformation }
  | { ok: false; errorCode: string; message: string }
);

/**
 * Asks a SOAP Autodiscover endpoint for a user's settings. Redirects come back as they are (`errorCode`
 * `RedirectAddress` or `RedirectUrl` with `redirectTarget`): whether to follow them is the caller's decision. An
 * ErrorCode about the request as a whole is the user's here too.
 *
 * @throws EwsClientError
 */
export async function getUserSettings(client: EwsClient, address: string, settings: readonly string[]): Promise<UserSettingsAnswer> {
  const exchange = await post(client, 'GetUserSettings', (writer) => {
    writer.open('d:Users');
    writer.open('d:User');
    writer.element('d:Mailbox', address);
    writer.close();
    writer.close();
    writer.open('d:RequestedSettings');
    for (const setting of settings) writer.element('d:Setting', setting);
    writer.close();
  });
  return readAnswerWith(client, exchange, () => {
    const response = responseOf(exchange, 'GetUserSettings');
    const { errorCode, message } = errorOf(response);
    if (errorCode !== 'NoError') return { errorCode, message, settings: {}, settingErrors: [], transport: exchange.transport };
    const users = findChild(response, namespace, 'UserResponses');
    const user = users === undefined ? undefined : findChild(users, namespace, 'UserResponse');
    if (user === undefined) throw new UnexpectedAnswer('UserResponses');
    return { ...decodeUser(user), transport: exchange.transport };
  });
}

/**
 * Asks a SOAP Autodiscover endpoint, without signing in, what an organisation publishes about its federation.
 *
 * @throws EwsClientError
 */
export async function getFederationInformation(client: EwsClient, domain: string): Promise<FederationInformationAnswer> {
  const exchange = await post(client, 'GetFederationInformation', (writer) => writer.element('d:Domain', domain));
  return readAnswerWith(client, exchange, (): FederationInformationAnswer => {
    const { transport } = exchange;
    const response = responseOf(exchange, 'GetFederationInformation');
    const { errorCode, message } = errorOf(response);
    if (errorCode !== 'NoError') return { ok: false, errorCode, message, transport };
    const issuers = findChild(response, namespace, 'TokenIssuers');
    const domains = findChild(response, namespace, 'Domains');
    const information = {
      applicationUri: childText(response, namespace, 'ApplicationUri') ?? '',
      tokenIssuers: issuers === undefined ? [] : findChildren(issuers, namespace, 'TokenIssuer').map(decodeIssuer),
      domains: domains === undefined ? [] : findChildren(domains, namespace, 'Domain').map((element) => element.text.trim()),
    };
    return { ok: true, information, transport };
  });
}

export type RelationshipSettingsAnswer = { transport: AnswerTransport } & ({ ok: true; relationships: readonly OrganizationRelationshipSettings[] } | { ok: false; errorCode: string; message: string });

/**
 * Asks a federated organisation, with a delegation token, which relationships it has with the requester's organisation.
 *
 * @throws EwsClientError
 */
export async function getOrganizationRelationshipSettings(client: EwsClient, domains: readonly string[]): Promise<RelationshipSettingsAnswer> {
  const exchange = await post(client, 'GetOrganizationRelationshipSettings', (writer) => {
    writer.open('d:Domains');
    for (const domain of domains) writer.element('d:Domain', domain);
    writer.close();
  });
  return readAnswerWith(client, exchange, (): RelationshipSettingsAnswer => {
    const { transport } = exchange;
    const response = responseOf(exchange, 'GetOrganizationRelationshipSettings');
    const { errorCode, message } = errorOf(response);
    if (errorCode !== 'NoError') return { ok: false, errorCode, message, transport };
    const collection = findChild(response, namespace, 'OrganizationRelationshipSettingsCollection');
    const relationships = collection === undefined ? [] : findChildren(collection, namespace, 'OrganizationRelationshipSettings').map(decodeRelationship);
    return { ok: true, relationships, transport };
  });
}

function decodeRelationship(element: XmlElement): OrganizationRelationshipSettings {
  const text = (name: string): string => (childText(element, namespace, name) ?? '').trim();
  const is = (name: string): boolean => text(name) === 'true' || text(name) === '1';
  const domains = findChild(element, namespace, 'DomainNames');
  const uris = { targetApplicationUri: text('TargetApplicationUri'), targetAutodiscoverEpr: text('TargetAutodiscoverEpr'), targetSharingEpr: text('TargetSharingEpr') };
  return {
    name: text('Name'),
    domainNames: domains === undefined ? [] : findChildren(domains, namespace, 'Domain').map((domain) => domain.text.trim()),
    deliveryReportEnabled: is('DeliveryReportEnabled'),
    freeBusyAccessEnabled: is('FreeBusyAccessEnabled'),
    freeBusyAccessLevel: text('FreeBusyAccessLevel'),
    mailTipsAccessEnabled: is('MailTipsAccessEnabled'),
    mailTipsAccessLevel: text('MailTipsAccessLevel'),
    mailboxMoveEnabled: is('MailboxMoveEnabled'),
    ...Object.fromEntries(Object.entries(uris).filter(([, uri]) => uri !== '')),
  };
}

async function post(client: EwsClient, operation: string, writeRequest: (writer: XmlWriter) => void): Promise<SoapExchange> {
  const action = autodiscoverAction(operation);
  const text = writeSoapEnvelope({
    version: '1.1',
    namespaces: { 'xmlns:a': addressingNamespace, 'xmlns:d': namespace },
    writeHeader(writer) {
      writer.element('d:RequestedServerVersion', client.requestServerVersion ?? 'Exchange2013');
      writer.element('a:Action', action);
      writer.element('a:To', client.url);
    },
    writeBody(writer) {
      writer.open(`d:${operation}RequestMessage`);
      writer.open('d:Request');
      writeRequest(writer);
      writer.close();
      writer.close();
    },
  });
  return postSoap(client, action, text);
}

function responseOf({ envelope }: SoapExchange, operation: string): XmlElement {
  const [message] = envelope.body;
  const isAnswer = message?.namespace === namespace && message.local === `${operation}ResponseMessage`;
  const response = isAnswer ? findChild(message, namespace, 'Response') : undefined;
  if (response === undefined) throw new UnexpectedAnswer(message?.local ?? 'Body');
  return response;
}

function errorOf(element: XmlElement): { errorCode: string; message: string } {
  const errorCode = childText(element, namespace, 'ErrorCode') ?? '';
  if (errorCode === '') throw new UnexpectedAnswer(`${element.local}/ErrorCode`);
  return { errorCode, message: childText(element, namespace, 'ErrorMessage') ?? '' };
}

function decodeUser(element: XmlElement): UserSettings {
  const redirectTarget = childText(element, namespace, 'RedirectTarget');
  const errors = findChild(element, namespace, 'UserSettingErrors');
  const settings = findChild(element, namespace, 'UserSettings');
  return {
    ...errorOf(element),
    ...(redirectTarget === undefined || redirectTarget === '' ? {} : { redirectTarget }),
    settings: Object.fromEntries(
      (settings === undefined ? [] : findChildren(settings, namespace, 'UserSetting')).flatMap((setting): [string, string][] => {
        const name = childText(setting, namespace, 'Name');
        // Settings of other types (lists of URLs, of mailboxes) have no Value.
        const value = childText(setting, namespace, 'Value');
        return name === undefined || value === undefined ? [] : [[name, value]];
      }),
    ),
    settingErrors: (errors === undefined ? [] : findChildren(errors, namespace, 'UserSettingError')).map((error) => {
      const { errorCode, message } = errorOf(error);
      return { name: childText(error, namespace, 'SettingName') ?? '', errorCode, message };
    }),
  };
}

function decodeIssuer(element: XmlElement): TokenIssuer {
  const endpoint = childText(element, namespace, 'Endpoint');
  const uri = childText(element, namespace, 'Uri');
  return { ...(endpoint === undefined ? {} : { endpoint }), ...(uri === undefined ? {} : { uri }) };
}
