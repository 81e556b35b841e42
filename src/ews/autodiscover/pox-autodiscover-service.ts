import { errorText, silentLog } from '../../foundation/index.ts';
import type { Log } from '../../foundation/index.ts';
import type { Recipient } from '../../organization/index.ts';
import { createXmlWriter, parseXml, XmlError } from '../../xml/index.ts';
import type { XmlElement, XmlLimits, XmlWriter } from '../../xml/index.ts';
import { EwsFault } from '../codec/ews-fault.ts';
import { checkCharset } from '../server/ews-service.ts';
import type { SoapAnswer } from '../server/ews-service.ts';
import type { AutodiscoverHttpRequest } from './autodiscover-service.ts';
import type { AutodiscoverUrls } from './autodiscover-types.ts';

export interface PoxAutodiscoverOptions {
  resolveRecipient(address: string): Promise<Recipient | undefined>;
  urls(): Promise<AutodiscoverUrls> | AutodiscoverUrls;
  /** Puts the time into errors. */
  clock: { now(): number };
  xmlLimits?: XmlLimits;
  log?: Log;
}

export interface PoxAutodiscoverService {
  /** Answers one request of somebody who has signed in; an empty body, as a browser's GET has it, gets error 600. It resolves whatever the body. */
  handle(request: Pick<AutodiscoverHttpRequest, 'body' | 'contentType' | 'context'>): Promise<SoapAnswer>;
}

const errorNamespace = 'http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006';
const outlookSchema = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';
const requestNamespace = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';

/** The published codes and their texts as Exchange gives them. */
const errors = {
  500: "The email address can't be found.",
  600: 'Invalid Request',
  601: 'Provider is not available',
} as const;

type PoxErrorCode = keyof typeof errors;

/**
 * Plain-XML Autodiscover ([MS-OXDSCLI] §2.2.3, §2.2.4), as Outlook and many others ask it: `POST /autodiscover/autodiscover.xml`.
 * Whoever is elsewhere is answered with the address to ask for next. Errors come with HTTP 200.
 */
export function createPoxAutodiscoverService(options: PoxAutodiscoverOptions): PoxAutodiscoverService {
  const log = options.log ?? silentLog;
  const failure = (code: PoxErrorCode): SoapAnswer => ({ ...xmlAnswer((writer) => writeError(writer, code, options.clock.now())), errorCode: String(code) });
  const answer = async (body: Uint8Array): Promise<SoapAnswer> => {
    if (body.length === 0) return failure(600);
    const question = readQuestion(parseXml(body, { maximumBytes: 64 * 1024, ...options.xmlLimits }));
    if (typeof question === 'number') return failure(question);
    const recipient = await options.resolveRecipient(question.address);
    const target = recipient?.externalEmailAddress?.replace(/^smtp:/i, '');
    if (recipient === undefined || target?.toLowerCase() === question.address.toLowerCase()) return failure(500);
    if (target !== undefined) return xmlAnswer((writer) => writeRedirect(writer, target));
    const urls = await options.urls();
    return xmlAnswer((writer) => writeSettings(writer, recipient, urls));
  };
  return {
    async handle({ body, contentType, context }) {
      try {
        checkCharset(contentType);
        return await answer(body);
      } catch (error) {
        if (error instanceof XmlError || error instanceof EwsFault) return failure(600);
        log.error({ err: error, requestId: context.requestId }, `Autodiscover failed: ${errorText(error)}`);
        return { status: 500, headers: {}, body: Buffer.alloc(0), errorCode: 'InternalServerError' };
      }
    },
  };
}

function readQuestion(root: XmlElement): { address: string } | PoxErrorCode {
  const request = root.children.find(({ local }) => local === 'Request');
  if (root.local !== 'Autodiscover' || request === undefined) return 600;
  const text = (name: string): string => request.children.find(({ local }) => local === name)?.text.trim() ?? '';
  const address = text('EMailAddress');
  if (address === '') return 600;
  // The schema of ActiveSync's devices is another one, which is not served.
  const isKnown = root.namespace === requestNamespace && text('AcceptableResponseSchema') === outlookSchema;
  return isKnown ? { address } : 601;
}

function xmlAnswer(write: (writer: XmlWriter) => void): SoapAnswer {
  const writer = createXmlWriter();
  writer.open('Autodiscover', { xmlns: errorNamespace });
  write(writer);
  writer.close();
  return { status: 200, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: Buffer.from(writer.toString()) };
}

function writeError(writer: XmlWriter, code: PoxErrorCode, now: number): void {
  writer.open('Response');
  // The id tells errors of one server apart; Exchange's is a hash of its name.
  writer.open('Error', { Time: new Date(now).toISOString().slice(11, 23), Id: '1' });
  writer.element('ErrorCode', code);
  writer.element('Message', errors[code]);
  writer.element('DebugData', '');
  writer.close();
  writer.close();
}

function writeRedirect(writer: XmlWriter, target: string): void {
  writer.open('Response', { xmlns: outlookSchema });
  writer.open('Account');
  writer.element('AccountType', 'email');
  writer.element('Action', 'redirectAddr');
  writer.element('RedirectAddr', target);
  writer.close();
  writer.close();
}

function writeSettings(writer: XmlWriter, recipient: Recipient, { internalEwsUrl, externalEwsUrl }: AutodiscoverUrls): void {
  writer.open('Response', { xmlns: outlookSchema });
  writer.open('User');
  writer.element('DisplayName', recipient.displayName);
  writer.element('AutoDiscoverSMTPAddress', recipient.primarySmtpAddress);
  writer.close();
  writer.open('Account');
  writer.element('AccountType', 'email');
  writer.element('Action', 'settings');
  if (internalEwsUrl !== undefined) writeProtocol(writer, 'EXCH', internalEwsUrl);
  if (externalEwsUrl !== undefined) writeProtocol(writer, 'EXPR', externalEwsUrl);
  writer.close();
  writer.close();
}

/** `EXCH` is the way from inside, `EXPR` from outside ([MS-OXDSCLI] §2.2.4.1.1.2.6). Addresses of what is not served are left out. */
function writeProtocol(writer: XmlWriter, type: 'EXCH' | 'EXPR', url: string): void {
  writer.open('Protocol');
  writer.element('Type', type);
  writer.element('Server', URL.canParse(url) ? new URL(url).hostname : undefined);
  if (type === 'EXPR') writer.element('SSL', 'On');
  writer.element('ASUrl', url);
  writer.element('EwsUrl', url);
  writer.element('OOFUrl', url);
  writer.close();
}
