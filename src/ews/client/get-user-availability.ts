import type { AvailabilityRequest, AvailabilityResponse } from '../codec/availability-types.ts';
import { decodeAvailabilityResponse } from '../codec/decode-availability-response.ts';
import { encodeAvailabilityRequest } from '../codec/encode-availability-request.ts';
import { messagesNamespace } from '../codec/namespaces.ts';
import { readServerTiming } from '../codec/server-timing.ts';
import type { ServerVersion } from '../codec/server-version.ts';
import { readServerVersionInfo } from '../codec/server-version.ts';
import { UnexpectedAnswer } from '../codec/unexpected-answer.ts';
import type { AnswerTransport, EwsClient } from './post-soap.ts';
import { postSoap, readAnswerWith } from './post-soap.ts';

/** An availability answer and what came with it. `paths` is there where the server told (see `readServerTiming`). */
export interface AvailabilityAnswer extends AvailabilityResponse {
  transport: AnswerTransport;
  serverVersion?: ServerVersion;
}

/**
 * Asks an EWS endpoint for free/busy and suggestions. An answer about another number of mailboxes than were asked for
 * counts as unexpected.
 *
 * @throws EwsClientError
 */
export async function getUserAvailability(client: EwsClient, request: AvailabilityRequest): Promise<AvailabilityAnswer> {
  const { text, timeZone } = encodeAvailabilityRequest(request, client.requestServerVersion ?? 'Exchange2013');
  const exchange = await postSoap(client, `${messagesNamespace}/GetUserAvailability`, text);
  const { envelope, transport } = exchange;
  const response = readAnswerWith(client, exchange, () => {
    const [element] = envelope.body;
    if (element === undefined) throw new UnexpectedAnswer('Body');
    const decoded = decodeAvailabilityResponse(element, timeZone);
    if (request.freeBusyView !== undefined && decoded.freeBusy?.length !== request.mailboxes.length) throw new UnexpectedAnswer('FreeBusyResponseArray');
    return decoded;
  });
  const paths = readServerTiming(transport.serverTiming);
  const serverVersion = readServerVersionInfo(envelope.header);
  return { ...response, ...(paths.length === 0 ? {} : { paths }), ...(serverVersion === undefined ? {} : { serverVersion }), transport };
}
