// The same lines and the same table as the bench without a browser (`tests/src/bin/bench/report.rs`).

const lines = [];

/**
 * Prints the median of the values.
 * @param {{ atMost?: number, atLeast?: number, of?: (values: number[]) => number }} [how]
 */
export function report(bench, name, values, unit, { atMost, atLeast, of = median } = {}) {
  const value = Number(of(values).toPrecision(4));
  const line = { bench, case: name, value, unit, peer: "caravan", n: values.length };
  if (atMost !== undefined) Object.assign(line, { target: `≤ ${atMost}`, met: value <= atMost });
  if (atLeast !== undefined) Object.assign(line, { target: `≥ ${atLeast}`, met: value >= atLeast });
  console.log(JSON.stringify(line));
  lines.push(line);
}

export function printTable() {
  const rows = lines.map(({ bench, case: name, value, unit, n, target, met }) => [
    bench,
    name,
    `${value} ${unit}`,
    String(n),
    target ? `${target} ${met ? "✓" : "✗ missed"}` : "",
  ]);
  rows.unshift(["bench", "case", "value", "n", "target"]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
  console.log();
  for (const row of rows) {
    console.log(row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
  }
}

export const median = (values) => quantile(values, 0.5);
export const p95 = (values) => quantile(values, 0.95);

function quantile(values, part) {
  const sorted = values.toSorted((one, other) => one - other);
  const place = part * (sorted.length - 1);
  const [below, above] = [Math.floor(place), Math.ceil(place)];
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
