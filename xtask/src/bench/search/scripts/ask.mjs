// Asks an engine all queries and takes the time. Runs in Node and in the browser, so that all are timed alike.

/** After this long no further round begins: an engine that takes seconds a query is slow enough to be told apart. */
const ENOUGH_MS = 15_000;

/**
 * `rounds` of them, and one before that counts only if there is no time for more: the first ten ids of each query, and
 * the median of its times.
 */
export async function ask(queries, rounds, search) {
  const begun = performance.now();
  const warm = await once(queries, search);
  const measured = [];
  while (measured.length < rounds && performance.now() - begun < ENOUGH_MS) {
    measured.push((await once(queries, search)).times);
  }
  if (measured.length === 0) measured.push(warm.times);
  return { ranked: warm.ranked, times_ms: queries.map((_, query) => median(measured.map((times) => times[query]))) };
}

async function once(queries, search) {
  const [ranked, times] = [[], []];
  for (const query of queries) {
    const begun = performance.now();
    ranked.push(await search(query));
    times.push(performance.now() - begun);
  }
  return { ranked, times };
}

export function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
