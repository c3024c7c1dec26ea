import { type SettingId, settingOf, settingTable } from './table';

const most = 8;
const ids = Object.keys(settingTable) as SettingId[];

const wordsOf = (text: string) => text.toLowerCase().split(/[\s/:._,;()-]+/);
const begins = (words: readonly string[], part: string) => words.some((word) => word.startsWith(part));

/** How well a setting answers: 0 is not at all. Every word of the query must begin a word of it. */
function score(id: SettingId, query: readonly string[]): number {
  const { title, help, words } = settingOf(id);
  const scores = query.map((part) => {
    if (begins(wordsOf(title), part)) return 4;
    if (begins(wordsOf(words), part)) return 3;
    return begins(wordsOf(help), part) ? 1 : 0;
  });
  return scores.includes(0) ? 0 : scores.reduce<number>((sum, one) => sum + one, 0);
}

/**
 * The settings that answer best, best first; by title, other words for it, and explanation.
 * @param inWindow whether this is the desktop's window, which has more of them
 */
export function searchSettings(text: string, inWindow: boolean): SettingId[] {
  const query = wordsOf(text).filter((part) => part !== '');
  if (query.length === 0) return [];
  return ids
    .filter((id) => inWindow || !settingOf(id).window)
    .map((id) => ({ id, score: score(id, query) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ id }) => id);
}
