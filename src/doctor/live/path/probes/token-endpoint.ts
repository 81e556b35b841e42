import { errorText } from '../../../../foundation/index.ts';
import { fail, pass, skipped } from '../../probe.ts';
import { firstAnswer } from '../../first-answer.ts';
import type { PathProbe } from '../path-case.ts';

/** Whether the place that the challenge names can be reached from here. Where not, clients elsewhere may still reach it. */
export const tokenEndpoint: PathProbe = {
  id: 'token-endpoint',
  title: 'sign-in: the token service answers',
  async run({ httpClient, clock }, { authorizationUri, unreachable }) {
    if (authorizationUri === undefined) return skipped(unreachable ?? 'the challenge names none');
    try {
      const { status } = await firstAnswer({ httpClient, clock }, authorizationUri);
      if (status < 500) return pass(`${authorizationUri.host} answers ${status}`);
      return fail(`${authorizationUri.host} answers ${status}`);
    } catch (error) {
      return fail(`${authorizationUri.host}: ${errorText(error)}`);
    }
  },
};
