/** The name that somebody probably meant, or undefined when none is near: at most a third of the letters may differ. */
export function closestName(written: string, known: readonly string[]): string | undefined {
  const wanted = written.toLowerCase();
  const rated = known.map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  const [best] = rated;
  return best !== undefined && best.distance <= Math.max(1, Math.floor(Math.max(written.length, best.name.length) / 3)) ? best.name : undefined;
}

/** Letters to insert, remove, replace, or swap with their neighbour to make one text the other. */
function editDistance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      let distance = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) distance = Math.min(distance, (beforeLast[column - 2] ?? 0) + 1);
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}
