/**
 * Where something is typed or done: the Exchange Management Shell, Exchange Online PowerShell, the tenant's directory
 * (Microsoft Graph PowerShell, Entra), an Exchange server's Windows and IIS, the network between, the user's machine, the wizard,
 * the machine of the Hybrid Agent, the relay.
 */
export type Place = 'on-premises' | 'cloud' | 'tenant' | 'server' | 'network' | 'client' | 'wizard' | 'agent' | 'relay';

/** `<placeholders>` stand for the reader's own names. */
export interface CommandStep {
  on: Place;
  /** As typed: PowerShell, or a command line where `on` is `server` or `client`. */
  run: string;
  /** What the output says: in a proof, when this cause is the one; in a check, when all is well. */
  expect?: string;
}

export interface ManualStep {
  on: Place;
  act: string;
}

export type Step = CommandStep | ManualStep;

export interface Cause {
  /** Stable; begins with the failure's id in lower case. A fault of the lab has the same id. */
  id: string;
  title: string;
  /** How this state leads to the error. Empty where the title says it. */
  why: string;
  /** Words in a pasted text that speak for this cause. */
  clues?: readonly string[];
  /** Causes that it looks like to who sees less of it: proved as well, they are left out. */
  explains?: readonly string[];
  /** The cause of another failure that is this very state: which of the two texts is seen is up to the server. Hybridge’s organisations answer with that one’s. */
  sameStateAs?: string;
  /** Another failure that treats this cause at length. */
  see?: string;
  proof: readonly Step[];
  repair: readonly Step[];
  /** What the repair may do to others. */
  risk: string;
}

export type Direction = 'cloud → on-premises' | 'on-premises → cloud' | 'cloud → cloud' | 'client → on-premises' | 'set-up';
export type Authentication = 'OAuth' | 'DAuth' | 'address space' | 'modern authentication' | 'Windows' | 'none';

export interface Reference {
  title: string;
  url?: string;
}

/** One failure of the catalogue: what it looks like, what happens underneath, and what to do about each of its causes. */
export interface Failure {
  /** `FB1` to `FB34` and `FB24b` by the rows of Microsoft's free/busy error table; `M35`, `H1` to `H8`, `W1`, `W2`, `A1`, `N1`; `P1` to `P4` of our own parties. */
  id: string;
  title: string;
  /** The whole message as it is published, where `texts` are parts of it; for people, recognition does not use it. */
  message?: string;
  /** The published texts. `…` stands for what differs from case to case. */
  texts: readonly string[];
  /**
   * The same texts as .NET writes them on a Windows in German, French and Spanish. The words of `(401)`, `(403)`, `(500)`
   * and `(503)`, of names that are not resolved and of connections and TLS channels that are not made are those of
   * exceptions that people and Microsoft's documents quote. Others are marked *unverified* where they stand.
   */
  translations?: readonly string[];
  /** Codes that mean this failure and no other. */
  marks?: readonly string[];
  /** Where one of these stands in the text, it is not this failure. */
  unless?: readonly string[];
  /** The text is part of more special failures, which are named before this one. */
  isGeneral?: boolean;
  directions: readonly Direction[];
  authentication: readonly Authentication[];
  underneath: string;
  /** The likeliest first. */
  causes: readonly Cause[];
  check: readonly Step[];
  /** Empty for single error codes. */
  prevention: string;
  references: readonly Reference[];
}
