// The catalogues of languages: PO files in languages/, one for each (de.po, pt-BR.po). English needs none.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import PO from 'pofile';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Where the catalogues are; tests have others. */
export const languagesFolder = () => process.env.GANTRY_LANGUAGES ?? join(ROOT, 'languages');

/** Names of the languages that have a catalogue. */
export const languages = () =>
  existsSync(languagesFolder())
    ? readdirSync(languagesFolder())
        .filter((name) => name.endsWith('.po'))
        .map((name) => name.slice(0, -3))
        .sort()
    : [];

/** How many forms a word has beside a number, in the order in which Intl.PluralRules names them. */
const formsOf = (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories.length;

/** The catalogue's text with the sentences that there are now. Translations of those that are gone go, too. */
export function updated(language, before, sentences) {
  const po = before === undefined ? new PO() : PO.parse(before);
  if (before === undefined) {
    po.headers = { Language: language, 'Content-Type': 'text/plain; charset=UTF-8' };
  }
  const known = new Map(po.items.map((item) => [item.msgid, item]));
  po.items = sentences.map((sentence) => {
    const item = new PO.Item();
    const { msgstr = [], flags = {}, comments = [], msgid_plural } = known.get(sentence.msgid) ?? {};
    const forms = sentence.msgid_plural ? formsOf(language) : 1;
    const same = msgid_plural === sentence.msgid_plural;
    Object.assign(item, { ...sentence, flags, comments });
    item.msgstr = Array.from({ length: forms }, (_, form) => (same && msgstr[form]) || '');
    return item;
  });
  return `${po.toString().trimEnd()}\n`;
}

/** What is filled in or marked up in a text: {0}, <1>, </1>, <2/>. */
const gaps = (text) => (text.match(/\{\d+\}|<\/?\d+\/?>/g) ?? []).sort().join(' ');

/**
 * The translations of a catalogue, by the English sentence; several forms for what is counted. Those that are empty or
 * marked as fuzzy are left out: English stands in. @throws when a translation has not the gaps of its sentence
 */
export function translations(text, name) {
  const found = {};
  for (const { msgid, msgid_plural, msgstr, flags } of PO.parse(text).items) {
    if (flags.fuzzy || msgstr.length === 0 || msgstr.some((form) => form === '')) continue;
    for (const form of msgstr) {
      if (gaps(form) !== gaps(msgid))
        throw new Error(
          `languages/${name}.po: “${form}” needs the same ${gaps(msgid) || 'words without gaps'} as “${msgid}”`,
        );
    }
    found[msgid] = msgid_plural ? msgstr : msgstr[0];
  }
  return found;
}

/** Every catalogue's translations, by its language. */
export const catalogues = () =>
  Object.fromEntries(
    languages().map((name) => [
      name,
      translations(readFileSync(join(languagesFolder(), `${name}.po`), 'utf8'), name),
    ]),
  );
