// Makes programs speak: plugins for Vite and esbuild that have each sentence looked up in the language of the user.
// Without a catalogue in languages/ they do nothing, and the programs are what they are in the source.
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { catalogues, ROOT } from './catalogue.mjs';

const MODULE = 'gantry:language';

const pathOf = (id) => relative(ROOT, id.replace(/\?.*$/, '')).replaceAll('\\', '/');

/** The program text of a file with its sentences looked up; undefined when it has none. */
async function spoken(path, source) {
  // TypeScript's parser takes half a second to load, and English needs none of it.
  const [{ sentencesOf }, { saysSomething }] = await Promise.all([
    import('./sentences.mjs'),
    import('./what-is-said.mjs'),
  ]);
  if (!saysSomething(path)) return undefined;
  const { found, code } = sentencesOf(path, source);
  return found.length === 0 && !source.includes('new Intl.') ? undefined : code();
}

/** The module that says sentences, and one for each language, which only programs in that language load. */
function moduleText(id, known, inPage) {
  const name = id.slice(MODULE.length + 1);
  if (name) return `export default ${JSON.stringify(known[name])};`;
  const loads = Object.keys(known).map(
    (each) => `${JSON.stringify(each)}: () => import('${MODULE}/${each}')`,
  );
  return [
    `import { chosen, speaker } from ${JSON.stringify(join(ROOT, 'src/contract/language.ts'))};`,
    `const languages = { ${loads.join(', ')} };`,
    'const name = chosen(Object.keys(languages));',
    'export const { locale, say, sayCounted } = speaker(name, name && (await languages[name]()).default);',
    inPage ? `export { filled } from ${JSON.stringify(join(ROOT, 'renderer/filled.ts'))};` : '',
    inPage ? "if (name && typeof document !== 'undefined') document.documentElement.lang = name;" : '',
  ].join('\n');
}

export function speakingPage() {
  const known = catalogues();
  if (Object.keys(known).length === 0) return [];
  return [
    {
      name: 'gantry-language',
      enforce: 'pre',
      resolveId: (id) => (id.startsWith(MODULE) ? `\0${id}` : undefined),
      load: (id) => (id.startsWith(`\0${MODULE}`) ? moduleText(id.slice(1), known, true) : undefined),
      transform: (source, id) => spoken(pathOf(id), source),
    },
  ];
}

export function speakingProgram() {
  const known = catalogues();
  if (Object.keys(known).length === 0) return [];
  return [
    {
      name: 'gantry-language',
      setup(build) {
        build.onResolve({ filter: /^gantry:language/ }, ({ path }) => ({ path, namespace: MODULE }));
        build.onLoad({ filter: /.*/, namespace: MODULE }, ({ path }) => ({
          contents: moduleText(path, known, false),
          resolveDir: ROOT,
        }));
        build.onLoad({ filter: /\.(?:ts|json)$/ }, async ({ path }) => {
          const said = await spoken(pathOf(path), readFileSync(path, 'utf8'));
          if (!said) return undefined;
          const map = Buffer.from(said.map.toString()).toString('base64');
          return {
            contents: `${said.code}\n//# sourceMappingURL=data:application/json;base64,${map}`,
            loader: 'ts',
          };
        });
      },
    },
  ];
}
