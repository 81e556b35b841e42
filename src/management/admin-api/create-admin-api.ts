import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Clock, HttpRoute, Log } from '../../foundation/index.ts';
import { errorCode, errorText, HybridgeError, readJson, requestIdOf, sendJson, silentLog, systemClock } from '../../foundation/index.ts';
import type { FederationMeans } from '../cmdlets/federation/federation-means.ts';
import type { AuthMetadata } from '../../identity/index.ts';
import type { Organization } from '../../organization/index.ts';
import type { Cmdlet } from '../cmdlets/define-cmdlet.ts';
import type { Caller, ExchangeContext, ExchangeEnvironment } from '../cmdlets/exchange-context.ts';
import { exchangeCmdlets } from '../cmdlets/exchange-cmdlets.ts';
import { cmdletsOfSide, invokeCmdlet } from '../cmdlets/invoke-cmdlet.ts';
import { grantedAccess, grantedEntries } from '../access/granted-access.ts';
import type { WebServer } from '../cmdlets/oauth/web-server.ts';
import { ManagementError } from '../management-error.ts';
import { adminApiError } from './admin-api-error.ts';

/** Who calls; or the `WWW-Authenticate` values that ask for credentials. */
export type AdminAuthentication = { caller: Caller } | { challenges: readonly string[] };

export interface AdminApiOptions {
  organization: Organization;
  side: 'OnPremises' | 'Cloud';
  /** Default: all cmdlets of an organisation. */
  cmdlets?: readonly Cmdlet<ExchangeContext>[];
  /** Finds out who calls. What it throws becomes a 500 without details. */
  authenticate: (request: IncomingMessage) => Promise<AdminAuthentication>;
  /** True for the tenant ids and domains in the path that mean this organisation. */
  isTenant: (tenant: string) => boolean;
  /** Reads an authorization server's metadata, over connections that verify certificates. */
  fetchAuthMetadata: (url: string) => Promise<AuthMetadata>;
  /** The server that serves this organisation. */
  webServer: WebServer;
  federation: FederationMeans;
  /** Gives directory synchronisation the hashes of passwords. Default false. */
  passwordHashSync?: boolean;
  /** Named in "couldn't be found on '…'". */
  serverName: string;
  clock?: Clock;
  log?: Log;
}

const bodyLimit = 4 * 1024 * 1024;

/** The shape that Exchange Online's own module sends. Other members are let through, as the service does. */
const bodySchema = z.object({
  CmdletInput: z.object({
    CmdletName: z.string().min(1).max(128),
    Parameters: z.record(z.string().max(256), z.unknown()).nullish(),
  }),
});

/** Which passwords a caller asks for, with the version that it knows of each; empty for none. */
const passwordHashesSchema = z.object({ Known: z.record(z.guid(), z.string().max(64)).refine((known) => Object.keys(known).length <= 500) });
/** Whose members may synchronise passwords; the real one asks for the right to replicate directory changes. */
const synchronizingRoleGroup = 'Organization Management';

/**
 * The door for programs: `POST /adminapi/beta/{tenant}/InvokeCommand` runs one cmdlet and answers
 * `{ "value": [ … ], "@adminapi.warnings": [ … ] }`, the shape of Exchange Online's admin API. All results come in one
 * answer; there is no `@odata.nextLink`. The service's behaviour is not documented by its maker: what is here follows
 * published clients and error reports. Beside it `GET /adminapi/hybridge/{tenant}/Cmdlets`, ours, lists the cmdlets and
 * parameters that the caller's roles give, and `POST …/PasswordHashes` gives directory synchronisation the hashes of
 * passwords that have changed (on premises, where that is allowed; audited).
 */
export function createAdminApi(options: AdminApiOptions): HttpRoute[] {
  const log = options.log ?? silentLog;
  const environment: ExchangeEnvironment = {
    organization: options.organization,
    side: options.side,
    clock: options.clock ?? systemClock,
    serverName: options.serverName,
    fetchAuthMetadata: options.fetchAuthMetadata,
    webServer: options.webServer,
    federation: options.federation,
  };
  const cmdlets = options.cmdlets ?? exchangeCmdlets;
  const signIn = async (request: IncomingMessage, response: ServerResponse, tenant: string): Promise<Caller> => {
    const authentication = await options.authenticate(request);
    if ('challenges' in authentication) {
      response.setHeader('www-authenticate', [...authentication.challenges]);
      throw new ManagementError('MANAGEMENT_UNAUTHENTICATED', 'Sign in first.', { remedy: 'Send credentials of an administrator of this organisation.' });
    }
    if (!options.isTenant(tenant)) throw new ManagementError('MANAGEMENT_UNKNOWN_TENANT', 'This organisation does not answer for that tenant.', { facts: { tenant } });
    return authentication.caller;
  };
  const invoke = async (request: IncomingMessage, response: ServerResponse, caller: Caller, requestId: string): Promise<void> => {
    const { CmdletName, Parameters } = await readBodyOf(request);
    const result = await invokeCmdlet(cmdlets, environment, { cmdlet: CmdletName, parameters: Parameters ?? {}, caller, requestId });
    sendJson(response, 200, { value: result.output, ...(result.warnings.length === 0 ? {} : { '@adminapi.warnings': result.warnings }) });
  };
  const readPasswordHashes = async (request: IncomingMessage, response: ServerResponse, caller: Caller, requestId: string): Promise<void> => {
    const { Known } = await readJsonOf(request, passwordHashesSchema, 'Send {"Known":{"<guid>":"<version>"}}, at most 500.');
    if (options.passwordHashSync !== true || options.side !== 'OnPremises') {
      throw new ManagementError('MANAGEMENT_ACCESS_DENIED', 'This organisation gives no password hashes to anybody.', { facts: { caller: caller.name }, remedy: 'Allow it to directory synchronisation with `passwordHashSync: true` in premises.yaml, on premises.' });
    }
    if (!caller.roleGroups.includes(synchronizingRoleGroup)) {
      throw new ManagementError('MANAGEMENT_ACCESS_DENIED', `The user "${caller.name}" may not read password hashes.`, { facts: { caller: caller.name, needs: synchronizingRoleGroup }, remedy: `Synchronise as a member of ${synchronizingRoleGroup} on premises.` });
    }
    const hashes = await options.organization.directory.passwordHashes(Object.keys(Known));
    const changed = hashes.filter(({ guid, passwordVersion }) => Known[guid] !== passwordVersion);
    if (changed.length > 0) await options.organization.audit.record({ who: caller.name, cmdlet: 'Read-PasswordHash', parameters: { Guids: changed.map(({ guid }) => guid) }, succeeded: true, requestId });
    sendJson(response, 200, { value: changed.map(({ guid, hash, passwordVersion }) => ({ Guid: guid, Hash: hash, Version: passwordVersion })) });
  };
  const listCmdlets = async (_: IncomingMessage, response: ServerResponse, caller: Caller): Promise<void> => {
    const here = cmdletsOfSide(cmdlets, options.side);
    sendJson(response, 200, { value: grantedEntries(await grantedAccess(options.organization.configuration, here, caller), here) });
  };
  const route = (method: 'GET' | 'POST', path: string, answer: typeof invoke): HttpRoute => ({
    method,
    path,
    async handle(request, response, { tenant = '' }) {
      const requestId = requestIdOf(request.headers);
      response.setHeader('request-id', requestId);
      try {
        await answer(request, response, await signIn(request, response, tenant), requestId);
      } catch (error) {
        const { status, body } = adminApiError(error);
        const facts = error instanceof HybridgeError ? error.facts : {};
        log[status >= 500 ? 'error' : 'info']({ requestId, code: errorCode(error), facts, ...(status >= 500 ? { err: error } : {}) }, errorText(error));
        // A body that was refused halfway is not worth reading to its end.
        if (!request.complete) response.setHeader('connection', 'close');
        sendJson(response, status, body);
      }
    },
  });
  return [route('POST', '/adminapi/beta/:tenant/InvokeCommand', invoke), route('POST', '/adminapi/hybridge/:tenant/PasswordHashes', readPasswordHashes), route('GET', '/adminapi/hybridge/:tenant/Cmdlets', listCmdlets)];
}

async function readBodyOf(request: IncomingMessage): Promise<z.infer<typeof bodySchema>['CmdletInput']> {
  return (await readJsonOf(request, bodySchema, 'Send {"CmdletInput":{"CmdletName":"Get-Mailbox","Parameters":{}}}.')).CmdletInput;
}

async function readJsonOf<Schema extends z.ZodType>(request: IncomingMessage, schema: Schema, remedy: string): Promise<z.infer<Schema>> {
  // A page that an administrator's browser shows may post plain text anywhere, but JSON only where it is allowed to.
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new ManagementError('MANAGEMENT_BAD_REQUEST', 'The request body must be of the type application/json.');
  }
  let json: unknown;
  try {
    json = await readJson(request, bodyLimit);
  } catch (error) {
    if (!(error instanceof HybridgeError)) throw error;
    throw new ManagementError('MANAGEMENT_BAD_REQUEST', error.message, { facts: { code: error.code }, cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ManagementError('MANAGEMENT_BAD_REQUEST', 'The request body is not what is asked for here.', {
    facts: { issues: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) },
    remedy,
  });
}
