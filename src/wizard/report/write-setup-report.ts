import { escapeHtml, reportStyle } from '../../doctor/index.ts';
import { formatInvocation } from '../../management/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { sessionTitles } from '../setup/snapshot.ts';
import type { SessionName } from '../plan.ts';
import type { StepReport } from '../run-setup.ts';
import type { SetupReport } from './setup-report.ts';

const statuses = { done: ['well', 'Done'], unchanged: ['well', 'Nothing to change'], warnings: ['unknown', 'Done, with warnings'], failed: ['wrong', 'Not finished'] } as const;

/** The report as one page, without script and with nothing that is fetched. Every name that an organisation gave is escaped. */
export function writeSetupReport(report: SetupReport): string {
  const { status, verdict, startedAt, finishedAt, facts, steps, kept, interrupted, bySide, notNeeded, agentPhases, proofs, warnings, byHand, logFile } = report;
  const [style, said] = statuses[status];
  const ran = Object.entries(bySide) as [SessionName, readonly CmdletInvocation[]][];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Hybrid configuration: ${escapeHtml(verdict)}</title>
<style>${reportStyle}.phase{white-space:nowrap}.finding.good{border-left-color:var(--good)}.finding.warn{border-left-color:var(--warn)}a{color:var(--accent)}@media print{a[href^=http]::after{content:" (" attr(href) ")"}}</style>
</head>
<body>
<header>
<p class="made">hybridge setup · <time datetime="${new Date(startedAt).toISOString()}">${clock(startedAt)}</time> to ${clock(finishedAt).slice(11)} UTC, ${seconds(finishedAt - startedAt)}</p>
<p class="status ${style}">${said}</p>
<h1>${escapeHtml(verdict)}</h1>
</header>
<main>
${table('Decided', ['What', 'How'], facts.map(([name, value]) => [escapeHtml(name), escapeHtml(value)]))}
${warnings.map(({ code, text, cause }) => `<section class="finding warn"><h2><span class="id">${code}</span> ${escapeHtml(text)}</h2><p>${escapeHtml(cause)}</p></section>`).join('\n')}
${byHand.length === 0 ? '' : `<section><h2>Remains to be done by hand</h2><ol class="steps">${byHand.map(({ text, see }) => `<li>${escapeHtml(text)} <span class="place">${seeHtml(see)}</span></li>`).join('')}</ol></section>`}
${proofs.length === 0 ? '' : table('Looked up for real', ['', 'Direction', 'Answer'], proofs.map(({ title, ok, detail }) => [mark(ok), escapeHtml(title), escapeHtml(detail)]))}
${agentPhases.length === 0 ? '' : table('Hybrid Agent of this machine', ['', 'Phase', 'What'], agentPhases.map(({ phase, outcome, detail, code }) => [mark(outcome !== 'failed'), `<span class="phase">${phase}</span>`, escapeHtml(`${code === undefined ? '' : `${code}: `}${detail}`)]))}
${ran.length === 0 ? '' : table('Cmdlets by side', ['Side', 'Cmdlets', 'Which'], ran.map(([side, invocations]) => [escapeHtml(sessionTitles[side]), String(invocations.length), escapeHtml([...new Set(invocations.map(({ cmdlet }) => cmdlet))].join(', '))]))}${notNeeded.length === 0 ? '' : `\n<p class="sub">Planned and not needed, for what it makes was there: ${escapeHtml(notNeeded.join(', '))}</p>`}
${steps.length === 0 ? '' : `<section><h2>What was done, step by step</h2></section>${steps.map(stepHtml).join('\n')}`}
${interrupted.length === 0 ? '' : `<section class="finding"><h2>Ran before the failure</h2>${interrupted.map(cmdletHtml).join('')}</section>`}
${kept.length === 0 ? '' : `<section><h2>As it should be already</h2><ul>${kept.map((title) => `<li>${escapeHtml(title)}</li>`).join('')}</ul></section>`}
</main>
<footer>${report.isUndoable ? 'hybridge setup --undo takes it back. ' : ''}Log: ${escapeHtml(logFile)}. No password and no private key is in this page.</footer>
</body>
</html>
`;
}

function stepHtml({ step, outcome, durationMs, invocations, error }: StepReport): string {
  return `<section class="finding ${outcome === 'failed' || outcome === 'left out' ? 'warn' : 'good'}"><h2>${escapeHtml(step.title)}</h2><p class="sub">${escapeHtml(step.verifies === true && outcome !== 'failed' ? 'verified' : outcome)} · ${seconds(durationMs)}</p><p>${escapeHtml(step.why)}</p>${error === undefined ? '' : `<p class="risk">${escapeHtml(error.message)}</p>`}${invocations.map(cmdletHtml).join('')}</section>`;
}

function cmdletHtml(invocation: CmdletInvocation): string {
  return `<figure><figcaption>${escapeHtml(sessionTitles[invocation.session])}</figcaption><pre>${escapeHtml(formatInvocation(invocation))}</pre></figure>`;
}

/** Pages of docs/ come with the program; what is published is a link. */
function seeHtml(see: string): string {
  return see.startsWith('https://') ? `<a href="${escapeHtml(see)}">${escapeHtml(new URL(see).hostname)}</a>` : escapeHtml(see);
}

/** Cells are HTML already. */
function table(heading: string, columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<section><h2>${heading}</h2><div class="wide" tabindex="0" role="region" aria-label="${heading}"><table><thead><tr>${columns.map((column) => `<th scope="col">${column}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('\n')}</tbody></table></div></section>`;
}

function mark(isGood: boolean): string {
  return `<span class="probe ${isGood ? 'pass' : 'fail'}">${isGood ? 'yes' : 'no'}</span>`;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
