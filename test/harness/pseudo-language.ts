import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { build as bundle } from 'esbuild';
import PO from 'pofile';
import { build as buildPage } from 'vite';
import { bundleOptions } from '../../scripts/build.mjs';
import { allSentences } from '../../scripts/languages/all-sentences.mjs';
import { updated } from '../../scripts/languages/catalogue.mjs';
import { ROOT } from './app';

/** English with accents, a third longer: what stays plain is no sentence of the catalogue. Never shipped. */
export const PSEUDO = 'en-XA';

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'áƀçđéƒǧħíĵķłɱñóƥʠřšťúṽŵẋýžÁɃÇĐÉƑǦĦÍĴĶŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ';

/** What is filled in or marked up stays. */
export const pseudo = (text: string): string =>
  text
    .split(/(\{\d+\}|<\/?\d+\/?>)/)
    .map((piece, i) =>
      i % 2 ? piece : piece.replace(/[A-Za-z]/g, (letter) => ACCENTED[PLAIN.indexOf(letter)] ?? ''),
    )
    .join('') + '~'.repeat(Math.round(text.length * 0.3));

export function pseudoCatalogue(): string {
  const po = PO.parse(updated(PSEUDO, undefined, allSentences()));
  for (const item of po.items) {
    const forms = item.msgid_plural ? [item.msgid, item.msgid_plural] : [item.msgid];
    item.msgstr = forms.map(pseudo);
  }
  return po.toString();
}

/** Builds the command line and the page with the pseudo language into a folder. @returns the program's path */
export async function buildPseudo(folder: string): Promise<string> {
  mkdirSync(`${folder}/languages`);
  writeFileSync(`${folder}/languages/${PSEUDO}.po`, pseudoCatalogue());
  process.env.GANTRY_LANGUAGES = `${folder}/languages`;
  const program = `${folder}/cli/gantry.js`;
  await bundle(bundleOptions({ entry: 'src/cli/main.ts', output: program }));
  await buildPage({
    root: `${ROOT}renderer`,
    configFile: `${ROOT}vite.config.ts`,
    logLevel: 'warn',
    build: { outDir: `${folder}/renderer` },
  });
  delete process.env.GANTRY_LANGUAGES;
  cpSync(`${ROOT}assets`, `${folder}/assets`, { recursive: true });
  return program;
}
