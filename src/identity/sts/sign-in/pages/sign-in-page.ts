import type { ServerResponse } from 'node:http';
import { formToken } from '../browser.ts';
import { purposePath } from '../purpose.ts';
import type { Purpose } from '../purpose.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';
import { sendPage } from './send-page.ts';

/** What the pages of a sign-in have in common. */
export interface SignInView {
  purpose: Purpose;
  browserSecret: string;
  organization?: string;
  /** The application that somebody signs in to. */
  application?: string;
  /** The application's address, once trusted. */
  formTarget?: string;
  /** Asks for the user name alone, as long as it is not known: some people's passwords are not to be typed here. */
  nameFirst?: boolean;
  /** What went wrong, in a sentence. */
  wrong?: string;
  status?: number;
}

/** Asks for user name and password, or the name first. */
export function sendSignInPage(response: ServerResponse, view: SignInView & { userName?: string }): void {
  const { userName, wrong, application, nameFirst } = view;
  const first = userName === undefined || userName === '';
  const invalid = wrong === undefined ? undefined : html` aria-invalid="true" aria-describedby="wrong"`;
  const content = html`
${application === undefined ? undefined : html`<p class="lead">to continue to <strong>${application}</strong></p>`}
${wrongBox(wrong)}
<form method="post" action="/login">
${hiddenFields(view)}
<label for="username">User name</label>
<input id="username" name="username" type="email" value="${userName ?? ''}" placeholder="somebody@example.com" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="320" required${first ? html` autofocus` : undefined}${invalid}>
${first && nameFirst === true ? nextButton : passwordField(html`${first ? undefined : html` autofocus`}${invalid}`)}
</form>
<p class="note">Cannot sign in? Your administrator can set a new password.</p>`;
  sendPage(response, { title: 'Sign in', content, ...frame(view) });
}

const nextButton = html`<button type="submit">Next</button>`;

function passwordField(attributes: Html): Html {
  return html`<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required${attributes}>
<button type="submit">Sign in</button>`;
}

/** Asks for the code of the authenticator app. */
export function sendSecondFactorPage(response: ServerResponse, view: SignInView & { userName: string; pending: string }): void {
  const { userName, pending, wrong } = view;
  const invalid = wrong === undefined ? undefined : html` aria-invalid="true" aria-describedby="wrong"`;
  const content = html`
<p class="lead">Signing in as <strong>${userName}</strong></p>
${wrongBox(wrong)}
<form method="post" action="/login/verify">
${hiddenFields(view)}
<input type="hidden" name="pending" value="${pending}">
<label for="code">Code from your authenticator app</label>
<input id="code" class="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" pattern="[0-9 ]{6,7}" title="Six digits" maxlength="7" required autofocus${invalid}>
<button type="submit">Verify</button>
</form>
<p class="note">Lost the app? Your administrator can set up a new one.</p>`;
  sendPage(response, { title: 'Enter code', content, ...frame(view) });
}

/** `form_post` (OAuth 2.0 Form Post Response Mode): hands the answer to the application's address. */
export function sendFormPost(response: ServerResponse, redirectUri: string, parameters: Readonly<Record<string, string>>): void {
  const fields = Object.entries(parameters).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">\n`);
  const content = html`
<p class="lead">You are signed in. Go on to the application.</p>
<form method="post" action="${redirectUri}">
${fields}<button type="submit">Continue</button>
</form>`;
  sendPage(response, { title: 'Continue', content, formTarget: redirectUri, submits: true });
}

export function wrongBox(wrong: string | undefined): Html | undefined {
  return wrong === undefined ? undefined : html`<div class="wrong" id="wrong" role="alert"><p>${wrong}</p></div>`;
}

function hiddenFields({ purpose, browserSecret }: SignInView): Html {
  return html`<input type="hidden" name="purpose" value="${purposePath(purpose)}">
<input type="hidden" name="form_token" value="${formToken(browserSecret)}">`;
}

function frame({ organization, formTarget, status }: SignInView): { organization?: string; formTarget?: string; status?: number } {
  return { ...(organization === undefined ? {} : { organization }), ...(formTarget === undefined ? {} : { formTarget }), ...(status === undefined ? {} : { status }) };
}
