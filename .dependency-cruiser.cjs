/**
 * The house's rule of who may know whom:
 *   renderer → contract ← backend → { engine, registry, vm → guest }
 *   desktop, web and cli host the backend and know only contract and backend
 * dependency-cruiser reads TypeScript with TypeScript 6 (the package `typescript`); `tsc` is TypeScript 7.
 * @type {import('dependency-cruiser').IConfiguration}
 */

/** A room may import itself and the rooms named here, and nothing else of ours. */
function room(path, ...allowed) {
  const own = [path, ...allowed].map((name) => `^${name}/`);
  return {
    name: `${path} knows only ${allowed.join(' and ') || 'itself'}`,
    severity: 'error',
    from: { path: `^${path}/` },
    to: { path: ['^src/', '^renderer/', '^test/', '^scripts/'], pathNot: own },
  };
}

/** A package that only one room may import. */
function only(path, packageName) {
  return {
    name: `${packageName} is imported in ${path} alone`,
    severity: 'error',
    // Tests may drive anything.
    from: { path: ['^src/', '^renderer/'], pathNot: `^${path}/` },
    to: { path: [`node_modules/(@types/)?${packageName}/`, `^${packageName}$`] },
  };
}

module.exports = {
  forbidden: [
    room('src/contract'),
    room('src/engine', 'src/contract'),
    room('src/registry', 'src/contract'),
    room('src/guest', 'src/contract'),
    room('src/vm', 'src/contract', 'src/guest'),
    room('src/backend', 'src/contract', 'src/engine', 'src/registry', 'src/vm'),
    room('src/desktop', 'src/contract', 'src/backend'),
    room('src/web', 'src/contract', 'src/backend'),
    room('src/cli', 'src/contract', 'src/backend', 'src/web'),
    room('renderer', 'src/contract'),
    only('src/desktop', 'electron'),
    only('src/engine', 'dockerode'),
    {
      name: 'the renderer has no Node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'every import leads somewhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Imports of types count, too.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
