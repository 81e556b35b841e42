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

/** From here on the table says who uses a certificate. */
const mediumScreen = 100;
/** A whole thumbprint fits from here on. */
const wideScreen = 150;

/** All certificates as a table, what is wrong below it. No line break at the end. */
export function renderCertificates(assessment: Assessment, { width, colour }: Screen): string {
  const paint = createPaint(colour);
  const isWide = width >= wideScreen;
  const isMedium = width >= mediumScreen;
  const columns: TableColumn[] = [
    { header: 'Certificate', overflow: 'wrap', minimumWidth: 20 },
    { header: 'Thumbprint', minimumWidth: isWide ? 40 : 8 },
    ...(isMedium ? [{ header: 'Used by', overflow: 'wrap', minimumWidth: 16 } as const] : []),
    { header: 'Valid until' },
    { header: 'Days', align: 'right' },
    { header: 'Other side', overflow: 'wrap', minimumWidth: 16 },
    { header: 'State' },
  ];
  const rows = assessment.certificates.map((certificate): TableCell[] => [
    certificate.title,
    isWide ? (certificate.thumbprint ?? '') : shortThumbprint(certificate),
    ...(isMedium ? [usersText(certificate)] : []),
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

/** What is wrong, and what to do about it. */
export function problemsOf({ certificates, unreached }: Assessment): { severity: Severity; text: string; remedy: string }[] {
  return [
    ...certificates.flatMap(({ title, problems }) => problems.map(({ severity, text, remedy }) => ({ severity, text: `${title}: ${text}`, remedy }))),
    ...unreached.map(({ side, reason }) => ({ severity: 'unknown' as const, text: `${side}: ${reason}`, remedy: 'What this side would tell is missing here.' })),
  ];
}

/** The same for a screen; the first line is an empty one. */
function problemsBlock(assessment: Assessment, width: number, paint: Paint): string[] {
  return problemsOf(assessment).flatMap(({ severity, text, remedy }) => {
    const mark = severity.toUpperCase();
    const indent = displayWidth('CRITICAL') + 2;
    const lines = [...wrap(text, width - indent), ...wrap(`→ ${remedy}`, width - indent)];
    return ['', ...lines.map((line, index) => (index === 0 ? `${paint(styles[severity], mark)}${' '.repeat(indent - mark.length)}${line}` : `${' '.repeat(indent)}${line}`))];
  });
}

/** The sides that use a certificate, without what for. */
function usersText({ uses }: AssessedCertificate): string {
  return [...new Set(uses.map((use) => use.slice(0, use.indexOf(': '))))].join(', ');
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
