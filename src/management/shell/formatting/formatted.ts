/** Lines that a `Format-…` command has laid out; they go to the screen, a file or `Out-String`, and nowhere else. */
export class Formatted {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    this.lines = lines;
  }
}
