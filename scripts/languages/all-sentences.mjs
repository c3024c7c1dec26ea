// Goes through the whole program for translators.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import PO from 'pofile';
import { ROOT } from './catalogue.mjs';
import { sentencesOf } from './sentences.mjs';
import { saysSomething } from './what-is-said.mjs';

/** Everything that Gantry says, as a catalogue without translations; the files where it is said stand by each. */
export function allSentences() {
  const items = new Map();
  const paths = ['assets', 'renderer', 'src']
    .flatMap((room) => readdirSync(join(ROOT, room), { recursive: true }).map((name) => `${room}/${name}`))
    .map((path) => path.replaceAll('\\', '/'))
    .filter(saysSomething)
    .sort();
  for (const path of paths) {
    for (const { text, many } of sentencesOf(path, readFileSync(join(ROOT, path), 'utf8')).found) {
      const item = items.get(text) ?? new PO.Item();
      items.set(text, item);
      item.msgid = text;
      if (many && item.msgid_plural && item.msgid_plural !== many)
        throw new Error(`“${text}” has two plurals: “${item.msgid_plural}”, and “${many}” in ${path}`);
      if (many) item.msgid_plural = many;
      if (!item.references.includes(path)) item.references.push(path);
    }
  }
  return [...items.values()].sort((a, b) => (a.msgid < b.msgid ? -1 : 1));
}
