import type { Diagnosis, ProvenCause } from '../../../doctor/index.ts';
import { formatInvocation } from '../../../management/index.ts';
import type { CmdletInvocation } from '../../../management/index.ts';
import { printable, wrap } from '../../display-width.ts';
import type { Screen } from './render-failure.ts';
import { stepLines } from './render-failure.ts';

export const placesOfSessions: Readonly<Record<CmdletInvocation['session'], string>> = { OnPremises: 'Exchange Management Shell', Cloud: 'Exchange Online PowerShell', Tenant: 'Microsoft Graph PowerShell', Relay: 'relay' };

/** Verdict, proof, repair, risk and check. */
export function renderDiagnosis(diagnosis: Diagnosis, screen: Screen): string {
  const { paint } = screen;
  const [first, ...others] = diagnosis.causes;
  const said = diagnosis.text === undefined ? [] : ['', paint('bold', 'The lookup says'), ...prose(printable(diagnosis.text), screen, '  ')];
  if (diagnosis.verdict === 'works') return paint('green', 'The lookup works: there is nothing to repair.');
  if (first === undefined) return [verdictWithoutCause(diagnosis, screen), ...said].join('\n');
  return [
    ...prose(`${first.knowledge.title}.`, screen, '').map((line) => paint('bold', line)),
    paint('dim', `${first.cause} · hybridge doctor explain ${first.failure.id}`),
    ...said,
    '',
    paint('bold', 'Proof'),
    ...prose(first.proof, screen, '  '),
    '',
    paint('bold', 'Why it fails'),
    ...prose(`${first.knowledge.why} ${first.failure.underneath}`, screen, '  '),
    '',
    paint('bold', 'Repair'),
    ...repairLines(first, screen),
    ...prose(`Risk: ${first.risk}`, screen, '  '),
    '',
    paint('bold', 'Check'),
    ...first.failure.check.flatMap((step) => stepLines(step, screen, '  ')),
    ...(others.length === 0 ? [] : ['', paint('bold', 'Also wrong'), ...others.flatMap((other) => prose(`${other.cause}: ${other.proof}`, screen, '  '))]),
    ...(diagnosis.hidden === undefined ? [] : ['', paint('bold', 'Could not be looked at'), ...diagnosis.hidden.flatMap((what) => prose(printable(what), screen, '  ')), ...prose('Run the doctor again after the repair.', screen, '  ')]),
  ].join('\n');
}

function verdictWithoutCause({ verdict, recognized, probes }: Diagnosis, screen: Screen): string {
  if (verdict === 'unseen' && !probes.some(({ outcome }) => outcome.status === 'pass')) return 'Nobody could repeat the lookup, and nothing could be looked at.';
  if (verdict === 'unseen') return 'No probe failed, and nobody could repeat the lookup: nothing is known to be wrong.';
  const [likely] = recognized;
  const head = screen.paint('bold', 'The lookup fails, and no probe proves why.');
  if (likely === undefined) return head;
  return [head, '', `Its text is that of ${likely.failure.id} (${likely.failure.title}). Not ruled out:`, ...likely.causes.map(({ id, title }) => `  ${id}  ${title}`), `  hybridge doctor explain ${likely.failure.id}`].join('\n');
}

function repairLines({ repair, knowledge }: ProvenCause, screen: Screen): string[] {
  if (repair.length === 0) return knowledge.repair.flatMap((step) => stepLines(step, screen, '  '));
  let place: string | undefined;
  return repair.flatMap((invocation) => {
    const heading = place === invocation.session ? [] : [`  ${screen.paint('dim', `${placesOfSessions[invocation.session]}:`)}`];
    place = invocation.session;
    return [...heading, `    ${formatInvocation(invocation)}`];
  });
}

/** For scripts: repairs and undo as invocations and as PowerShell. */
export function diagnosisJson({ verdict, text, probes, recognized, causes, hidden = [] }: Diagnosis): object {
  const script = (invocations: readonly CmdletInvocation[]): object[] => invocations.map((invocation) => ({ ...invocation, script: formatInvocation(invocation) }));
  return {
    verdict,
    ...(text === undefined ? {} : { text }),
    causes: causes.map(({ cause, failure, knowledge, proof, repair, undo, risk, isSeen }) => ({ cause, failure: failure.id, title: knowledge.title, isSeen, proof, repair: script(repair), undo: script(undo), risk })),
    hidden,
    recognized: recognized.map(({ failure }) => failure.id),
    probes: probes.map(({ id, title, outcome, durationMs }) => ({ id, title, status: outcome.status, ...(outcome.status === 'skipped' ? { because: outcome.because } : { detail: outcome.detail }), durationMs: Math.round(durationMs) })),
  };
}

function prose(text: string, { width }: Screen, indent: string): string[] {
  return wrap(text, Math.max(30, Math.min(width, 100) - indent.length)).map((line) => `${indent}${line}`);
}
