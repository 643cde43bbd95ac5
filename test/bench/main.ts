/** `npm run bench [topic…]`: each topic prints one table in which our time stands beside a peer's, measured in the same run. */
const topics: Record<string, () => Promise<{ run: () => Promise<void> }>> = {
  check: () => import('./check.bench'),
  server: () => import('./server.bench'),
  formats: () => import('./formats.bench'),
  bounds: () => import('./bounds.bench'),
  simulation: () => import('./simulation.bench'),
  gallery: () => import('./gallery.bench'),
};

export {};

const asked = process.argv.slice(2);
for (const name of asked.length ? asked : Object.keys(topics)) {
  if (!topics[name]) { console.error(`no benchmark "${name}"; there are: ${Object.keys(topics).join(', ')}`); process.exitCode = 2; continue; }
  console.log(`\n# ${name}\n`);
  await (await topics[name]()).run();
}
