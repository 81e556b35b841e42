import { EwsClientError, getUserSettings } from '../../ews/index.ts';
import type { Deadline } from './deadline.ts';
import { problemCode, problemOf } from './problem-of.ts';
import { autodiscoverFailure, autodiscoverUserFailure } from './remote-failures.ts';
import { remoteClient } from './remote-client.ts';
import type { Located, RemoteLookupInput, RemoteMailbox } from './remote-lookup.ts';
import type { MailboxFailure } from '../published-failures.ts';

const setting = 'ExternalEwsUrl';

/**
 * Asks SOAP Autodiscover where each mailbox's EWS is (GetUserSettings for `ExternalEwsUrl`) and groups the mailboxes by
 * the answer. One token serves all; the requests run side by side. Redirects are not followed: they become the error of
 * their mailbox, with Autodiscover's own word for it.
 */
export async function discoverEndpoints(input: RemoteLookupInput, url: string, deadline: Deadline): Promise<Located> {
  const located: Located = { endpoints: new Map(), failed: [] };
  const client = await remoteClient(input, deadline, url, 'ASAutoDiscover');
  if (!client.ok) {
    for (const mailbox of input.mailboxes) located.failed.push({ mailbox, failure: autodiscoverFailure(mailbox.address, client.problem) });
    return located;
  }
  const discover = async (mailbox: RemoteMailbox): Promise<string | { failure: MailboxFailure; via?: string }> => {
    const startedAt = input.clock.now();
    const line = (): Record<string, unknown> => ({
      requestId: input.context.requestId,
      connector: input.connector.name,
      endpoint: url,
      durationMs: input.clock.now() - startedAt,
    });
    try {
      const answer = await deadline.within(getUserSettings(client.client, mailbox.address, [setting]));
      const endpoint = answer.settings[setting];
      const code =
        answer.errorCode === 'NoError'
          ? (answer.settingErrors.find((error) => error.name === setting)?.errorCode ?? 'SettingIsNotAvailable')
          : answer.errorCode;
      const { via } = answer.transport;
      if (endpoint !== undefined && isHttpsUrl(endpoint)) {
        input.log.info({ ...line(), ewsEndpoint: endpoint, via }, 'Autodiscover named an EWS endpoint');
        return endpoint;
      }
      input.log.warn({ ...line(), autodiscoverCode: code, via }, 'Autodiscover named no EWS endpoint');
      return { failure: autodiscoverUserFailure(mailbox.address, url, code), ...(via === undefined ? {} : { via }) };
    } catch (error) {
      const problem = problemOf(error, deadline);
      const via = error instanceof EwsClientError ? error.facts['via'] : undefined;
      input.log.warn({ ...line(), code: problemCode(error), problem: problem.kind, err: error }, 'Autodiscover did not answer');
      return { failure: autodiscoverFailure(mailbox.address, problem), ...(typeof via === 'string' ? { via } : {}) };
    }
  };
  for (const [place, found] of (await Promise.all(input.mailboxes.map(discover))).entries()) {
    const mailbox = input.mailboxes[place];
    if (mailbox === undefined) continue;
    if (typeof found !== 'string') {
      located.failed.push({ mailbox, endpoint: url, ...found });
      continue;
    }
    const group = located.endpoints.get(found) ?? [];
    group.push(mailbox);
    located.endpoints.set(found, group);
  }
  return located;
}

/** A token is sent nowhere but over TLS. */
function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === 'https:';
}
