import { bindParameters } from '../binding/bind-parameters.ts';
import type { Cmdlet, OutputObject } from '../cmdlets/define-cmdlet.ts';
import { findCmdlet } from '../cmdlets/invoke-cmdlet.ts';
import { toManagementError } from '../cmdlets/to-management-error.ts';
import type { CmdletSession, CmdletSessionOptions } from './cmdlet-session.ts';

/** What the handlers of a session without an organisation have besides their own means. */
export interface LocalContext {
  warn(message: string): void;
  /** Says how many objects there are where only some of them are shown. */
  count(total: number): void;
  /** Applies a change; with `-WhatIf` says what it would have been and gives undefined. */
  change<Result>(target: string, apply: () => Promise<Result>): Promise<Result | undefined>;
}

export interface LocalSessionOptions<Means> extends CmdletSessionOptions {
  name: string;
  cmdlets: readonly Cmdlet<Means & LocalContext>[];
  means: Means;
}

/** A session whose cmdlets run here, as clients of another party's admin API. That party checks and records the caller. */
export function createLocalSession<Means extends object>(options: LocalSessionOptions<Means>): CmdletSession {
  const warn = options.onWarning ?? (() => undefined);
  return {
    name: options.name,
    async invoke(name, given = {}, { onCount } = {}): Promise<readonly OutputObject[]> {
      const cmdlet = findCmdlet(options.cmdlets, name);
      const { parameters, whatIf } = bindParameters({ definitions: cmdlet.parameters, changes: cmdlet.changes }, given);
      const local: LocalContext = {
        warn,
        count: onCount ?? (() => undefined),
        async change(target, apply) {
          if (!whatIf) return apply();
          warn(`What if: Performing the operation "${cmdlet.name}" on target "${target}".`);
          return undefined;
        },
      };
      try {
        return await cmdlet.run({ ...options.means, ...local }, parameters);
      } catch (error) {
        throw toManagementError(error);
      }
    },
  };
}
