import { applyEdits, modify, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type EngineKey, type EngineKeyKind, engineKeys } from './engine-config-keys';

/** Something about a daemon.json. An error keeps it from being applied. */
export interface ConfigFinding {
  severity: 'error' | 'warning';
  title: string;
  why: string;
  /** Where it is in the text, in UTF-16 units; line and column count from 1. */
  offset: number;
  length: number;
  line: number;
  column: number;
  /** What a click makes of the text. */
  fix?: { label: string; text: string };
}

const syntax: Partial<Record<ReturnType<typeof printParseErrorCode>, [title: string, why: string]>> = {
  InvalidSymbol: ['This is not a value', 'Texts need double quotes; true, false and null need none.'],
  InvalidNumberFormat: ['This is not a number', 'Numbers are written like 5 or 1.5.'],
  PropertyNameExpected: [
    'A key is missing here',
    'Keys have double quotes, and no comma stands after the last one.',
  ],
  ValueExpected: ['A value is missing here', 'No comma stands after the last value of a list.'],
  ColonExpected: ['A colon is missing here', 'It stands between a key and its value.'],
  CommaExpected: ['A comma is missing here', 'Commas stand between keys, and between the values of a list.'],
  CloseBraceExpected: ['A } is missing', 'Each { needs one.'],
  CloseBracketExpected: ['A ] is missing', 'Each [ needs one.'],
  EndOfFileExpected: ['Nothing may follow here', 'The text ends with the } that belongs to the first {.'],
  InvalidCommentToken: ['Comments are not allowed', 'The engine reads plain JSON, which has none.'],
  UnexpectedEndOfComment: ['Comments are not allowed', 'The engine reads plain JSON, which has none.'],
  UnexpectedEndOfString: ['A double quote is missing', 'A text ends on its own line with a double quote.'],
};
const otherSyntax = ['This is not JSON', 'The engine could not read it.'] as const;

/** What is wrong with a daemon.json for the engine of Gantry's VM, in its order. Nothing at all is wrong with an empty one. */
export function checkEngineConfig(text: string): ConfigFinding[] {
  if (text.trim() === '') return [];
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  // One mistake makes the rest hard to read: what follows it would be guesses.
  if (first) {
    const [title, why] = syntax[printParseErrorCode(first.error)] ?? otherSyntax;
    return [found(text, first, 'error', title, why)];
  }
  if (root?.type !== 'object') {
    const at = { offset: root?.offset ?? 0, length: root?.length ?? 0 };
    return [
      found(
        text,
        at,
        'error',
        'It must be one { }',
        'All keys of a daemon.json stand in one pair of braces.',
      ),
    ];
  }
  const seen = new Set<string>();
  return (root.children ?? []).flatMap(({ children: [name, value] = [] }) => {
    if (!name || !value) return [];
    const twice = seen.has(String(name.value));
    seen.add(String(name.value));
    if (twice)
      return [found(text, name, 'error', `${name.value} is there twice`, 'Only one of them would count.')];
    return checkKey(text, name, value);
  });
}

/** The key whose value, or name, is at this place of the text; null between keys. */
export function keyAt(text: string, offset: number): string | null {
  const keys = parseTree(text)?.children ?? [];
  const at = keys.find((key) => offset >= key.offset && offset <= key.offset + key.length);
  const name: unknown = at?.children?.[0]?.value;
  return typeof name === 'string' ? name : null;
}

/** Top-level keys and their values as JSON; empty for what is not JSON. */
export function valuesOf(text: string): Map<string, string> {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors);
  if (errors.length > 0 || root?.type !== 'object') return new Map();
  return new Map(
    (root.children ?? []).flatMap(({ children: [name, value] = [] }) =>
      name && value ? [[String(name.value), text.slice(value.offset, value.offset + value.length)]] : [],
    ),
  );
}

function checkKey(text: string, name: Node, value: Node): ConfigFinding[] {
  const key = String(name.value);
  const known = Object.hasOwn(engineKeys, key) ? engineKeys[key] : undefined;
  if (!known) {
    const why = 'The engine refuses keys that it does not know. Look whether it is spelled right.';
    return [found(text, name, 'warning', `Gantry does not know ${key}`, why)];
  }
  if (known.refused) {
    const fix = { label: 'Take it out', text: applyEdits(text, modify(text, [key], undefined, {})) };
    return [found(text, name, 'error', `${key} belongs to Gantry`, known.refused, fix)];
  }
  const wrong = checkValue(text, known, value);
  if (wrong) return [wrong];
  return known.caution ? [found(text, name, 'warning', `What ${key} means`, known.caution)] : [];
}

const kinds: Record<EngineKeyKind, { type: Node['type']; word: string }> = {
  text: { type: 'string', word: 'a text in double quotes' },
  number: { type: 'number', word: 'a number, without quotes' },
  'yes or no': { type: 'boolean', word: 'true or false, without quotes' },
  list: { type: 'array', word: 'a list' },
  table: { type: 'object', word: 'keys and values in { }' },
};

function checkValue(text: string, known: EngineKey, value: Node): ConfigFinding | undefined {
  const { type, word } = kinds[known.kind];
  if (value.type !== type) {
    const why = `The engine would not start with it. Such as ${known.example}`;
    return found(text, value, 'error', `This must be ${word}`, why, betterValue(text, known.kind, value));
  }
  if (known.values && !known.values.includes(String(value.value))) {
    const why = `It is one of ${known.values.join(', ')}. ${known.about}`;
    return found(text, value, 'error', 'This is not one of its values', why);
  }
  return undefined;
}

/** The value that was probably meant. */
function betterValue(text: string, kind: EngineKeyKind, value: Node): ConfigFinding['fix'] {
  const written = text.slice(value.offset, value.offset + value.length);
  const put = (label: string, better: string) => ({
    label,
    text: text.slice(0, value.offset) + better + text.slice(value.offset + value.length),
  });
  if (kind === 'list' && value.type === 'string') return put('Put it in [ ]', `[${written}]`);
  if (kind === 'text' && ['number', 'boolean'].includes(value.type))
    return put('Put it in quotes', `"${written}"`);
  const bare = written.slice(1, -1);
  const fits =
    kind === 'number' ? /^-?\d+$/.test(bare) : kind === 'yes or no' && /^(?:true|false)$/.test(bare);
  return value.type === 'string' && fits ? put('Take the quotes away', bare) : undefined;
}

function found(
  text: string,
  { offset, length }: { offset: number; length: number },
  severity: ConfigFinding['severity'],
  title: string,
  why: string,
  fix?: ConfigFinding['fix'],
): ConfigFinding {
  const before = text.slice(0, offset).split('\n');
  const [line, column] = [before.length, (before.at(-1) ?? '').length + 1];
  return { severity, title, why, offset, length, line, column, ...(fix && { fix }) };
}
