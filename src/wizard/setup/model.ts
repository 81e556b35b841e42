import type { CmdletSession } from '../../management/index.ts';
import { firstTextOf, listOf, textOf } from '../observed.ts';
import type { Observed } from '../observed.ts';
import type { SessionName, Sessions } from '../plan.ts';
import { WizardError } from '../wizard-error.ts';
import type { Snapshot } from './snapshot.ts';
import { sessionTitles } from './snapshot.ts';

/**
 * Both organisations as a snapshot shows them, on which cmdlets have their effect without touching anything: so the
 * steps themselves say what they would do, to the end, for a live pair as for evidence of one. What only the real
 * cmdlet will know (a thumbprint) is a placeholder that stands for an expression of a script.
 */
export interface Model {
  sessions: Sessions;
  /** Expression of PowerShell by the value that stands for it. */
  placeholders: ReadonlyMap<string, string>;
  /** The object that a cmdlet is about to change, as it is. */
  before(session: SessionName, cmdlet: string, parameters: Observed): Observed | undefined;
  /** The variable in which a script must keep what the cmdlet puts out. */
  keepsAs(cmdlet: string): string | undefined;
}

type Objects = Map<string, Record<string, unknown>[]>;

interface Working {
  objects: Objects;
  now: () => number;
  placeholder(value: string, expression: string): string;
}

type Effect = (working: Working, parameters: Observed) => readonly Observed[];

const certificateVariables: Readonly<Record<string, string>> = { 'CN=Federation': 'federationCertificate', 'CN=Microsoft Exchange Server Auth Certificate': 'authCertificate' };

/** What cmdlets do whose effect does not follow from their name and parameters. */
const effects: Readonly<Record<string, Effect>> = {
  'New-ExchangeCertificate'({ objects, now, placeholder }, parameters) {
    const subject = textOf(parameters, 'SubjectName');
    const variable = certificateVariables[subject] ?? 'certificate';
    // Distinct by the millisecond, so that no other date is taken for it.
    const [notBefore, notAfter] = [new Date(now()).toISOString(), new Date(now() + 1826 * 86_400_000 + 1).toISOString()];
    const made = {
      Subject: subject,
      Thumbprint: placeholder(`<$${variable}.Thumbprint>`, `$${variable}.Thumbprint`),
      NotBefore: placeholder(notBefore, `$${variable}.NotBefore`),
      NotAfter: placeholder(notAfter, `$${variable}.NotAfter`),
      HasPrivateKey: true,
    };
    listIn(objects, 'ExchangeCertificate').push(made);
    return [made];
  },
  'Export-ExchangeCertificate'({ objects, placeholder }, parameters) {
    const thumbprint = textOf(parameters, 'Thumbprint');
    const collected = (objects.get('Export-ExchangeCertificate') ?? []).find((exported) => textOf(exported, 'Thumbprint') === thumbprint && textOf(exported, 'FileData') !== '');
    if (collected !== undefined) return [collected];
    const of = /^<(?<expression>\$\w+\.Thumbprint)>$/.exec(thumbprint)?.groups?.['expression'] ?? `'${thumbprint.replace(/[^0-9A-Fa-f]/g, '')}'`;
    return [{ FileData: placeholder(`<exported ${thumbprint}>`, `([Convert]::ToBase64String((Export-ExchangeCertificate -Thumbprint ${of} -BinaryEncoded).FileData))`) }];
  },
  'Set-AuthConfig'({ objects }, parameters) {
    const config = onlyOne(objects, 'AuthConfig');
    if (parameters['NewCertificateThumbprint'] !== undefined) config['NextCertificateThumbprint'] = parameters['NewCertificateThumbprint'];
    if (parameters['PublishCertificate'] === true) Object.assign(config, { PreviousCertificateThumbprint: config['CurrentCertificateThumbprint'], CurrentCertificateThumbprint: config['NextCertificateThumbprint'], NextCertificateThumbprint: null });
    return [];
  },
  'New-FederationTrust'({ objects }, parameters) {
    listIn(objects, 'FederationTrust').push({ Name: parameters['Name'], Identity: parameters['Name'], OrgPrivCertificate: parameters['Thumbprint'], TokenIssuerMetadataEpr: parameters['MetadataUrl'] });
    return [];
  },
  'Set-FederatedOrganizationIdentifier'({ objects }, parameters) {
    const identifier = onlyOne(objects, 'FederatedOrganizationIdentifier');
    const [trust] = listIn(objects, 'FederationTrust');
    const namespace = textOf(parameters, 'AccountNamespace');
    const uri = `FYDIBOHF25SPDLT.${namespace}`;
    if (namespace !== '') Object.assign(identifier, { AccountNamespace: uri, Domains: [namespace], DelegationTrustLink: parameters['DelegationFederationTrust'] });
    if (namespace !== '' && trust !== undefined) trust['ApplicationUri'] = uri;
    Object.assign(identifier, { Enabled: parameters['Enabled'] ?? true });
    return [];
  },
  'Add-FederatedDomain'({ objects }, parameters) {
    const identifier = onlyOne(objects, 'FederatedOrganizationIdentifier');
    identifier['Domains'] = [...listOf(identifier, 'Domains'), textOf(parameters, 'DomainName')];
    return [];
  },
  'Remove-FederatedDomain'({ objects }, parameters) {
    const [identifier] = listIn(objects, 'FederatedOrganizationIdentifier');
    if (identifier !== undefined) identifier['Domains'] = listOf(identifier, 'Domains').filter((domain) => domain !== parameters['DomainName']);
    return [];
  },
  'Get-MgApplication': ({ objects }, parameters) => filtered(listIn(objects, 'MgApplication'), parameters),
  'New-MgApplication'({ objects, placeholder }, parameters) {
    const of = (property: string): string => placeholder(`<$exchangeApplication.${property}>`, `$exchangeApplication.${property}`);
    listIn(objects, 'MgApplication').push({ ...parameters, Id: of('Id'), AppId: of('AppId') });
    return [];
  },
  'Update-MgApplication': ({ objects }, parameters) => graphUpdate(listIn(objects, 'MgApplication'), 'ApplicationId', parameters),
  'New-MgServicePrincipal'({ objects }, parameters) {
    listIn(objects, 'MgServicePrincipal').push({ ...parameters });
    return [];
  },
  'Update-MgServicePrincipal': ({ objects }, parameters) => graphUpdate(listIn(objects, 'MgServicePrincipal'), 'ServicePrincipalId', parameters),
  'New-SettingOverride'({ objects }, { Component, Section, ...parameters }) {
    listIn(objects, 'SettingOverride').push({ Identity: parameters['Name'], ComponentName: Component, SectionName: Section, ...parameters });
    return [];
  },
  'New-HybridApplication'({ objects, placeholder }, parameters) {
    const id = textOf(parameters, 'AppId');
    const host = placeholder(`<host of ${id}>`, `([Uri]$hybridApplication.externalUrl).Host`);
    listIn(objects, 'HybridApplication').push({ appId: id, internalUrl: parameters['TargetUri'], externalUrl: host });
    return [];
  },
  'Update-HybridApplication'({ objects }, parameters) {
    const found = listIn(objects, 'HybridApplication').find((application) => textOf(application, 'appId') === textOf(parameters, 'AppId'));
    if (found !== undefined) found['internalUrl'] = parameters['TargetUri'];
    return [];
  },
  // An application that was there before has its principal, which nobody looked at.
  'Get-MgServicePrincipal'({ objects }, parameters) {
    const found = filtered(listIn(objects, 'MgServicePrincipal'), parameters);
    return found.length > 0 ? found : filtered(listIn(objects, 'MgApplication'), parameters).filter((application) => !textOf(application, 'Id').startsWith('<'));
  },
  'Get-FederationInformation': ({ objects }) => objects.get('FederationInformation') ?? [],
  'Get-FederatedDomainProof': () => [],
};

/** Objects that fit `property eq 'value'`, in any case. */
function filtered(objects: readonly Record<string, unknown>[], parameters: Observed): readonly Record<string, unknown>[] {
  const [, name = '', value = ''] = /^(\w+) eq '(.*)'$/i.exec(textOf(parameters, 'Filter')) ?? [];
  if (name === '') return objects;
  return objects.filter((object) => Object.entries(object).some(([property, own]) => property.toLowerCase() === name.toLowerCase() && typeof own === 'string' && own.toLowerCase() === value.toLowerCase()));
}

/** Microsoft Graph's objects are changed by their ids. */
function graphUpdate(objects: readonly Record<string, unknown>[], idParameter: string, { [idParameter]: id, ...changes }: Observed): readonly [] {
  Object.assign(objects.find((object) => textOf(object, 'Id') === id) ?? {}, changes);
  return [];
}

export function createModel(snapshot: Snapshot, now: () => number): Model {
  const placeholders = new Map<string, string>();
  const kept = new Map<SessionName, Objects>();
  const workingOf = (session: SessionName): Working => {
    const side = snapshot.sides[session];
    if (side === undefined) throw new WizardError('WIZARD_NOT_COLLECTED', `Nothing is known of the ${sessionTitles[session]}.`, { remedy: 'Name a connection with it, or give evidence that hybridge collect has gathered.' });
    let objects = kept.get(session);
    if (objects === undefined) kept.set(session, (objects = objectsOf(side.seen)));
    return { objects, now, placeholder: (value, expression) => (placeholders.set(value, expression), value) };
  };
  const sessionOf = (name: SessionName): CmdletSession => ({
    name: snapshot.sides[name]?.name ?? name,
    invoke: async (cmdlet, parameters = {}) => structuredClone([...invoke(workingOf(name), name, cmdlet, parameters)]),
  });
  return {
    sessions: { OnPremises: sessionOf('OnPremises'), Cloud: sessionOf('Cloud'), Tenant: sessionOf('Tenant'), Relay: sessionOf('Relay') },
    placeholders,
    before(session, cmdlet, parameters) {
      const { objects } = workingOf(session);
      const noun = cmdlet.slice(cmdlet.indexOf('-') + 1);
      if (cmdlet === 'Add-FederatedDomain') return structuredClone(listIn(objects, 'FederatedOrganizationIdentifier')[0]);
      if (!cmdlet.startsWith('Set-') && !cmdlet.startsWith('Update-')) return undefined;
      return structuredClone(named(listIn(objects, noun), parameters) ?? (parameters['Identity'] === undefined ? listIn(objects, noun)[0] : undefined));
    },
    keepsAs: (cmdlet) => ({ 'New-HybridApplication': 'hybridApplication', 'New-MgApplication': 'exchangeApplication' })[cmdlet],
  };
}

function invoke(working: Working, session: SessionName, cmdlet: string, parameters: Observed): readonly Observed[] {
  const effect = effects[cmdlet];
  if (effect !== undefined) return effect(working, parameters);
  const [verb = '', noun = ''] = cmdlet.split('-');
  switch (verb) {
    case 'Get': {
      const found = working.objects.get(noun);
      if (found === undefined) throw new WizardError('WIZARD_NOT_COLLECTED', `What ${cmdlet} shows of the ${sessionTitles[session]} is not known.`, { remedy: 'Collect the evidence again with hybridge collect, and give all of its files.' });
      return parameters['Identity'] === undefined ? found : found.filter((object) => isNamed(object, textOf(parameters, 'Identity')));
    }
    case 'New': {
      const name = textOf(parameters, 'Name');
      listIn(working.objects, noun).push({ Identity: name, ...parameters });
      return [];
    }
    case 'Set': {
      const { Identity: _, ...changes } = parameters;
      const objects = listIn(working.objects, noun);
      // There is one object of some kinds, which needs no name.
      Object.assign((parameters['Identity'] === undefined ? objects[0] : named(objects, parameters)) ?? {}, changes);
      return [];
    }
    case 'Remove': {
      const objects = listIn(working.objects, noun);
      const gone = typeof parameters['Identity'] === 'string' || parameters['ApplicationId'] !== undefined || parameters['AppId'] !== undefined ? named(objects, parameters) : objects[0];
      if (gone !== undefined) objects.splice(objects.indexOf(gone), 1);
      return [];
    }
    default:
      return [];
  }
}

function objectsOf(seen: Readonly<Record<string, readonly Observed[] | null>>): Objects {
  const objects: Objects = new Map();
  for (const [cmdlet, found] of Object.entries(seen)) {
    const noun = cmdlet.startsWith('Get-') ? cmdlet.slice(4) : cmdlet;
    if (found !== null) objects.set(noun, structuredClone(found) as Record<string, unknown>[]);
  }
  return objects;
}

function listIn(objects: Objects, noun: string): Record<string, unknown>[] {
  let list = objects.get(noun);
  if (list === undefined) objects.set(noun, (list = []));
  return list;
}

/** Every organisation has one of these, whether it was collected or not. */
function onlyOne(objects: Objects, noun: string): Record<string, unknown> {
  const list = listIn(objects, noun);
  if (list[0] === undefined) list.push({});
  return list[0] ?? {};
}

function named(objects: readonly Record<string, unknown>[], parameters: Observed): Record<string, unknown> | undefined {
  const id = firstTextOf(parameters, 'Identity', 'ServicePrincipalId', 'ApplicationId', 'AppId');
  return objects.find((object) => isNamed(object, id));
}

function isNamed(object: Observed, identity: string): boolean {
  const names = ['Identity', 'Name', 'Guid', 'Thumbprint', 'Id', 'appId'].map((property) => textOf(object, property).toLowerCase());
  const wanted = identity.toLowerCase();
  return wanted.endsWith('*') ? names.some((name) => name.startsWith(wanted.slice(0, -1))) : names.includes(wanted);
}
