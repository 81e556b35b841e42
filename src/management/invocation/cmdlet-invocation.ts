/** One cmdlet to run, and where: the common language of plans, repairs and injected faults. */
export interface CmdletInvocation {
  session: 'OnPremises' | 'Cloud' | 'Tenant' | 'Relay';
  cmdlet: string;
  parameters: Record<string, unknown>;
}
