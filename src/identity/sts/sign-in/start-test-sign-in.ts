import type { Answer } from '../start-test-sts.ts';
import { startTestSts, tenant, v2Path } from '../start-test-sts.ts';
import { answerOf, createVerifier, openTestBrowser } from './test-browser.ts';
import type { TestBrowser } from './test-browser.ts';

export const mailScope = 'https://mail.contoso.test/.default';
export const nativeClient = 'aaaaaaaa-0000-4000-8000-000000000001';
export const webClient = 'aaaaaaaa-0000-4000-8000-000000000002';
export const nativeRedirect = 'http://127.0.0.1:49152';
export const webRedirect = 'https://app.contoso.test/signed-in';

export interface CodeOptions {
  browser?: TestBrowser;
  clientId?: string;
  redirectUri?: string;
  parameters?: Record<string, string>;
}

/** For tests: the token service with an installed application and a web application, and a browser to sign in with. */
export async function startTestSignIn() {
  const sts = await startTestSts();
  const { admin, httpClient, post } = sts;
  await admin.createServicePrincipal(tenant, { appId: nativeClient, displayName: 'Mail <Tool>', publicClient: true, consentedResources: ['*'] });
  await admin.createServicePrincipal(tenant, { appId: webClient, displayName: 'Calendar Portal', redirectUris: [webRedirect], consentedResources: ['*'] });
  const { secretText } = await admin.addPasswordCredential(tenant, webClient);

  /** The path of an authorization request; an empty value leaves a parameter out. */
  const authorizePath = (parameters: Record<string, string> = {}, path = `/${tenant}/oauth2/v2.0/authorize`): string => {
    const defaults = { client_id: nativeClient, redirect_uri: nativeRedirect, response_type: 'code', scope: `openid profile offline_access ${mailScope}`, state: 'state-1', code_challenge: createVerifier().challenge, code_challenge_method: 'S256' };
    return `${path}?${new URLSearchParams(Object.entries({ ...defaults, ...parameters }).filter(([, value]) => value !== '')).toString()}`;
  };
  /** Signs in for an application, and gives the code with what redeems it. */
  const getCode = async ({ browser = openTestBrowser(httpClient), clientId = nativeClient, redirectUri = nativeRedirect, parameters = {} }: CodeOptions = {}) => {
    const { verifier, challenge } = createVerifier();
    const path = authorizePath({ client_id: clientId, redirect_uri: redirectUri, code_challenge: challenge, ...parameters });
    const direct = await browser.get(path);
    const answer = direct.status === 302 ? direct : await browser.signIn(path);
    const { code = '' } = answerOf(answer);
    return { browser, code, verifier, form: { grant_type: 'authorization_code', client_id: clientId, redirect_uri: redirectUri, code, code_verifier: verifier } };
  };
  const getTokens = async (options: CodeOptions = {}): Promise<Answer> => post(v2Path, (await getCode(options)).form);
  const refresh = (refreshToken: unknown, form: Record<string, string> = {}, path = v2Path): Promise<Answer> =>
    post(path, { grant_type: 'refresh_token', client_id: nativeClient, refresh_token: String(refreshToken), ...form });
  return { ...sts, secretText, authorizePath, getCode, getTokens, refresh, browse: () => openTestBrowser(httpClient) };
}
