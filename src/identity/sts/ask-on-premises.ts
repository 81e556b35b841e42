import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { errorText } from '../../foundation/index.ts';
import { onPremisesTimedOut, onPremisesUnavailable, onPremisesUnexpected } from './aadsts-errors.ts';

export interface OnPremisesQuestion {
  /** An EWS address that takes Basic: `https://{host}/EWS/Exchange.asmx`. */
  endpoint: string;
  userName: string;
  password: string;
  requestId: string;
}

/** How on-premises organisations are asked. */
export interface PassThrough {
  httpClient: Dispatcher;
  /** For both requests of a question together. */
  timeoutMs: number;
}

const longestAnswer = 65_536;

/** Something any account may ask, whether it has a mailbox or not. */
const harmless = `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><RequestServerVersion xmlns="http://schemas.microsoft.com/exchange/services/2006/types" Version="Exchange2013"/></s:Header><s:Body><GetServerTimeZones xmlns="http://schemas.microsoft.com/exchange/services/2006/messages" ReturnFullTimeZoneData="false"><Ids><Id xmlns="http://schemas.microsoft.com/exchange/services/2006/types">UTC</Id></Ids></GetServerTimeZones></s:Body></s:Envelope>`;

/**
 * Pass-through authentication: asks the on-premises organisation whether a password is right, by signing in to its web
 * services with it. Nothing of the password stays here. Only a server that turns the same request away without a
 * password is believed, so that one which answers everybody lets nobody in.
 *
 * @throws AadstsError 80001 (no way there), 80002 (no answer in time), 80005 (an answer that says neither yes nor no)
 */
export async function askOnPremises(question: OnPremisesQuestion, { httpClient, timeoutMs }: PassThrough): Promise<boolean> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const stranger = await send(question, undefined, httpClient, signal);
    if (stranger.status >= 502) throw onPremisesUnavailable({ status: stranger.status });
    if (stranger.status !== 401 || !stranger.offersBasic) throw onPremisesUnexpected({ step: 'without a password', status: stranger.status, offersBasic: stranger.offersBasic });
    const credentials = Buffer.from(`${question.userName}:${question.password}`, 'utf8').toString('base64');
    const answer = await send(question, `Basic ${credentials}`, httpClient, signal);
    if (answer.status === 401) return false;
    if (answer.status === 200 && answer.text.includes('GetServerTimeZonesResponse')) return true;
    throw answer.status >= 502 ? onPremisesUnavailable({ status: answer.status }) : onPremisesUnexpected({ step: 'with a password', status: answer.status });
  } catch (error) {
    if (signal.aborted) throw onPremisesTimedOut();
    if (error instanceof Error && error.name === 'AadstsError') throw error;
    throw onPremisesUnavailable({ cause: errorText(error) });
  }
}

interface Answer {
  status: number;
  offersBasic: boolean;
  text: string;
}

async function send({ endpoint, requestId }: OnPremisesQuestion, authorization: string | undefined, httpClient: Dispatcher, signal: AbortSignal): Promise<Answer> {
  const headers = { 'content-type': 'text/xml; charset=utf-8', 'client-request-id': requestId, 'user-agent': 'Hybridge-PassThrough', ...(authorization === undefined ? {} : { authorization }) };
  const answer = await request(endpoint, { dispatcher: httpClient, method: 'POST', headers, body: harmless, signal });
  let text = '';
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1');
    if (text.length > longestAnswer) break;
  }
  const offers = [answer.headers['www-authenticate'] ?? []].flat();
  return { status: answer.statusCode, offersBasic: offers.some((offer) => /(?:^|,)\s*Basic\b/i.test(offer)), text };
}
