import { errorCode } from '../../../../foundation/index.ts';
import { connectionText } from '../../connection-text.ts';
import { noAnswer } from '../../no-answer.ts';
import { fail, pass, skipped } from '../../probe.ts';
import type { Finding } from '../../probe.ts';
import { firstAnswer } from '../../first-answer.ts';
import type { PathProbe } from '../path-case.ts';

/** Whether Exchange itself answers a stranger with an empty Bearer, or a device in front of it. */
export const preAuthentication: PathProbe = {
  id: 'first-answer',
  title: 'who answers first: Exchange, or a device',
  async run({ httpClient: verified, clock }, facts) {
    const httpClient = facts.beyond ?? verified;
    const { url, unreachable } = facts;
    if (url === undefined || unreachable !== undefined) return skipped(unreachable ?? 'there is no address to ask');
    const seen = (cause: string, proof: string): Finding => ({ cause, proof, repair: [], undo: [] });
    try {
      const answer = await firstAnswer({ httpClient, clock }, url);
      facts.answer = answer;
      const said = `GET ${url.href} with an empty Bearer answers ${answer.status}`;
      if (answer.status === 401) return pass(`401 with ${answer.challenges.map((each) => each.split(' ', 1)[0]).join(', ') || 'no challenge'}`);
      facts.unreachable = `it answers ${answer.status} instead of asking for a sign-in`;
      if (answer.status === 503 || answer.status === 502 || answer.status === 504) return fail(said, seen(unavailable(answer.refusal), `${said}${answer.refusal === '' ? '' : `, ${answer.refusal}`}${answer.server === '' ? '' : ` (server ${answer.server})`}.`));
      if (answer.status >= 300 && answer.status < 400) return fail(said, seen('fb31-device-redirect', `${said}, with Location ${answer.location}.`));
      if (answer.status === 403) return fail(said, seen(answer.refusal === '' ? 'fb13-preauthentication' : 'fb13-path-rule', `${said} before anybody signed in${answer.refusal === '' ? '' : `: ${answer.refusal}`}.`));
      if (answer.status === 404) return fail(said, seen('fb5-endpoint', `${said}${answer.refusal === '' ? '' : `: ${answer.refusal}`}.`));
      return fail(said, seen('fb27-device-page', `${said} with ${answer.type || 'no type'}: no server of Exchange lets strangers in.`));
    } catch (error) {
      facts.unreachable = 'it does not answer';
      const said = connectionText(error);
      const kind = noAnswer(error);
      if (kind === 'closed') return fail(`no answer: ${said}`, seen('fb7-firewall', `${url.host} takes the connection, and it is closed before anything is answered: ${said} (${errorCode(error) ?? 'no code'}).`));
      if (kind === 'no HTTP') return fail(`no HTTP: ${said}`, seen('fb27-device-page', `What ${url.host} answers is no HTTP: ${said} (${errorCode(error) ?? 'no code'}).`));
      if (kind === 'silent') return fail(`no answer: ${said}`, seen('fb22-slow-path', `${url.host} takes the connection and does not answer: ${said}.`));
      return { status: 'fail', detail: `no answer: ${said}`, findings: [] };
    }
  },
};

/** Relay and agent say themselves who is missing; where neither does, it is the web server. */
function unavailable(refusal: string): string {
  if (refusal === 'RELAY_NO_AGENT') return 'm35-agent-down';
  return /^(?:RELAY|AGENT)_TARGET/.test(refusal) ? 'm35-target-down' : 'm35-pool-stopped';
}
