import { catalogue } from '../src/doctor/index.ts';
import type { Cause, Failure, Place, Step } from '../src/doctor/index.ts';

const places: Readonly<Record<Place, string>> = {
  'on-premises': 'Exchange Management Shell',
  cloud: 'Exchange Online PowerShell',
  tenant: 'Tenant directory (MSOnline)',
  server: 'Exchange server',
  network: 'Network',
  client: 'Client',
  wizard: 'Wizard',
};

/** The pages of docs/failures/ by file name: one for each failure, and the index. */
export function failurePages(): ReadonlyMap<string, string> {
  return new Map([['README.md', indexPage()], ...catalogue.map((failure) => [fileName(failure), failurePage(failure)] as const)]);
}

function fileName({ id }: Pick<Failure, 'id'>): string {
  return `${id.toLowerCase()}.md`;
}

function indexPage(): string {
  return `# Failures of a hybrid deployment

Every page tells what an error looks like, what happens underneath, its causes in the order of likelihood, how to prove each, and how to repair it. Paste an error to find its page: \`hybridge doctor "the error"\`.

FB1 to FB34 follow the rows of Microsoft’s free/busy error table; M35 is in its successor only. H are failures of hybrid modern authentication, W of the wizard, A of the agent, N of the dedicated application of 2025. These pages are made from the doctor’s knowledge by \`node tools/build-failure-pages.ts\`.

| Id | What is seen | Direction | Authentication |
|---|---|---|---|
${catalogue.map((failure) => `| [${failure.id}](${fileName(failure)}) | ${text(failure.title)} | ${failure.directions.join(', ')} | ${failure.authentication.join(', ')} |`).join('\n')}
`;
}

function failurePage(failure: Failure): string {
  const { id, title, texts, directions, authentication, underneath, causes, check, prevention, references } = failure;
  return `# ${id}: ${text(title)}

${directions.join(', ')} · ${authentication.join(', ')} · [all failures](README.md)

## What it looks like

\`\`\`text
${texts.join('\n')}
\`\`\`

## What happens underneath

${text(underneath)}

## Causes

${causes.map((cause, index) => causeSection(cause, index + 1)).join('\n')}
## Check the repair

${steps(check)}
## So that it does not come back

${text(prevention)}

## References

${references.map(({ title: reference, url }) => `- ${url === undefined ? text(reference) : `[${text(reference)}](${url})`}`).join('\n')}
`;
}

function causeSection({ id, title, why, see, proof, repair, risk }: Cause, number: number): string {
  return `### ${number}. ${text(title)}

\`${id}\`${see === undefined ? '' : ` · at length: [${see}](${fileName({ id: see })})`}

${text(why)}

**Proof**

${steps(proof)}
**Repair**

${steps(repair)}
**Risk.** ${text(risk)}
`;
}

function steps(list: readonly Step[]): string {
  return list.map((step) => ('act' in step ? `${places[step.on]}: ${text(step.act)}\n` : `${places[step.on]}:\n\n\`\`\`powershell\n${step.run}\n\`\`\`\n${step.expect === undefined ? '' : `\n→ ${text(step.expect)}\n`}`)).join('\n');
}

/** Prose in Markdown: nothing in it is markup. */
function text(prose: string): string {
  return prose.replaceAll(/[\\`*_<|]/g, '\\$&');
}
