/**
 * The language in which Gantry speaks. The source has English sentences; where there are catalogues (languages/), the
 * build has each of them said by this: scripts/languages/plugin.mjs. docs/LANGUAGES.md tells how.
 */

/** By the English sentence; several forms, in the order of Intl.PluralRules, for what is counted. */
export type Sentences = Record<string, string | readonly string[]>;

/** The order of CLDR. */
const FORMS: readonly Intl.LDMLPluralRule[] = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** What the user reads, the preferred one first: BCP 47. */
const wanted = (): readonly string[] =>
  globalThis.navigator?.languages ?? [new Intl.DateTimeFormat().resolvedOptions().locale];

/** The language among those there are that the user likes best; undefined for English. */
export function chosen(languages: readonly string[], likes = wanted()): string | undefined {
  for (const like of likes) {
    const [base = like] = like.split('-');
    if (base === 'en' && !languages.includes(like)) return undefined;
    const found = [like, base].find((name) => languages.includes(name));
    if (found) return found;
  }
  return undefined;
}

const fill = (text: string, parts: readonly unknown[]) =>
  text.replace(/\{(\d+)\}/g, (gap, number: string) =>
    Number(number) in parts ? String(parts[Number(number)]) : gap,
  );

/** Says sentences in a language; in English without one, and where it has none. */
export function speaker(language: string | undefined, sentences: Sentences = {}) {
  const rules = new Intl.PluralRules(language ?? 'en');
  const { pluralCategories } = rules.resolvedOptions();
  const forms = FORMS.filter((form) => pluralCategories.includes(form));
  return {
    /** For dates, lists and numbers: the language spoken, or the one that the source names. */
    locale: (english: string) => language ?? english,
    /** {0}, {1}, … are the parts. Without parts they stay, for React to fill in. */
    say(sentence: string, parts: readonly unknown[] = []): string {
      const known = sentences[sentence];
      return fill((typeof known === 'string' ? known : known?.[0]) ?? sentence, parts);
    },
    sayCounted(count: number, one: string, many: string, parts: readonly unknown[] = []): string {
      const known = sentences[one];
      const english = count === 1 ? one : many;
      if (!known || typeof known === 'string') return fill(english, parts);
      return fill(known[forms.indexOf(rules.select(count))] ?? known.at(-1) ?? english, parts);
    },
  };
}
