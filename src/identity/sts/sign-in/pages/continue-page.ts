import type { ServerResponse } from 'node:http';
import { html } from './html.ts';
import { sendPage } from './send-page.ts';

/**
 * Leads on to another address, without script. A page, not a redirect: browsers hold the redirects after a form to the
 * `form-action` of the page that the form was on, and nobody can list there where people's identity providers are.
 */
export function sendContinuePage(response: ServerResponse, { location, organization }: { location: string; organization?: string }): void {
  const content = html`
<p class="lead">${location.startsWith('/') ? 'Your organization signed you in.' : 'Your organization signs you in at a place of its own.'}</p>
<p><a href="${location}">Continue</a></p>`;
  sendPage(response, { title: 'One moment', content, leadsTo: location, ...(organization === undefined ? {} : { organization }) });
}
