import { STATUS_CODES } from 'node:http';
import { request } from 'undici';
import type { Dispatcher } from 'undici';
import { createRequestId, errorText, requestIdHeader } from '../foundation/index.ts';
import type { MoveProxyTest, MoveProxyTestResult } from '../management/index.ts';

/** How long the service waits for one answer, as published. */
const channelTimeoutMs = 10_000;

/**
 * Asks the move proxy of another organisation whether it would take a mover: first without, then with credentials, which
 * go out only over verified TLS and only to a server that asked for Basic. The words follow what the wizard logs.
 */
export function createMoveProxyConnectivity(httpClient: Dispatcher): (test: MoveProxyTest) => Promise<MoveProxyTestResult> {
  return async ({ remoteServer, credentials }) => {
    const url = `https://${remoteServer}/EWS/mrsproxy.svc`;
    const failed = (reason: string): MoveProxyTestResult => ({ isSuccess: false, url, message: `The connection to the server '${remoteServer}' could not be completed.`, detail: `The call to '${url}' failed. Error details: ${reason}` });
    const ask = async (authorization?: string): Promise<{ status: number; offersBasic: boolean }> => {
      const answer = await request(url, {
        dispatcher: httpClient,
        headers: { [requestIdHeader]: createRequestId(), ...(authorization === undefined ? {} : { authorization }) },
        headersTimeout: channelTimeoutMs,
        bodyTimeout: channelTimeoutMs,
      });
      await answer.body.dump();
      const challenges = [answer.headers['www-authenticate'] ?? []].flat();
      return { status: answer.statusCode, offersBasic: challenges.some((challenge) => /^basic\b/i.test(challenge)) };
    };
    try {
      const first = await ask();
      if (first.status !== 401) return failed(statusText(first.status));
      if (!first.offersBasic) return failed("The HTTP request is unauthorized, and the server doesn't offer Basic authentication.");
      const second = await ask(`Basic ${Buffer.from(`${credentials.userName}:${credentials.password}`).toString('base64')}`);
      return second.status === 200 ? { isSuccess: true, url, message: '', detail: '' } : failed(statusText(second.status));
    } catch (error) {
      return failed(errorText(error));
    }
  };
}

function statusText(status: number): string {
  if (status === 401) return "The HTTP request is unauthorized with client authentication scheme 'Basic'. --> The remote server returned an error: (401) Unauthorized.";
  if (status === 403) return "The HTTP request was forbidden with client authentication scheme 'Basic'. --> The remote server returned an error: (403) Forbidden.";
  return `The remote server returned an error: (${status}) ${STATUS_CODES[status] ?? 'Unknown'}.`;
}
