import type { ServerResponse } from 'node:http';
import { html } from './html.ts';
import type { Html } from './html.ts';

export interface Page {
  /** Title of the window and heading. */
  title: string;
  /** Whose sign-in page this is: the tenant's name. */
  organization?: string;
  content: Html;
  status?: number;
  /** An address besides our own to which a form, or the redirect that answers it, leads. */
  formTarget?: string;
  /** Goes there at once, without script. */
  leadsTo?: string;
  /** Runs the script that submits the page's form. */
  submits?: boolean;
}

/**
 * Sends a page. Nothing runs on it and nothing is loaded but our own style sheet; it cannot be framed; it is never kept.
 * `form-action` names the application's address too, because browsers hold the redirect after a form to it.
 */
export function sendPage(response: ServerResponse, page: Page): void {
  const body = Buffer.from(document(page).markup);
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    ...(page.submits === true ? ["script-src 'self'"] : []),
    `form-action 'self'${page.formTarget === undefined ? '' : ` ${sourceOf(page.formTarget)}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ];
  response.writeHead(page.status ?? 200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': String(body.length),
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    pragma: 'no-cache',
  });
  response.end(body);
}

/** The origin of a web address, the scheme of anything else. */
function sourceOf(address: string): string {
  const { protocol, origin } = new URL(address);
  return origin === 'null' ? protocol : origin;
}

function document({ title, organization, content, leadsTo, submits }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${leadsTo === undefined ? undefined : html`<meta http-equiv="refresh" content="0;url=${leadsTo}">`}
<title>${title}</title>
<link rel="stylesheet" href="/sign-in/style.css">
${submits === true ? html`<script src="/sign-in/submit.js" defer></script>` : undefined}
</head>
<body>
<main>
<p class="organization">${mark}<span>${organization ?? 'Hybridge'}</span></p>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

/** Two shores and a bridge. */
const mark = html`<svg aria-hidden="true" viewBox="0 8 32 17" width="38" height="20"><path d="M2 22h28M5 22V11m22 11V11M5 12c4 8 18 8 22 0M11 22v-4.6M16 22v-4m5 4v-4.6" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round"/></svg>`;
