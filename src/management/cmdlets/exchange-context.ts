import type { Clock } from '../../foundation/index.ts';
import type { AuthMetadata } from '../../identity/index.ts';
import type { AnyCmdlet } from '../access/role-entries.ts';
import type { FederationMeans } from './federation/federation-means.ts';
import type { Organization, Recipient, Stored } from '../../organization/index.ts';
import { changeParameters } from '../binding/bind-parameters.ts';
import type { BoundParameters, ParameterDefinitions } from '../binding/parameter-definition.ts';
import type { Cmdlet, CmdletDefinition, OutputObject } from './define-cmdlet.ts';
import { defineCmdlet } from './define-cmdlet.ts';
import { refusedParametersOf } from './refusals/refused-parameters.ts';
import type { WebServer } from './oauth/web-server.ts';

/** Who runs a cmdlet. */
export interface Caller {
  /** For the audit log. */
  name: string;
  /** Of the recipient that the caller is; absent for one who is none. */
  guid?: string;
  /** Names of the role groups that the caller is in. */
  roleGroups: readonly string[];
}

/** What the cmdlets of an organisation work on. */
export interface ExchangeEnvironment {
  organization: Organization;
  side: 'OnPremises' | 'Cloud';
  clock: Clock;
  /** Named in "couldn't be found on '…'". */
  serverName: string;
  /** Reads an authorization server's metadata over connections that verify certificates. */
  fetchAuthMetadata: (url: string) => Promise<AuthMetadata>;
  /** The server that serves this organisation. */
  webServer: WebServer;
  /** How federation gateways and federated organisations are spoken to. */
  federation: FederationMeans;
}

/** A change to one object, as the audit log keeps it. */
export interface ObjectChange<Result> {
  /** The object, by its identity. */
  target: string;
  before?: OutputObject;
  apply: () => Promise<Result>;
  after?: (result: Result) => OutputObject;
}

/** What a handler has: the environment, and the means of one run. */
export interface ExchangeContext extends ExchangeEnvironment {
  caller: Caller;
  /** All cmdlets of this side. */
  cmdlets: readonly AnyCmdlet[];
  /** Refuses recipients and groups that the caller's role assignments do not let this call change. @throws ManagementError `MANAGEMENT_OUT_OF_SCOPE` */
  requireWriteScope(...objects: readonly (Recipient | Stored<'DistributionGroup'>)[]): void;
  warn(message: string): void;
  /** Applies a change and records it; with `-WhatIf` says what it would have been and gives undefined. */
  change<Result>(change: ObjectChange<Result>): Promise<Result | undefined>;
}

/** What every cmdlet of the on-premises shell takes. Kept for scripts; there is one directory here. */
const exchangeParameters = {
  DomainController: { type: 'string', side: 'OnPremises', ignored: true, description: 'Accepted and without effect: there is one directory here.' },
} as const satisfies ParameterDefinitions;

/** Tests and exports change nothing, and yet take `-WhatIf` and `-Confirm`, as published. */
const confirmable = /^(?:Test|Export)-/;

/** Describes a cmdlet of an organisation, with the published parameters that it refuses. */
export function defineExchangeCmdlet<const Definitions extends ParameterDefinitions>(definition: CmdletDefinition<ExchangeContext, Definitions>): Cmdlet<ExchangeContext> {
  const run = (context: ExchangeContext, parameters: unknown): Promise<readonly OutputObject[]> => definition.run(context, parameters as BoundParameters<Definitions>);
  const parameters = { ...definition.parameters, ...refusedParametersOf(definition.name), ...definition.parameters, ...exchangeParameters, ...(confirmable.test(definition.name) ? changeParameters : {}) };
  return defineCmdlet({ ...definition, parameters, run });
}
