import type { PermittedCmdlets } from './permitted-cmdlets.ts';

/** A door to cmdlets: an organisation's admin API, the tenant's directory, or the relay. */
export interface CmdletSession {
  /** For people: what the session is connected to. */
  readonly name: string;
  /**
   * Runs a cmdlet and gives what it puts out: plain property bags.
   *
   * @throws ManagementError the cmdlet's refusal, or why it could not be reached
   */
  invoke(cmdlet: string, parameters?: Record<string, unknown>, options?: InvokeOptions): Promise<readonly Record<string, unknown>[]>;
  /** What the caller's roles give; undefined where that cannot be learnt. Absent: a session whose cmdlets do not depend on roles. */
  permitted?(): Promise<PermittedCmdlets | undefined>;
  /**
   * Hashes of people's passwords that differ from the versions known, by GUID (lower case; an empty version for none).
   * Absent: a session that has none to give.
   *
   * @throws ManagementError
   */
  passwordHashes?(known: Readonly<Record<string, string>>): Promise<readonly PasswordHash[]>;
}

/** The hash that an on-premises organisation keeps of a password. */
export interface PasswordHash {
  guid: string;
  /** `scrypt$N$r$p$salt$key`. */
  hash: string;
  /** Another text after every change of the password. */
  version: string;
}

export interface InvokeOptions {
  /** Ends the waiting. Whether the cmdlet had its effect is then not known. */
  signal?: AbortSignal;
  /** Hears how many objects there are where the cmdlet shows some of them: Microsoft Graph's `-CountVariable`. Default: nobody. */
  onCount?: (total: number) => void;
}

export interface CmdletSessionOptions {
  /** Hears warnings and `What if:` lines. Default: nobody. */
  onWarning?: (message: string) => void;
}
