import { createXmlWriter } from '../../xml/index.ts';
import type { XmlElement } from '../../xml/index.ts';
import type { AnswerTransport, EwsClient } from '../client/post-soap.ts';
import { postXml, readAnswerWith } from '../client/post-soap.ts';
import { UnexpectedAnswer } from '../codec/unexpected-answer.ts';

const requestNamespace = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006';
const responseNamespace = 'http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a';

/** What POX Autodiscover says of one person. Exactly one of the first four is there. */
export interface PoxSettingsAnswer {
  /** Availability service of the person (`ASUrl`; `EwsUrl` where there is none). */
  availabilityUrl?: string;
  redirectUrl?: string;
  redirectAddress?: string;
  error?: { code: string; message: string };
  transport: AnswerTransport;
}

/**
 * Asks a POX Autodiscover endpoint (`…/autodiscover.xml`) where a person's availability service is. The external protocol
 * (`EXPR`) goes before the internal one (`EXCH`), and those before any other. Redirects come back as they are.
 * ([MS-OXDSCLI] 2.2.3, 2.2.4; servers other than Exchange do not keep to one namespace, so names alone count.)
 *
 * @throws EwsClientError
 */
export async function getPoxSettings(client: EwsClient, address: string): Promise<PoxSettingsAnswer> {
  const writer = createXmlWriter();
  writer.open('Autodiscover', { xmlns: requestNamespace });
  writer.open('Request');
  writer.element('EMailAddress', address);
  writer.element('AcceptableResponseSchema', responseNamespace);
  writer.close();
  writer.close();
  const { element, transport } = await postXml(client, writer.toString());
  return readAnswerWith(client, { transport }, () => ({ ...readSettings(element), transport }));
}

function readSettings(element: XmlElement): Omit<PoxSettingsAnswer, 'transport'> {
  const response = element.local === 'Autodiscover' ? child(element, 'Response') : undefined;
  if (response === undefined) throw new UnexpectedAnswer(element.local);
  const account = child(response, 'Account');
  const error = child(response, 'Error') ?? (account && child(account, 'Error'));
  if (error !== undefined) return { error: { code: textOf(error, 'ErrorCode'), message: textOf(error, 'Message') } };
  if (account === undefined) throw new UnexpectedAnswer('Response');
  const action = textOf(account, 'Action').toLowerCase();
  const redirectUrl = textOf(account, 'RedirectUrl') || textOf(account, 'RedirectURL');
  const redirectAddress = textOf(account, 'RedirectAddr');
  if (action === 'redirecturl' && redirectUrl !== '') return { redirectUrl };
  if (action === 'redirectaddr' && redirectAddress !== '') return { redirectAddress };
  const protocols = account.children.filter(({ local }) => local === 'Protocol');
  const ranked = [...preferred.flatMap((type) => protocols.filter((protocol) => typeOf(protocol) === type)), ...protocols.filter((protocol) => !preferred.includes(typeOf(protocol)))];
  for (const name of ['ASUrl', 'EwsUrl']) {
    for (const protocol of ranked) {
      const url = textOf(protocol, name);
      if (url !== '') return { availabilityUrl: url };
    }
  }
  throw new UnexpectedAnswer('Protocol/ASUrl');
}

const preferred: readonly string[] = ['EXPR', 'EXCH'];

function typeOf(protocol: XmlElement): string {
  return textOf(protocol, 'Type').toUpperCase();
}

function child(element: XmlElement, local: string): XmlElement | undefined {
  return element.children.find((one) => one.local === local);
}

function textOf(element: XmlElement, local: string): string {
  return child(element, local)?.text.trim() ?? '';
}
