import type { EvidenceFile, EvidenceLine, TimelineEntry } from '../evidence/evidence-types.ts';
import { offsetText } from '../evidence/text/offset-text.ts';
import type { Cause, Step } from '../knowledge/failure.ts';
import { placeNames } from '../knowledge/place-names.ts';
import type { DoctorReport, ReportFinding, ReportProbe } from './doctor-report.ts';
import { reportStyle } from './report-style.ts';

/** So many findings are seen without a table of contents. */
const fewFindings = 3;
const shownFindings = 100;
const shownRows = 500;
const shownFiles = 200;

/**
 * A report as one page: no script, no link, nothing that is fetched; the policy in its head forbids all but its own
 * style. Everything that comes from evidence is escaped.
 */
export function writeHtmlReport(report: DoctorReport): string {
  const { title, status, verdict, madeAt, findings, observations, probes, timeline, files, notes } = report;
  const said = status === 'well' ? 'Nothing wrong' : status === 'wrong' ? 'Something is wrong' : 'Nothing to look at';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>Hybridge doctor: ${escape(title)}</title>
<style>${reportStyle}</style>
</head>
<body>
<header>
<p class="made">Hybridge doctor · ${escape(title)} · <time datetime="${iso(madeAt)}">${clock(madeAt)} UTC</time></p>
<p class="status ${status}">${said}</p>
<h1>${escape(verdict)}</h1>
</header>
<main>
${contents(findings)}
${findings.slice(0, shownFindings).map((finding, index) => findingHtml(finding, index)).join('\n')}
${otherFindings(findings)}
${list('Worth knowing', observations.map(({ text, evidence }) => `${escape(text)}${evidence === undefined ? '' : ` <span class="place">${escape(placeOf(evidence))}</span>`}`))}
${probeTable(probes)}
${timelineTable(timeline, findings)}
${fileTable(files)}
${list('Notes', notes.map(escape))}
</main>
<footer>Secrets in the evidence were masked before it was kept. Repairs are as published; read the risk before you run them.</footer>
</body>
</html>
`;
}

function findingHtml(finding: ReportFinding, index: number): string {
  const { failure, cause, title, symptom, isProven, proof, evidence, count, firstAt, lastAt, why, repair, risk, check, others, ruledOut, likeliest, alternatives = [] } = finding;
  const when = firstAt === undefined || lastAt === undefined ? '' : firstAt === lastAt ? ` · ${clock(firstAt)}` : ` · ${clock(firstAt)} to ${clock(lastAt)}`;
  return `<section class="finding" aria-labelledby="f${index}">
<h2 id="f${index}"><span class="id">${escape(failure)}</span> ${escape(title)}</h2>
<p class="sub">${isProven ? `proved · <code>${escape(cause)}</code>` : 'seen; its cause is not told'}${count === undefined ? '' : ` · ${count} line${count === 1 ? '' : 's'}`}${when}</p>
${title === symptom ? '' : `<p>${escape(symptom)}</p>`}
${proof.length + evidence.length === 0 ? '' : `<h3>Proof</h3>${proof.map((line) => `<p>${escape(line)}</p>`).join('')}${evidence.map((line) => `<figure><figcaption>${escape(placeOf(line))}</figcaption><pre>${escape(line.text)}</pre></figure>`).join('')}`}
<h3>${isProven ? 'Cause' : 'What is behind it'}</h3><p>${escape(why)}</p>
${likeliest === undefined ? '' : `<h3>The likeliest cause: ${escape(likeliest.title)}</h3><p>${escape(likeliest.why)}</p><h3>What would prove it</h3>${stepsHtml(likeliest.proof)}`}
<h3>${isProven || likeliest !== undefined ? 'Repair' : 'Repair of the likeliest cause'}</h3>${stepsHtml(repair)}
<p class="risk"><strong>Risk:</strong> ${escape(risk)}</p>
<h3>How to check</h3>${stepsHtml(check)}
${alternatives.map(alternativeHtml).join('\n')}
${others.length === 0 ? '' : `<details open><summary>${isProven ? 'Not ruled out' : 'Other causes'}</summary><ul>${others.map((other) => `<li><code>${escape(other.id)}</code> ${escape(other.title)}</li>`).join('')}</ul></details>`}
${ruledOut.length === 0 ? '' : `<p class="sub">Ruled out: ${ruledOut.map(({ id, because }) => `<code>${escape(id)}</code>, ${escape(because)}`).join(' ')}</p>`}
</section>`;
}

function alternativeHtml({ id, title, why, proof, repair, risk }: Cause): string {
  return `<details open><summary>Or: ${escape(title)} <code>${escape(id)}</code></summary>${why === '' ? '' : `<p>${escape(why)}</p>`}<h3>What would prove it</h3>${stepsHtml(proof)}<h3>Repair</h3>${stepsHtml(repair)}<p class="risk"><strong>Risk:</strong> ${escape(risk)}</p></details>`;
}

function stepsHtml(steps: readonly Step[]): string {
  return `<ol class="steps">${steps.map((step) => `<li><span class="where">${placeNames[step.on]}</span>${'act' in step ? ` ${escape(step.act)}` : `<pre>${commandHtml(step.run)}</pre>${step.expect === undefined ? '' : `<p class="expect">→ ${escape(step.expect)}</p>`}`}</li>`).join('')}</ol>`;
}

/** Lines may break before `-Identity`, and not after its hyphen. */
function commandHtml(command: string): string {
  return escape(command).replaceAll(/(?<=\s)-[A-Za-z]\w*/g, '<span class="parameter">$&</span>');
}

/** Where to find what, in a report of several pages. */
function contents(findings: readonly ReportFinding[]): string {
  if (findings.length <= fewFindings) return '';
  return `<nav aria-label="Findings"><h3>${findings.length} findings</h3><ol class="contents">${findings.slice(0, shownFindings).map(({ failure, title }, index) => `<li><a href="#f${index}">${escape(failure)} ${escape(title)}</a></li>`).join('')}</ol></nav>`;
}

function otherFindings(findings: readonly ReportFinding[]): string {
  const rest = findings.slice(shownFindings, shownFindings + shownRows);
  const left = findings.length - shownFindings - rest.length;
  return table('Also found', [['Id'], ['What', 'prose'], ['Lines', 'number']], rest.map(({ failure, title, count }) => [escape(failure), escape(title), count === undefined ? '' : String(count)]), left > 0 ? `The first ${rest.length} of ${rest.length + left}; --json has them all.` : '');
}

function probeTable(probes: readonly ReportProbe[]): string {
  const words = { pass: 'pass', fail: 'fail', skipped: 'skipped' } as const;
  const rows = probes.map(({ status, title, detail, durationMs }) => [`<span class="probe ${status}">${words[status]}</span>`, escape(title), escape(status === 'skipped' ? `skipped because ${detail}` : detail), status === 'skipped' ? '' : `${Math.round(durationMs)} ms`]);
  return table('Probes along the path', [['Result'], ['What', 'name'], ['Seen', 'prose'], ['Time', 'number']], rows, '');
}

function timelineTable(timeline: readonly TimelineEntry[], findings: readonly ReportFinding[]): string {
  const placeOfFinding = new Map(findings.slice(0, shownFindings).map(({ failure }, index) => [failure, index]).toReversed() as [string, number][]);
  const link = (failure: string | undefined): string => (failure === undefined || !placeOfFinding.has(failure) ? '' : `<a href="#f${placeOfFinding.get(failure)}">${escape(failure)}</a> `);
  const rows = timeline.slice(-shownRows).map(({ at, lastAt, count, side, wasLocal, text, failure, ...place }) => [
    `<time datetime="${iso(at)}">${clock(at)}</time>${wasLocal ? ' <abbr title="written in local time">L</abbr>' : ''}`,
    escape(side),
    `${link(failure)}<span class="line">${escape(text)}</span>${count === 1 ? '' : ` <span class="times">${count} times, until ${clock(lastAt)}</span>`}`,
    `<span class="place">${escape(placeOf(place))}</span>`,
  ]);
  const said = [...(timeline.length > shownRows ? [`The last ${shownRows} of ${timeline.length} entries; --json has them all.`] : []), ...(timeline.some(({ wasLocal }) => wasLocal) ? ['L: written in local time; what was taken as its offset stands below, with the file.'] : [])];
  return table('Time line, UTC', [['Time'], ['Side', 'side'], ['What'], ['Where']], rows, said.join(' '));
}

function fileTable(files: readonly EvidenceFile[]): string {
  const rows = files.slice(0, shownFiles).map(({ name, kind, side, bytes, from, to, notes, offset }) => [
    `<span class="place">${escape(name)}</span>`,
    escape(kind),
    escape(side),
    bytes.toLocaleString('en'),
    from === undefined ? '' : clock(from),
    to === undefined ? '' : clock(to),
    [...(offset === undefined ? [] : [`local times, taken as ${offsetText(offset.minutes)}: ${offset.because}`]), ...notes].map(escape).join('<br>'),
  ]);
  return table('What was read', [['File'], ['Kind', 'side'], ['Side', 'side'], ['Bytes', 'number'], ['From', 'side'], ['To', 'side'], ['Notes', 'prose']], rows, files.length > shownFiles ? `The first ${shownFiles} of ${files.length} files.` : '');
}

/** Cells are HTML already; a column's class tells how it breaks. Nothing where there are no rows. */
function table(heading: string, columns: readonly (readonly [name: string, kind?: string])[], rows: readonly (readonly string[])[], caption: string): string {
  if (rows.length === 0) return '';
  const cell = (content: string, column: number): string => `<td${columns[column]?.[1] === undefined ? '' : ` class="${columns[column][1]}"`}>${content}</td>`;
  return `<section><h2>${heading}</h2>${caption === '' ? '' : `<p class="sub">${escape(caption)}</p>`}<div class="wide" tabindex="0" role="region" aria-label="${heading}"><table><thead><tr>${columns.map(([name]) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</tbody></table></div></section>`;
}

function list(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const left = items.length - shownRows;
  return `<section><h2>${heading}</h2><ul>${items.slice(0, shownRows).map((item) => `<li>${item}</li>`).join('')}</ul>${left > 0 ? `<p class="sub">… and ${left} more; --json has them all.</p>` : ''}</section>`;
}

function placeOf({ file, line }: Pick<EvidenceLine, 'file' | 'line'>): string {
  return line === 0 ? file : `${file}:${line}`;
}

function clock(at: number): string {
  return iso(at).slice(0, 19).replace('T', ' ');
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

/** Also control characters and those that turn the direction of text, with which a line can show what it does not say. */
export function escape(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`)
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '\ufffd');
}
