import { catalogue, placeNames } from '../src/doctor/index.ts';
import type { Authentication, Cause, Direction, Failure, Step } from '../src/doctor/index.ts';

/** What the catalogue's short words mean, for who came from a search engine. */
const directionNames: Readonly<Record<Direction, string>> = {
  'cloud → on-premises': 'a person in Exchange Online asks for somebody on premises',
  'on-premises → cloud': 'a person on premises asks for somebody in Exchange Online',
  'cloud → cloud': 'a person in Exchange Online asks for somebody in Exchange Online',
  'client → on-premises': 'Outlook or another client signs in to Exchange on premises',
  'set-up': 'an administrator sets the hybrid deployment up',
};
const authenticationNames: Readonly<Record<Authentication, string>> = {
  OAuth: 'OAuth (IntraOrganizationConnector)',
  DAuth: 'DAuth (delegated federation, OrganizationRelationship)',
  'address space': 'AvailabilityAddressSpace (another system than Exchange)',
  'modern authentication': 'hybrid modern authentication',
  Windows: 'Windows authentication',
  none: 'any: it fails before or after authentication',
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

Every page tells what an error looks like, what happens underneath, its causes in the order of likelihood, how to prove each, and how to repair it. Search this folder for a few words of your error, or paste the whole of it: \`hybridge doctor "the error"\`.

The pages hold for Exchange Server and Exchange Online as well as for Hybridge’s organisations; where something exists in Hybridge only, they say so. Before every command stands where it is typed:

| Place | How to get there |
|---|---|
| Exchange Management Shell | on an Exchange server; in Hybridge \`hybridge shell\` |
| Exchange Online PowerShell | \`Connect-ExchangeOnline\` (module ExchangeOnlineManagement) |
| Microsoft Graph PowerShell | \`Connect-MgGraph -Scopes Directory.ReadWrite.All, User.ReadWrite.All, Application.ReadWrite.All\`, or fewer for reading. It replaces the retired modules MSOnline and AzureAD |
| Exchange server | an elevated PowerShell on the server itself |
| Client | any machine outside the server room; \`curl\` and \`openssl\` come with Linux, macOS and, in part, Windows (there write \`curl.exe\`) |

\`<names in angle brackets>\` stand for your own, and \`…\` in an error for what differs from case to case. In Hybridge’s own shell every line runs but those with \`Get-ADObject\`, \`Get-ChildItem Cert:\\…\`, \`Get-ExchangeDiagnosticInfo\`, \`Get-MailboxFolderStatistics\`, \`Get-MgServiceAnnouncementHealthOverview\`, \`Get-OutlookAnywhere\`, \`New-ReceiveConnector\`, \`Set-ExchangeServer\` and \`Test-ServiceHealth\`: these are of Exchange, Windows and the real tenant.

A proof only reads. Read the risk before the repair, and note the present value (\`Format-List\`) before you change it.

FB1 to FB34 follow the rows of Microsoft’s free/busy error table; M35 is in its successor only. H are failures of hybrid modern authentication, W of the wizard, A of the agent, N of the dedicated application of 2025, P of whole parties, their clocks, certificates and machines. Where no page fits, Microsoft Support 2555008, [“How to troubleshoot free/busy issues in a hybrid deployment”](https://support.microsoft.com/help/2555008/how-to-troubleshoot-free-busy-issues-in-a-hybrid-deployment-of-on-prem), has the general procedure. These pages are made from the doctor’s knowledge by \`node tools/build-failure-pages.ts\`.

| Id | What is seen | Direction | Authentication |
|---|---|---|---|
${catalogue.map((failure) => `| [${failure.id}](${fileName(failure)}) | ${text(failure.title)} | ${failure.directions.join(', ')} | ${failure.authentication.join(', ')} |`).join('\n')}
`;
}

function failurePage(failure: Failure): string {
  const { id, title, message, texts, translations = [], directions, authentication, underneath, causes, check, prevention, references } = failure;
  return `# ${id}: ${text(title)}

\`\`\`text
${[...(message === undefined ? [] : [message]), ...texts.filter((part) => message === undefined || !part.split('…').every((piece) => message.includes(piece.trim())))].join('\n')}
\`\`\`
${translations.length === 0 ? '' : `
On a Windows in German, French or Spanish:

\`\`\`text
${translations.join('\n')}
\`\`\`
`}
[All failures](README.md)

## Where it is seen

${directions.map((direction) => `- ${direction}: ${directionNames[direction]}`).join('\n')}

Authentication: ${authentication.map((kind) => authenticationNames[kind]).join('; ')}.

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

function causeSection({ id, title, why, sameStateAs, see, proof, repair, risk }: Cause, number: number): string {
  return `### ${number}. ${text(title)}

\`${id}\`${see === undefined ? '' : ` · at length: [${see}](${fileName({ id: see })})`}

${text(why)}${sameState(sameStateAs)}

**Proof**

${steps(proof)}
**Repair**

${steps(repair)}
**Risk.** ${text(risk)}
`;
}

/** Who meets the one text should know the other. */
function sameState(id: string | undefined): string {
  const other = catalogue.find(({ causes }) => causes.some((cause) => cause.id === id));
  return other === undefined ? '' : `\n\nThe same state is \`${id}\` of [${other.id}](${fileName(other)}): which of the two texts is seen is up to the server. Hybridge’s own organisations answer with that of ${other.id}.`;
}

function steps(list: readonly Step[]): string {
  return list.map((step) => ('act' in step ? `${placeName(step)}: ${text(step.act)}\n` : `${placeName(step)}${unixHint(step.run)}:\n\n\`\`\`${unixHint(step.run) === '' ? 'powershell' : 'sh'}\n${step.run}\n\`\`\`\n${step.expect === undefined ? '' : `\n→ ${text(step.expect)}\n`}`)).join('\n');
}

/** Windows PowerShell has another command under the name of curl, and no redirection of input. */
function unixHint(run: string): string {
  if (run.startsWith('openssl ')) return ', in a Unix shell (Git Bash and WSL have one)';
  return /^curl .*\|/.test(run) ? ', in a Unix shell' : run.startsWith('curl ') ? ' (in Windows PowerShell write `curl.exe`)' : '';
}

function placeName({ on }: Step): string {
  return placeNames[on].replace(/^./, (first) => first.toUpperCase());
}

/** Prose in Markdown: nothing in it is markup. */
function text(prose: string): string {
  return prose.replaceAll(/[\\`*_<|]/g, '\\$&');
}
