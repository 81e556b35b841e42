import { errorCode } from '../../foundation/index.ts';
import type { ScopedObject } from '../access/granted-access.ts';
import { grantedAccess } from '../access/granted-access.ts';
import { whyAbsent } from './absent-cmdlets.ts';
import { bindParameters, changeParameters, resolveParameterName } from '../binding/bind-parameters.ts';
import type { ParameterDefinitions } from '../binding/parameter-definition.ts';
import { ManagementError } from '../management-error.ts';
import type { Cmdlet, OutputObject } from './define-cmdlet.ts';
import type { Caller, ExchangeContext, ExchangeEnvironment } from './exchange-context.ts';
import { toManagementError } from './to-management-error.ts';

export interface CmdletCall {
  cmdlet: string;
  parameters: Readonly<Record<string, unknown>>;
  caller: Caller;
  requestId: string;
}

export interface CmdletResult {
  output: readonly OutputObject[];
  /** Warnings and `What if:` lines, in order. */
  warnings: readonly string[];
}

/**
 * Runs one cmdlet of an organisation: finds it, checks the caller's role assignments, binds, runs, and records what it
 * changed or failed to change.
 *
 * @throws ManagementError
 */
export async function invokeCmdlet(cmdlets: readonly Cmdlet<ExchangeContext>[], environment: ExchangeEnvironment, call: CmdletCall): Promise<CmdletResult> {
  const here = cmdletsOfSide(cmdlets, environment.side);
  const access = await grantedAccess(environment.organization.configuration, here, call.caller);
  if (access.isEmpty) {
    throw new ManagementError('MANAGEMENT_ACCESS_DENIED', `The user "${call.caller.name}" isn't assigned to any management roles.`, {
      facts: { caller: call.caller.name },
      remedy: 'Ask an administrator to put you into a role group (Add-RoleGroupMember).',
    });
  }
  const cmdlet = findCmdlet(cmdlets, call.cmdlet, environment.side);
  const granted = access.parametersOf(cmdlet.name);
  // To whoever lacks the roles a cmdlet does not exist, as on Exchange. The log tells which it was.
  if (granted === undefined) throw cmdletNotFound(call.cmdlet, { cmdlet: cmdlet.name, caller: call.caller.name, needs: cmdlet.roles }, 'Check the spelling of the name. Cmdlets that your role groups do not hold are not recognized either.');
  const { audit } = environment.organization;
  const entry = { who: call.caller.name, cmdlet: cmdlet.name, parameters: maskSecrets(call.parameters, cmdlet.parameters), requestId: call.requestId };
  const warnings: string[] = [];
  try {
    // Parameters that the roles do not give do not exist either.
    const definitions = Object.fromEntries(Object.entries(cmdlet.parameters).filter(([name]) => granted.has(name)));
    const { parameters, whatIf } = bindParameters({ definitions, changes: cmdlet.changes, side: environment.side }, call.parameters);
    const context: ExchangeContext = {
      ...environment,
      caller: call.caller,
      cmdlets: here,
      requireWriteScope(...objects) {
        if (!cmdlet.changes) return;
        const outside = objects.find((object) => !access.mayWrite(cmdlet.name, Object.keys(parameters), object));
        if (outside !== undefined) throw outOfScope(outside, call.caller);
      },
      warn: (message) => void warnings.push(message),
      async change({ target, before, apply, after }) {
        if (whatIf) {
          warnings.push(`What if: Performing the operation "${cmdlet.name}" on target "${target}".`);
          return undefined;
        }
        const result = await apply();
        await audit.record({ ...entry, object: target, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after: after(result) }), succeeded: true });
        return result;
      },
    };
    if (whatIf && !cmdlet.changes) return { output: [], warnings: [`What if: Performing the operation "${cmdlet.name}".`] };
    return { output: await cmdlet.run(context, parameters), warnings };
  } catch (error) {
    if (cmdlet.changes) await audit.record({ ...entry, succeeded: false, error: errorCode(error) ?? 'MANAGEMENT_INTERNAL' });
    throw toManagementError(error);
  }
}

/** The cmdlet of a name, in any case. @throws ManagementError `MANAGEMENT_CMDLET_NOT_FOUND` */
export function findCmdlet<Context>(cmdlets: readonly Cmdlet<Context>[], name: string, side?: 'OnPremises' | 'Cloud'): Cmdlet<Context> {
  const wanted = name.toLowerCase();
  const cmdlet = cmdlets.find((candidate) => candidate.name.toLowerCase() === wanted);
  if (cmdlet !== undefined && (side === undefined || cmdlet.side === undefined || cmdlet.side === side)) return cmdlet;
  const absent = whyAbsent(name);
  const unknown = absent === undefined ? 'Check the spelling of the name. Cmdlets that your role groups do not hold are not recognized either.' : `It is not here: ${absent}`;
  const elsewhere = cmdlet?.side === 'OnPremises' ? 'It exists only in on-premises Exchange.' : 'It exists only in the cloud.';
  throw cmdletNotFound(name, { cmdlet: name.slice(0, 100), side }, cmdlet === undefined ? unknown : elsewhere);
}

/** The cmdlets that exist on a side. */
export function cmdletsOfSide<Side extends { side?: 'OnPremises' | 'Cloud' | undefined }>(cmdlets: readonly Side[], side: 'OnPremises' | 'Cloud'): readonly Side[] {
  return cmdlets.filter((cmdlet) => cmdlet.side === undefined || cmdlet.side === side);
}

/** Exchange's text, as published for mailboxes. */
function outOfScope(object: ScopedObject, caller: Caller): ManagementError {
  const name = 'kind' in object ? object.name : object.displayName;
  return new ManagementError('MANAGEMENT_OUT_OF_SCOPE', `The operation on mailbox "${name}" failed because it's out of the current user's write scope. The object '${name}' must be within the read scope before and after it's modified. Can't perform the save operation.`, {
    facts: { caller: caller.name, object: object.guid },
    remedy: 'Get-ManagementRoleAssignment shows the write scopes, Get-ManagementScope whom they hold.',
  });
}

function cmdletNotFound(name: string, facts: Record<string, unknown>, remedy: string): ManagementError {
  return new ManagementError('MANAGEMENT_CMDLET_NOT_FOUND', `The term '${name.slice(0, 100)}' is not recognized as a name of a cmdlet, function, script file, or executable program.`, { facts, remedy });
}

/** What is kept of the parameters: no secret, and nothing under a name that the cmdlet does not have, which may be one misspelt. */
function maskSecrets(given: Readonly<Record<string, unknown>>, definitions: ParameterDefinitions): Record<string, unknown> {
  const known = { ...definitions, ...changeParameters };
  const mayBeKept = (written: string): boolean => {
    try {
      const name = resolveParameterName(written, known);
      const type = (known as ParameterDefinitions)[name]?.type;
      return type !== 'secret' && type !== 'credential' && type !== 'passwordProfile';
    } catch {
      return false;
    }
  };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, mayBeKept(name) ? value : '[masked]']));
}
