// Asks an engine all queries and takes the time. Runs in Node and in the browser, so that all are timed alike.

/** One round unmeasured, then `rounds` of them: the first ten ids of each query, and the median of its times. */
export async function ask(queries, rounds, search) {
  const ranked = [];
  for (const query of queries) ranked.push(await search(query));
  const times = queries.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, query] of queries.entries()) {
      const begun = performance.now();
      await search(query);
      times[index].push(performance.now() - begun);
    }
  }
  return { ranked, times_ms: times.map(median) };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
