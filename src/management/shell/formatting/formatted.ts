/** Lines that a `Format-…` command has laid out; they go to the screen, a file or `Out-String`, and nowhere else. */
export class Formatted {
  readonly lines: readonly string[];
  /** The same for a screen of another width, where it makes a difference: `Out-File -Width`. */
  readonly linesAt: (width: number) => readonly string[];

  constructor(lines: readonly string[], linesAt: (width: number) => readonly string[] = () => lines) {
    this.lines = lines;
    this.linesAt = linesAt;
  }
}
