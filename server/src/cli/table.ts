const MAX_WIDTH = 46; // characters of a column: a longer cell moves only its own line

/** Rows as lines whose columns stand below each other; the last column is as long as it is. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length - 1));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0).filter((width) => width <= MAX_WIDTH), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => (column < columns ? cell.padEnd(widths[column] ?? 0) : cell))
      .join('  ')
      .trimEnd(),
  );
}
