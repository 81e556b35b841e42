import { HybridgeError } from '../../foundation/index.ts';
import { decodeToken } from '../../identity/index.ts';
import type { CmdletSession, Connector, ShellConnection, ShellValue } from '../../management/index.ts';
import { SecureText, ShellObject, connectExchange, describeCmdlets } from '../../management/index.ts';
import type { Dispatcher } from 'undici';

export type ShellConnectionErrorCode = 'CLI_SHELL_SESSION' | 'CLI_SHELL_TOKEN';

/** The sessions that the place of the shell (a lab, a file of connections) can open. */
export interface ShellSessions {
  OnPremises?: CmdletSession;
  Cloud?: CmdletSession;
  Tenant?: CmdletSession;
  Relay?: CmdletSession;
  Synchronization?: CmdletSession;
}

const text = (value: ShellValue | undefined): string => (typeof value === 'string' ? value : '');

/** What is open from the beginning: the Exchange Management Shell's own session, the hybrid agent's cmdlets, and directory synchronisation. */
export async function initialConnections(sessions: ShellSessions): Promise<ShellConnection[]> {
  return [
    ...(sessions.Synchronization === undefined ? [] : [await connection('ADSync', sessions.Synchronization, 'Synchronization')]),
    ...(sessions.Relay === undefined ? [] : [await connection('Hybrid', sessions.Relay, 'Relay')]),
    ...(sessions.OnPremises === undefined ? [] : [await connection('ExchangeOnPremises', sessions.OnPremises, 'OnPremises')]),
  ];
}

/** A session with the cmdlets that the caller's roles give: as on Exchange, those of others are not there. */
async function connection(name: string, session: CmdletSession, place: Parameters<typeof describeCmdlets>[0], prefix = ''): Promise<ShellConnection> {
  const permitted = await session.permitted?.();
  const described = describeCmdlets(place);
  if (permitted === undefined) return { name, session, cmdlets: described, prefix, open: false };
  const cmdlets = described.flatMap((cmdlet) => {
    const parameters = permitted.get(cmdlet.name.toLowerCase());
    return parameters === undefined ? [] : [{ ...cmdlet, parameters: Object.fromEntries(Object.entries(cmdlet.parameters).filter(([parameter]) => parameters.has(parameter))) }];
  });
  return { name, session, cmdlets, prefix, open: false };
}

/** The `Connect-…` commands. With `-AccessToken` and `-Organization` the session is with the real service. */
export function createConnectors(sessions: ShellSessions, real: { httpClient: Dispatcher; onWarning: (message: string) => void }): Connector[] {
  const value = { type: 'value' } as const;
  const toggle = { type: 'switch' } as const;
  const tenant = (name: string, module: string, nouns: RegExp, parameters: Connector['parameters']): Connector => ({
    name,
    synopsis: `Opens the tenant’s directory for the cmdlets of ${module}.`,
    parameters: { Credential: value, TenantId: value, ...parameters },
    async connect() {
      const whole = await connection(module, available(sessions.Tenant, 'the tenant’s directory'), 'Tenant');
      return { ...whole, cmdlets: whole.cmdlets.filter((cmdlet) => nouns.test(cmdlet.name)) };
    },
  });
  return [
    {
      name: 'Connect-ExchangeOnline',
      synopsis: 'Opens Exchange Online; with -Prefix beside the on-premises session.',
      parameters: { ConnectionUri: { ...value, position: 0 }, UserPrincipalName: value, Credential: value, Prefix: value, Organization: value, DelegatedOrganization: value, AccessToken: value, ShowBanner: value, ShowProgress: value, Device: toggle, UseRPSSession: toggle },
      connect: async (parameters) => {
        const prefix = text(parameters.get('prefix'));
        const token = parameters.get('accesstoken');
        if (token === undefined) return connection('ExchangeOnline', available(sessions.Cloud, 'Exchange Online'), 'Cloud', prefix);
        return { name: 'ExchangeOnline', session: realSession(parameters, token, real), cmdlets: describeCmdlets('Cloud'), prefix, open: true };
      },
    },
    {
      name: 'Connect-ExchangeServer',
      synopsis: 'Opens the on-premises organisation, or goes back to it.',
      parameters: { ServerFqdn: value, Auto: toggle, Prefix: value, ClientApplication: value, AllowClobber: toggle },
      connect: async (parameters) => connection('ExchangeOnPremises', available(sessions.OnPremises, 'the on-premises organisation'), 'OnPremises', text(parameters.get('prefix'))),
    },
    tenant('Connect-MsolService', 'MSOnline', /-Msol/, { AdGraphAccessToken: value, AzureEnvironment: value }),
    tenant('Connect-AzureAD', 'AzureAD', /-AzureAD/, { AccountId: value, AzureEnvironmentName: value }),
    tenant('Connect-MgGraph', 'Microsoft.Graph', /-Mg/, { Scopes: value, NoWelcome: toggle, UseDeviceCode: toggle }),
  ];
}

function available(session: CmdletSession | undefined, what: string): CmdletSession {
  if (session !== undefined) return session;
  throw new HybridgeError<ShellConnectionErrorCode>('CLI_SHELL_SESSION', `There is no connection with ${what}.`, { remedy: 'Start a lab, or name the connection in the file given with --config.' });
}

/** Exchange Online's own admin API. */
function realSession(parameters: ReadonlyMap<string, ShellValue>, token: ShellValue, real: { httpClient: Dispatcher; onWarning: (message: string) => void }): CmdletSession {
  const bearer = token instanceof SecureText ? token.reveal() : text(token);
  const claims = decodeToken(bearer)?.claims ?? {};
  const claim = (name: string): string => (typeof claims[name] === 'string' ? claims[name] : '');
  const tenant = text(parameters.get('organization')) || text(parameters.get('delegatedorganization')) || claim('tid');
  const user = text(parameters.get('userprincipalname')) || (parameters.get('credential') instanceof ShellObject ? text((parameters.get('credential') as ShellObject).get('UserName')) : '') || claim('upn');
  if (tenant === '' || bearer === '') {
    throw new HybridgeError<ShellConnectionErrorCode>('CLI_SHELL_TOKEN', 'A session with an access token needs the token and -Organization.', { remedy: 'Connect-ExchangeOnline -AccessToken $token -Organization contoso.onmicrosoft.com' });
  }
  return connectExchange({
    url: text(parameters.get('connectionuri')) || 'https://outlook.office365.com',
    tenant,
    httpClient: real.httpClient,
    authorization: () => `Bearer ${bearer}`,
    onWarning: real.onWarning,
    ...(user === '' ? {} : { anchorMailbox: `UPN:${user}` }),
  });
}
