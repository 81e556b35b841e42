import { isDedicatedUsual, topologyOf, sharedDomains, shownAgents, shownServers } from '../../../wizard/index.ts';
import type { SetupChoices, TextRecord } from '../../../wizard/index.ts';
import { wrap } from '../../display-width.ts';
import { renderTable } from '../../table.ts';
import { createPaint } from '../../terminal.ts';
import type { PageOptions } from './person.ts';
import { agree, choose, heading } from './person.ts';
import { askMail } from './mail-page.ts';
import { askTransfer } from './transfer-page.ts';

/** The wizard's questions, one page each, in its order. What was given by flags or file is not asked again. */
export async function askPages(shared: PageOptions, given: Partial<SetupChoices>): Promise<SetupChoices> {
  let choices: SetupChoices = { ...shared.choices, ...given };
  const options = { ...shared, choices };
  const { snapshot } = options;
  const servers = shownServers(snapshot);
  if (choices.server === undefined && servers.length > 1) {
    choices = { ...choices, server: await choose(options, 'On-premises Exchange server', 'Set-up talks to it, and an agent leads to it unless told otherwise.', servers.map(({ fqdn, version }) => ({ value: fqdn, title: fqdn, text: version })), 0) };
  }
  if (given.configuration === undefined) {
    choices = {
      ...choices,
      configuration: await choose(options, 'Hybrid features', 'What is to be set up between the organisations.', [
        { value: 'Full', title: 'Full', text: 'Free/busy both ways, MailTips, photos, and everything for moving mailboxes.' },
        { value: 'Minimal', title: 'Minimal', text: 'Only what moving mailboxes needs: the routing domain, the MRS proxy and a way to it. No free/busy.' },
      ], 0),
    };
  }
  if (given.transfer === undefined) choices = { ...choices, transfer: await askTransfer(options) };
  if (choices.domains === undefined) choices = { ...choices, domains: await chooseDomains(options) };
  if (given.topology === undefined) choices = { ...choices, ...(await chooseTopology(options)) };
  if (choices.configuration === 'Full' && given.freeBusy === undefined) {
    choices = {
      ...choices,
      freeBusy: await choose(options, 'How free/busy is trusted', 'An enabled OAuth connector has the last word for its domains; there is no falling back from it.', [
        { value: 'oauth', title: 'OAuth', text: 'Tokens of the tenant’s token service. Recommended.' },
        { value: 'dauth', title: 'Delegated federation', text: 'Tokens of the federation gateway; for Exchange 2010. Needs a TXT record in each domain.' },
        { value: 'both', title: 'Both', text: 'OAuth decides; federation stands ready beside it.' },
      ], 0),
    };
  }
  if (choices.configuration === 'Full' && choices.freeBusy !== 'dauth' && choices.dedicatedApplication === undefined) {
    const isUsual = isDedicatedUsual(snapshot);
    heading(options, 'Dedicated hybrid application', 'Servers call Exchange Online as an application of this organisation alone. Exchange Online has shut its own shared principal out since 31 October 2025.');
    choices = { ...choices, dedicatedApplication: await agree(options, 'Use a dedicated hybrid application?', isUsual) };
  }
  if (choices.configuration === 'Full' && choices.mail === undefined) choices = { ...choices, ...(await askMail(options)) };
  return choices;
}

async function chooseDomains(options: PageOptions): Promise<string[] | undefined> {
  const shared = sharedDomains(options.snapshot);
  heading(options, 'Hybrid domains', 'Domains that both organisations have; their people see one another.');
  for (const domain of shared) options.print(`  ${domain}`);
  if (shared.length <= 1) return shared.length === 0 ? undefined : [...shared];
  const answer = await options.person.ask('Which, separated by commas', 'all');
  return answer === 'all' ? [...shared] : answer.split(',').map((domain) => domain.trim());
}

/** Modern comes with the state of the agents that are there, as the published page has it. */
async function chooseTopology(options: PageOptions): Promise<Pick<SetupChoices, 'topology' | 'force' | 'agent'>> {
  const present = topologyOf(options.snapshot);
  const topology = await choose(options, 'Hybrid topology', present === undefined ? 'How the cloud reaches on-premises Exchange.' : `How the cloud reaches on-premises Exchange. Set up now: ${present}.`, [
    { value: 'Classic', title: 'Classic', text: 'By its published names: EWS and Autodiscover are reached from outside on TCP 443.' },
    { value: 'Modern', title: 'Modern', text: 'By a Hybrid Agent, which dials out: no inbound port, no public name.' },
  ] as const, present === 'Classic' || options.snapshot.sides.Relay === undefined ? 0 : 1);
  if (topology === 'Classic') return { topology, force: options.choices.force };
  const agent = options.choices.agent ?? (await askAgent(options));
  if (present !== 'Classic') return { topology, agent, force: options.choices.force };
  options.print(wrap('Classic works already. Modern gives up hybrid modern authentication, message tracking and multi-mailbox search where the original agent is used, and is meant for those whose moves are blocked. Remove migration batches and endpoints first.', options.terminal.width).join('\n'));
  return { topology, agent, force: await agree(options, 'Change to Modern nevertheless?', false) };
}

/** The state of the agents that are there, and whether one is to be installed here. */
async function askAgent(options: PageOptions): Promise<boolean> {
  const { localAgent, terminal, print } = options;
  const agents = shownAgents(options.snapshot);
  const own = localAgent?.id();
  heading(options, 'Hybrid Agent', agents.length === 0 ? 'None is registered.' : 'Registered at the relay. See that what it says is so before you go on.');
  if (agents.length > 0) print(renderTable([{ header: 'Agent' }, { header: 'Status' }, { header: 'Version' }, { header: 'Links', align: 'right' }, { header: 'Id' }], agents.map(({ machineName, status, version, links, id }) => [`${machineName}${id === own ? ' (this machine)' : ''}`, { text: status, style: status.toLowerCase() === 'active' ? 'green' : 'red' }, version, links, id]), { width: terminal.width, paint: createPaint(terminal.colour) }));
  const isActive = agents.some(({ status }) => status.toLowerCase() === 'active');
  const isOwnActive = own !== undefined && agents.some(({ id, status }) => id === own && status.toLowerCase() === 'active');
  if (localAgent === undefined) {
    print(wrap(`${isActive ? 'Another agent, on another machine, makes it redundant' : 'On a machine inside'}: hybridge agent enroll, then hybridge agent run.`, terminal.width).join('\n'));
    return false;
  }
  if (isOwnActive) {
    print('This machine has its agent. For another one, start the wizard on another machine.');
    return false;
  }
  print(wrap(`Here it would be: ${localAgent.describe()}.`, terminal.width).join('\n'));
  return agree(options, own !== undefined ? 'Repair the agent of this machine?' : agents.length === 0 ? 'Install the Hybrid Agent on this machine?' : 'Install an additional agent on this machine?', !isActive);
}

/** The page of the proof of ownership: shown when the records are known, which is while the federation is made. */
export async function askForRecord({ person, print, terminal }: Pick<PageOptions, 'person' | 'print' | 'terminal'>, record: TextRecord): Promise<void> {
  const paint = createPaint(terminal.colour);
  print(`\n${paint('bold', 'Proof of ownership')}\nPublish this TXT record in the public DNS of ${record.name}, and wait until it is seen:\n`);
  print(`${record.name} TXT ${record.text}\n`);
  await person.ask('Press Enter when it is there.', '');
}
