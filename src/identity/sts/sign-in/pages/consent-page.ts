import type { ServerResponse } from 'node:http';
import type { RequestedAccess } from '../../requested-access.ts';
import { formToken } from '../browser.ts';
import { purposePath } from '../purpose.ts';
import type { Purpose } from '../purpose.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { sendPage } from './send-page.ts';
import { wrongBox } from './sign-in-page.ts';

export interface ConsentView {
  purpose: Extract<Purpose, { kind: 'authorize' }>;
  browserSecret: string;
  organization?: string;
  application: string;
  /** Where the answer goes. */
  formTarget: string;
  userName: string;
  /** Ties the answer to this account. */
  userId: string;
  /** One line each. */
  permissions: readonly string[];
  /** What the signed-in person may do: agree for themselves, for everybody too, or not at all. */
  mayConsent: 'no' | 'self' | 'everybody';
  wrong?: string;
  status?: number;
}

/** What a client would be able to do, in a person's words. */
export function permissionLines(access: RequestedAccess, resource: string): readonly string[] {
  const { scopes } = access;
  return [
    ...(access.resource === undefined ? [] : [`Use ${resource} as you: whatever you may do there, it may do`]),
    ...(scopes.includes('offline_access') ? ['Keep that access while you are away, until your password changes or an administrator takes it back'] : []),
    ...(scopes.some((scope) => ['openid', 'profile', 'email'].includes(scope)) ? ['Sign you in, and read your name and user name'] : []),
  ];
}

/** Asks whether an application may act for the person; who may not decide that is told whom to ask. */
export function sendConsentPage(response: ServerResponse, view: ConsentView): void {
  const { application, mayConsent, purpose } = view;
  const others = purposePath({ ...purpose, parameters: new Map([...purpose.parameters, ['prompt', 'select_account']]) });
  const content = html`
<p class="lead">Signed in as <strong>${view.userName}</strong></p>
${wrongBox(view.wrong)}
<p>${mayConsent === 'no' ? 'To let you go on, an administrator has to allow ' : ''}<strong>${application}</strong>${mayConsent === 'no' ? ' to:' : ' asks to:'}</p>
${permissionList(view.permissions)}
${mayConsent === 'no' ? html`<p class="note">Ask an administrator to sign in here, or to allow it in the directory. Nothing was granted.</p>` : html`<p class="note">Your answer goes to <strong>${placeOf(view.formTarget)}</strong>. Accept only if you know this application. An administrator can take it back.</p>`}
<form method="post" action="/consent">
<input type="hidden" name="purpose" value="${purposePath(purpose)}">
<input type="hidden" name="form_token" value="${formToken(view.browserSecret)}">
<input type="hidden" name="account" value="${view.userId}">
${mayConsent === 'everybody' ? html`<label class="choice"><input type="checkbox" name="everybody" value="yes"> Consent on behalf of your organization: nobody else is asked</label>` : undefined}
${mayConsent === 'no' ? undefined : html`<button type="submit" name="decision" value="accept">Accept</button>`}
<button type="submit" name="decision" value="cancel" class="second">${mayConsent === 'no' ? 'Go back without' : 'Cancel'}</button>
</form>
<p class="note"><a href="${others}">Use another account</a></p>`;
  const frame = { ...(view.organization === undefined ? {} : { organization: view.organization }), ...(view.status === undefined ? {} : { status: view.status }) };
  sendPage(response, { title: mayConsent === 'no' ? 'Approval needed' : 'Permissions requested', content, formTarget: view.formTarget, ...frame });
}

export function permissionList(permissions: readonly string[]): Html {
  return html`<ul class="permissions">${permissions.map((line) => html`<li>${line}</li>\n`)}</ul>`;
}

/** Host of a web address; an application on this computer otherwise. */
function placeOf(address: string): string {
  const { protocol, host } = new URL(address);
  return protocol === 'https:' ? host : 'an application on this computer';
}
