/**
 * A value that is only known while a script runs: `$next.Thumbprint`. Printed as it is written, so it may only come from
 * code, never from outside.
 */
export class PowerShellExpression {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
