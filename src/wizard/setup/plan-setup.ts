import { createHash } from 'node:crypto';
import { PowerShellExpression } from '../../management/index.ts';
import type { CmdletInvocation } from '../../management/index.ts';
import { firstTextOf, textOf } from '../observed.ts';
import { keyCredentialsOf } from '../exchange-online.ts';
import type { KeyCredential } from '../exchange-online.ts';
import { onPremisesCredential } from '../on-premises-credential.ts';
import type { SetupSettings, SetupStep } from '../plan.ts';
import { isWanted } from '../plan.ts';
import { runSetup } from '../run-setup.ts';
import { createModel } from './model.ts';
import type { Model } from './model.ts';
import type { Snapshot } from './snapshot.ts';

/** What one parameter changes. */
export interface PropertyChange {
  property: string;
  /** Undefined: there was no such object, or nothing is known of the property. */
  from: unknown;
  /** A PowerShellExpression where only the run will know. */
  to: unknown;
}

export interface PlannedChange extends CmdletInvocation {
  /** The object, as people know it. */
  target: string;
  /** The variable in which a script keeps what comes out. */
  keepAs?: string;
  properties: readonly PropertyChange[];
}

export interface PlannedStep {
  id: string;
  title: string;
  why: string;
  changes: readonly PlannedChange[];
  /** The cmdlet that the organisation does not know, so that there is nothing to be done here. */
  absent?: string;
}

export interface SetupPlan {
  settings: SetupSettings;
  /** Every step that belongs to what is wanted, those without changes too. */
  steps: readonly PlannedStep[];
}

/**
 * Everything that would be run to come from a snapshot to what is wanted, in order, with what each cmdlet changes from
 * what to what. Nothing is touched.
 *
 * @throws WizardError as the steps do; `WIZARD_NOT_COLLECTED` where the snapshot does not say enough
 */
export async function planSetup(snapshot: Snapshot, settings: SetupSettings, steps: readonly SetupStep[], now: () => number): Promise<SetupPlan> {
  const model = createModel(snapshot, now);
  const planned: PlannedStep[] = [];
  for (const step of steps) {
    if (!isWanted(step, settings) || step.verifies === true) continue;
    const changes: PlannedChange[] = [];
    const [report] = await runSetup({
      sessions: model.sessions,
      settings,
      steps: [step],
      clock: { now },
      publishText: async () => undefined,
      beforeInvocation: (_, invocation) => void changes.push(describeChange(model, invocation)),
    });
    planned.push({ id: step.id, title: step.title, why: step.why, changes: changes.map((change) => written(change, model.placeholders)), ...(report?.absent === undefined ? {} : { absent: report.absent }) });
  }
  return { settings, steps: planned };
}

function describeChange(model: Model, invocation: CmdletInvocation): PlannedChange {
  const { session, cmdlet, parameters } = invocation;
  const before = model.before(session, cmdlet, parameters);
  const properties = Object.entries(parameters)
    .filter(([name]) => !identities.has(name))
    .map(([property, to]): PropertyChange => property === 'KeyCredentials' ? { property, from: before === undefined ? undefined : keyCredentialsOf(before).map(certificateText), to: keyCredentialsOf(parameters).map(certificateText) } : ({ property, from: before?.[property], to: to === onPremisesCredential ? new PowerShellExpression('(Get-Credential)') : to }));
  const keepAs = cmdlet === 'New-ExchangeCertificate' ? (textOf(parameters, 'SubjectName') === 'CN=Federation' ? 'federationCertificate' : 'authCertificate') : model.keepsAs(cmdlet);
  return { ...invocation, target: targetOf(invocation), properties, ...(keepAs === undefined ? {} : { keepAs }) };
}

/** A certificate of a thousand characters says nothing to a reader; what stands for one that is still to be made stays. */
function certificateText({ Key: key, KeyId: id = '' }: KeyCredential): string {
  if (key === undefined) return `certificate with the key id ${id}`;
  return key.startsWith('<') ? key : `certificate ${createHash('sha1').update(Buffer.from(key, 'base64')).digest('hex').toUpperCase()}`;
}

const identities = new Set(['Identity', 'Name', 'DisplayName', 'ServicePrincipalId', 'ApplicationId', 'AppId', 'Force']);

function targetOf({ cmdlet, parameters }: CmdletInvocation): string {
  return firstTextOf(parameters, 'Identity', 'Name', 'DomainName', 'AppId', 'SubjectName', 'AccountNamespace', 'ServicePrincipalId', 'DisplayName') || cmdlet.slice(cmdlet.indexOf('-') + 1);
}

/** The change with expressions in the place of what stands for them. */
function written(change: PlannedChange, placeholders: ReadonlyMap<string, string>): PlannedChange {
  const write = (value: unknown, name?: string): unknown => {
    // A script is run later than it is planned.
    if (name === 'NewCertificateEffectiveDate') return new PowerShellExpression('(Get-Date)');
    if (Array.isArray(value)) return value.map((part) => write(part));
    if (typeof value === 'object' && value !== null && !(value instanceof PowerShellExpression)) return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, write(part)]));
    if (typeof value !== 'string') return value;
    const whole = placeholders.get(value);
    if (whole !== undefined) return new PowerShellExpression(whole);
    // A placeholder within a text: the host of an endpoint that is still to be made.
    for (const [stands, expression] of placeholders) {
      if (stands.startsWith('<') && value.includes(stands)) return new PowerShellExpression(`(${value.split(stands).map((part) => `'${part.replaceAll("'", "''")}'`).join(` + ${expression} + `)})`);
    }
    return value;
  };
  const parameters = Object.fromEntries(Object.entries(change.parameters).map(([name, value]) => [name, write(value, name)]));
  return { ...change, parameters, properties: change.properties.map(({ property, from, to }) => ({ property, from, to: write(to, property) })) };
}
