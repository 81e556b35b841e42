import type { ServerResponse } from 'node:http';
import { formToken } from '../browser.ts';
import { permissionList } from './consent-page.ts';
import { html } from './html.ts';
import { sendPage } from './send-page.ts';
import { wrongBox } from './sign-in-page.ts';

/** Asks for the code that a device shows. */
export function sendUserCodePage(response: ServerResponse, view: { wrong?: string; status?: number }): void {
  const invalid = view.wrong === undefined ? undefined : html` aria-invalid="true" aria-describedby="wrong"`;
  const content = html`
<p class="lead">Enter the code that the application or device shows.</p>
${wrongBox(view.wrong)}
<form method="get" action="/devicelogin">
<label for="user_code">Code</label>
<input id="user_code" class="code" name="user_code" type="text" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" required autofocus${invalid}>
<button type="submit">Next</button>
</form>`;
  sendPage(response, { title: 'Sign in on a device', content, ...(view.status === undefined ? {} : { status: view.status }) });
}

export interface DeviceConsentView {
  userCode: string;
  application: string;
  userName: string;
  organization: string;
  browserSecret: string;
  /** What the person agrees to by continuing; none where that is settled. */
  permissions: readonly string[];
}

/** Asks whether the person means it: somebody else may have sent the code (RFC 8628 §5.4). */
export function sendDeviceConsentPage(response: ServerResponse, view: DeviceConsentView): void {
  const content = html`
<p class="lead">You are about to sign in to <strong>${view.application}</strong> on another device, as <strong>${view.userName}</strong>.</p>
<p class="shown-code">${view.userCode}</p>
${view.permissions.length === 0 ? undefined : html`<p>It will be able to:</p>
${permissionList(view.permissions)}`}
<p>Continue only if you started this yourself and the device shows this very code. If somebody sent it to you, cancel.</p>
<form method="post" action="/devicelogin">
<input type="hidden" name="user_code" value="${view.userCode}">
<input type="hidden" name="form_token" value="${formToken(view.browserSecret)}">
<button type="submit" name="decision" value="continue">Continue</button>
<button type="submit" name="decision" value="cancel" class="second">Cancel</button>
</form>`;
  sendPage(response, { title: 'Is this you?', organization: view.organization, content });
}

export function sendDeviceDonePage(response: ServerResponse, view: { approved: boolean; application: string }): void {
  if (!view.approved) return sendPage(response, { title: 'Cancelled', content: html`<p class="lead">The device was not signed in. You can close this window.</p>` });
  sendPage(response, { title: 'Signed in', content: html`<p class="good">You have signed in to <strong>${view.application}</strong> on your device.</p><p class="lead">You can close this window.</p>` });
}
