import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { createSetupCommand } from '../../src/cli/commands/setup/create-setup-command.ts';
import { createRequestId } from '../../src/foundation/index.ts';
import { connectExchange } from '../../src/management/index.ts';
import type { CmdletSession } from '../../src/management/index.ts';
import { createRelayAdminClient } from '../../src/relay/index.ts';
import type { RelayAdminClient } from '../../src/relay/index.ts';
import { describeError, exitCodeOf } from '../../src/service/index.ts';
import { basic, startLabFixture } from './lab-fixture.ts';
import type { LabFixture } from './lab-fixture.ts';

export interface Ended {
  code: number;
  output: string;
}

/** A lab whose organisations are not joined, and the wizard in front of it. */
export interface SetupFixture extends LabFixture {
  cloud: CmdletSession;
  onPremises: CmdletSession;
  relayAdmin: RelayAdminClient;
  /** The command in the lab, but for its process. */
  setup(...given: string[]): Promise<Ended>;
  /** The same without `--state`. */
  run(...given: string[]): Promise<Ended>;
  /** On a terminal: `answer` gets each question, with everything above it, and gives what a person types; `^C` interrupts. */
  typed(answer: (question: string, output: string) => string, ...given: string[]): Promise<Ended>;
  path(name: string): string;
  read(name: string): string;
  /** The configuration of both sides, as text. */
  exported(): Promise<string>;
  /** The source that decided, in each direction; the error where there was no answer. */
  lookBothWays(): Promise<string[]>;
  /** Writes setup.yaml for the lab, as for connections that are none, changed by `change`. */
  writeYaml(name: string, change?: (yaml: Record<string, Record<string, unknown>>) => void): string;
}

export async function startSetupFixture(): Promise<SetupFixture> {
  const fixture = await startLabFixture({ setUp: false });
  const { info, httpClient, directory } = fixture;
  const path = (name: string): string => join(directory, name);
  const administrator = (side: 'on-premises' | 'cloud') => {
    const found = info.accounts.find((account) => account.kind === 'administrator' && account.side === side);
    assert.ok(found !== undefined);
    return found;
  };
  const session = (side: 'on-premises' | 'cloud', url: string | undefined): CmdletSession => connectExchange({ url: new URL(url ?? '').origin, httpClient, authorization: () => basic(administrator(side)), tenant: info.tenant.id });
  const { relay, cloud, onPremises, sts } = info.parties;
  const relayAdmin = createRelayAdminClient({ url: relay.urls['admin'] ?? '', httpClient, key: readFileSync(relay.adminKeyFile ?? '', 'utf8').trim() });
  let exports = 0;
  const setup = (...given: string[]): Promise<Ended> => runSetup(['--state', directory, ...given]);
  return {
    ...fixture,
    cloud: session('cloud', cloud.urls['admin']),
    onPremises: session('on-premises', onPremises.urls['admin']),
    relayAdmin,
    setup,
    run: (...given) => runSetup(given),
    typed: (answer, ...given) => runSetup(given.includes('--config') ? given : ['--state', directory, ...given], answer),
    path,
    read: (name) => readFileSync(path(name), 'utf8'),
    async exported() {
      const file = path(`export-${(exports += 1)}.txt`);
      const ended = await setup('--export', file);
      assert.equal(ended.code, 0, ended.output);
      return readFileSync(file, 'utf8');
    },
    async lookBothWays() {
      const results: string[] = [];
      for (const [asker, address] of [['anna', 'bert@contoso.test'], ['bert', 'anna@contoso.test']] as const) {
        const start = Date.parse(info.startedAt);
        const answer = await fixture.client.lookUpFreeBusy({
          asker: fixture.account(asker),
          requestId: createRequestId(),
          authentication: 'Basic',
          request: { mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }], freeBusyView: { window: { start, end: start + 86_400_000 }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' } },
        });
        const outcome = answer.freeBusy?.[0];
        results.push(outcome?.ok === true ? (answer.paths?.[0]?.source ?? '') : (outcome?.failure.responseCode ?? 'no answer'));
      }
      return results;
    },
    writeYaml(name, change = () => undefined) {
      for (const side of ['on-premises', 'cloud'] as const) writeFileSync(path(`${side}.password`), administrator(side).password ?? '');
      const authority = new URL(sts.namedUrls['authority'] ?? '');
      const tenant = info.tenant.id;
      const yaml: Record<string, Record<string, unknown>> = {
        onPremises: { url: new URL(onPremises.urls['admin'] ?? '').origin, tenant, user: administrator('on-premises').userName, password: { file: path('on-premises.password') } },
        cloud: { url: new URL(cloud.urls['admin'] ?? '').origin, tenant, user: administrator('cloud').userName, password: { file: path('cloud.password') } },
        tokenService: { url: new URL(sts.urls['admin'] ?? '').origin, tenant, key: { file: sts.adminKeyFile } },
        relay: { url: relay.urls['admin'], tenant, key: { file: relay.adminKeyFile } },
        setup: {
          force: true,
          endpoints: { cloudDiscovery: cloud.namedUrls['autodiscover'], onPremisesDiscovery: onPremises.namedUrls['autodiscover'], acsMetadata: `${authority.href}/metadata/json/1`, evoStsMetadata: `${authority.href}/.well-known/openid-configuration`, gatewayMetadata: `${authority.origin}/FederationMetadata/2006-12/FederationMetadata.xml` },
        },
      };
      change(yaml);
      writeFileSync(path(name), JSON.stringify({ ...yaml, ca: info.caFile, records: path(`${name}.records`) }));
      return path(name);
    },
  };
}

/** Ends a test's wait where a question is asked for ever. */
const mostQuestions = 200;

async function runSetup(given: readonly string[], answer?: (question: string, output: string) => string): Promise<Ended> {
  let output = '';
  let shown = 0;
  let code = 0;
  const keyboard = Object.assign(new PassThrough(), { isTTY: true });
  let questions = 0;
  const write = (chunk: Buffer): void => {
    output += chunk.toString();
    // eslint-disable-next-line no-control-regex -- a terminal's own sequences are taken out
    const plain = output.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '');
    const question = /(?:^|\n)\r?([^\n]*(?:\?|\(yes\/no\)|Password:|User|commas|there\.)(?: \[[^\]]*\])? ?)$/.exec(plain.slice(shown))?.[1];
    if (answer === undefined || question === undefined || (questions += 1) > mostQuestions) return;
    shown = plain.length;
    const typed = answer(question.trim(), plain);
    setImmediate(() => keyboard.write(typed === '^C' ? '\u0003' : `${typed}\r`));
  };
  const stream = (): Writable & { isTTY?: boolean; columns?: number } => Object.assign(new Writable({ write: (chunk: Buffer, _, done) => (write(chunk), done()) }), answer === undefined ? {} : { isTTY: true, columns: 120 });
  const surroundings = { stdout: stream(), stderr: stream(), env: { NO_COLOR: '1', COLUMNS: '120' }, pid: process.pid, once: () => undefined, off: () => undefined, ...(answer === undefined ? {} : { stdin: keyboard }) };
  try {
    await createSetupCommand(surroundings, (exitCode) => (code = exitCode)).parseAsync([...given], { from: 'user' });
  } catch (error) {
    output += `${describeError(error)}\n`;
    code = exitCodeOf(error);
  }
  // eslint-disable-next-line no-control-regex -- as above
  return { code, output: output.replaceAll(/\u001b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '') };
}
