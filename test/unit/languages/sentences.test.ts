// biome-ignore-all lint/suspicious/noTemplateCurlyInString: program texts with templates in them.
import { transformSync } from 'esbuild';
import * as jsxRuntime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { type Sentences, speaker } from '#contract/language';
import { filled } from '../../../renderer/filled';
import { sentencesOf } from '../../../scripts/languages/sentences.mjs';

const texts = (source: string) =>
  sentencesOf('renderer/page.tsx', source).found.map(({ text, many }) => (many ? `${text} | ${many}` : text));

/** What `Page` of a program text shows. */
function shownBy(source: string, language?: string, sentences?: Sentences): string {
  const { say, sayCounted, locale } = speaker(language, sentences);
  const plain = transformSync(source.replace(/^import .*$/m, ''), {
    loader: 'tsx',
    jsx: 'automatic',
    format: 'cjs',
  });
  const make = new Function(
    'require',
    'say$',
    'sayCounted$',
    'locale$',
    'filled$',
    `${plain.code}; return Page;`,
  );
  const page = make(() => jsxRuntime, say, sayCounted, locale, filled);
  return renderToStaticMarkup(jsxRuntime.jsx(page, {}));
}

const spoken = (source: string) => sentencesOf('renderer/page.tsx', source).code().code;

describe('what is said', () => {
  test.each([
    ["const column = { id: 'name', label: 'Name' };", ['Name']],
    ["const tab = { label: 'none' };", ['none']],
    ['const words = (n: number) => `${n} at most`;', ['{0} at most']],
    ['const text = `${name} is ${gone ? "gone" : "here"}.`;', ['{0} is {1}.', 'gone', 'here']],
    ['const a = <Button title="Start it">Go on</Button>;', ['Start it', 'Go on']],
    ['const a = <p>{users.length === 0 && "unused"}</p>;', ['unused']],
    ["const a = label === 'Cleared' ? null : choice.label === 'Cleared';", ['Cleared']],
    ["const text = count === 1 ? 'one is left' : 'some are left';", ['one is left | some are left']],
    [
      "const text = plural(count, 'entry', 'entries') + plural(count, 'image');",
      ['entry | entries', 'image | images'],
    ],
    [
      'const a = <p>Together up to {bytes}; <b>what they share</b> counts once.</p>;',
      ['Together up to {0}; <1>what they share</1> counts once.'],
    ],
  ])('%s', (source, found) => expect(texts(source)).toEqual(found));
});

describe('what is no sentence', () => {
  test.each([
    "const row = <Row className={classes('flex grow', on && 'text-fg2 num')} id=\"Main\" />;",
    'const row = <Row className={({ on }) => `result ${on ? "on" : ""}`} />;',
    "if (event.key === 'Enter') act();",
    "switch (key) { case 'Home': act(); }",
    "type Verb = 'Stop now' | 'Start now';",
    "throw new TypeError('There is no such thing');",
    "log.warn('The link is gone');",
    "const verbs = ['volume create', 'volume rm'] as const;",
    "const width = 'minmax(150px, 1.3fr)';",
    "const found = text.includes('No such container');",
    'const url = `http://${host}/some path`;',
    'const a = <code>docker run nginx</code>;',
    "import x from './Some file';",
  ])('%s', (source) => expect(texts(source)).toEqual([]));
});

describe('a page says in English what its source says', () => {
  test.each([
    'const Page = () => <p>\n  Open\n  <b>the log</b>, and{" "}\n  <i>read</i>\n  it.\n</p>;',
    'const n = 3; const Page = () => <p title={`${n} left`}>{n} {n === 1 ? "stays" : "stay"} here <hr /> and {false}{null}go.</p>;',
    'const Page = () => <><b>All <i>of {2} <u>these</u></i></b> end{/* why */}.</>;',
    'const one = 1; const Page = () => <p aria-label="A label">{one === 1 ? "One" : `Not ${one}`} is “it”</p>;',
    'const Page = () => <p>{["a", "b"].map((each) => <b key={each}>Letter {each}</b>)} in all</p>;',
  ])('%s', (source) => {
    expect(texts(source)).not.toEqual([]);
    expect(shownBy(spoken(source))).toBe(shownBy(source));
  });
});

test('a language puts values and marked words where it wants them', () => {
  const source =
    'const name = "web"; const Page = () => <p>Open <b title="To read">the log</b> of {name}</p>;';
  const german = {
    'Open <0>the log</0> of {1}': '<0>Das Log</0> von {1} öffnen',
    'To read': 'Zum Lesen',
  };
  expect(shownBy(spoken(source), 'de', german)).toBe(
    '<p><b title="Zum Lesen">Das Log</b> von web öffnen</p>',
  );
});

test('a language counts in as many forms as it has', () => {
  const source = (count: number) =>
    `const n = ${count}; const Page = () => <p>{n === 1 ? \`\${n} image\` : \`\${n} images\`}</p>;`;
  const polish = { '{0} image': ['{0} obraz', '{0} obrazy', '{0} obrazów'] };
  const say = (count: number) => shownBy(spoken(source(count)), 'pl', polish);
  expect([1, 3, 5].map(say)).toEqual(['<p>1 obraz</p>', '<p>3 obrazy</p>', '<p>5 obrazów</p>']);
});

test('dates and lists are written in the language spoken', () => {
  const source = 'const Page = () => <p>{new Intl.ListFormat("en-GB").format(["a", "b", "c"])}</p>;';
  expect(shownBy(spoken(source))).toBe('<p>a, b and c</p>');
  expect(shownBy(spoken(source), 'de')).toBe('<p>a, b und c</p>');
});
