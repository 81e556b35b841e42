import type { AssessedCertificate, Assessment, Severity } from '../../../wizard/index.ts';
import { displayWidth, pad, wrap } from '../../display-width.ts';
import type { TableCell, TableColumn } from '../../table.ts';
import { renderTable } from '../../table.ts';
import type { Paint, Style } from '../../terminal.ts';
import { createPaint } from '../../terminal.ts';

export interface Screen {
  width: number;
  colour: boolean;
}

const styles: Readonly<Record<Severity, Style>> = { ok: 'green', warning: 'yellow', critical: 'red', unknown: 'magenta' };

/** A whole thumbprint fits from here on. */
const wideScreen = 132;

/** All certificates as a table, what is wrong below it. No line break at the end. */
export function renderCertificates(assessment: Assessment, { width, colour }: Screen): string {
  const paint = createPaint(colour);
  const isWide = width >= wideScreen;
  const columns: TableColumn[] = [
    { header: 'Certificate', overflow: 'wrap', minimumWidth: 20 },
    { header: 'Thumbprint', minimumWidth: isWide ? 40 : 8 },
    { header: 'Valid until' },
    { header: 'Days', align: 'right' },
    { header: 'Other side', overflow: 'wrap', minimumWidth: 16 },
    { header: 'State' },
  ];
  const rows = assessment.certificates.map((certificate): TableCell[] => [
    certificate.title,
    isWide ? (certificate.thumbprint ?? '') : shortThumbprint(certificate),
    dateText(certificate.notAfter),
    daysText(certificate),
    certificate.counterpart.detail,
    { text: certificate.severity, style: styles[certificate.severity] },
  ]);
  const table = rows.length === 0 ? 'No certificate was found.' : renderTable(columns, rows, { width, paint });
  return [table, ...problemsBlock(assessment, width, paint)].join('\n');
}

/** Every certificate with all that is known of it, as `Format-List` would. No line break at the end. */
export function renderCertificateDetails(assessment: Assessment, { width, colour }: Screen): string {
  const paint = createPaint(colour);
  const blocks = assessment.certificates.map((certificate) => {
    const from = dateText(certificate.notBefore);
    const lines: [string, readonly string[]][] = [
      ['Id', [certificate.id]],
      ['Subject', [certificate.subject ?? '']],
      ['Thumbprint', [certificate.thumbprint ?? '']],
      ['Valid', [`${from === '' ? '' : `${from} to `}${dateText(certificate.notAfter)}${certificate.daysLeft === null ? '' : `, ${daysText(certificate)} days left`}`]],
      ['Used', certificate.uses],
      ['Other side', [certificate.counterpart.detail]],
      ['Renewed', [certificate.renewal]],
    ];
    const body = lines.flatMap(([name, values]) => values.flatMap((value) => wrap(value, Math.max(20, width - 15)).map((text, index) => (index === 0 ? `  ${pad(name, 10)} : ${text}` : `${' '.repeat(15)}${text}`).trimEnd())));
    return [`${paint('bold', certificate.title)}  ${paint(styles[certificate.severity], certificate.severity)}`, ...body].join('\n');
  });
  return [blocks.length === 0 ? 'No certificate was found.' : blocks.join('\n\n'), ...problemsBlock(assessment, width, paint)].join('\n');
}

/** What is wrong, with what to do about it; empty where nothing is. The first line is an empty one. */
export function problemsBlock({ certificates, unreached }: Assessment, width: number, paint: Paint): string[] {
  const found = [
    ...certificates.flatMap(({ title, problems }) => problems.map(({ severity, text, remedy }) => ({ severity, text: `${title}: ${text}`, remedy }))),
    ...unreached.map(({ side, reason }) => ({ severity: 'unknown' as const, text: `${side}: ${reason}`, remedy: 'What this side would tell is missing here.' })),
  ];
  return found.flatMap(({ severity, text, remedy }) => {
    const mark = severity.toUpperCase();
    const indent = displayWidth('CRITICAL') + 2;
    const lines = [...wrap(text, width - indent), ...wrap(`→ ${remedy}`, width - indent)];
    return ['', ...lines.map((line, index) => (index === 0 ? `${paint(styles[severity], mark)}${' '.repeat(indent - mark.length)}${line}` : `${' '.repeat(indent)}${line}`))];
  });
}

function shortThumbprint({ thumbprint }: AssessedCertificate): string {
  return thumbprint === null ? '' : `${thumbprint.slice(0, 7)}…`;
}

function dateText(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 10);
}

function daysText({ daysLeft }: AssessedCertificate): string {
  return daysLeft === null ? '' : String(daysLeft);
}
