// `npm run strings`: writes all that Gantry says to out/languages/gantry.pot, and brings the catalogues in languages/ up
// to date. `npm run strings -- de` begins one. See docs/LANGUAGES.md.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allSentences } from './languages/all-sentences.mjs';
import { languages, languagesFolder, ROOT, translations, updated } from './languages/catalogue.mjs';

function isLanguage(name) {
  try {
    return Intl.getCanonicalLocales(name)[0] === name;
  } catch {
    return false;
  }
}

const sentences = allSentences();
const template = join(ROOT, 'out/languages');
mkdirSync(template, { recursive: true });
writeFileSync(join(template, 'gantry.pot'), updated('en', undefined, sentences));
console.log(`${sentences.length} sentences: out/languages/gantry.pot`);

const wanted = process.argv.slice(2);
const wrong = wanted.find((name) => !isLanguage(name));
if (wrong !== undefined) {
  console.error(`${wrong} is not the name of a language as in BCP 47: de, pt-BR, zh-Hant.`);
  process.exit(2);
}

for (const name of new Set([...languages(), ...wanted])) {
  mkdirSync(languagesFolder(), { recursive: true });
  const path = join(languagesFolder(), `${name}.po`);
  const text = updated(name, existsSync(path) ? readFileSync(path, 'utf8') : undefined, sentences);
  writeFileSync(path, text);
  const left = sentences.length - Object.keys(translations(text, name)).length;
  console.log(
    `${name}: ${left === 0 ? 'all translated' : `${left} not translated yet`}: languages/${name}.po`,
  );
}
