import type { ServerResponse } from 'node:http';
import { refusalTime } from '../../aadsts-error.ts';
import type { AadstsError, RefusalIds } from '../../aadsts-error.ts';
import { html } from './html.ts';
import { sendPage } from './send-page.ts';

/** Tells somebody why it goes no further, with what their administrator needs to find it in the logs. */
export function sendRefusalPage(response: ServerResponse, refusal: AadstsError, ids: RefusalIds): void {
  const content = html`
<div class="wrong" role="alert"><p>AADSTS${String(refusal.codes[0])}: ${refusal.message}</p></div>
<p class="note">Go back to the application and try again. If this stays, give these lines to your administrator.</p>
<dl>
<dt>Request</dt><dd>${ids.correlationId}</dd>
<dt>Trace</dt><dd>${ids.traceId}</dd>
<dt>Time</dt><dd>${refusalTime(ids.now)}</dd>
</dl>`;
  sendPage(response, { title: 'Sign-in failed', content, status: refusal.status });
}

export function sendSignedOutPage(response: ServerResponse): void {
  sendPage(response, { title: 'Signed out', content: html`<p class="lead">You are signed out in this browser. Applications that you used may still be signed in; close them as well.</p>` });
}
