import { isContractProcedure } from '@orpc/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '#contract';
import { problem } from '#contract/problem';
import { startEngine, type TestEngine } from '../../harness/engine';
import { describeWithEngine } from '../../harness/shared';
import { problemOf, type ServedBackend, serveBackend } from './served-backend';

type Schema = z.core.JSONSchema.BaseSchema;

interface Procedure {
  path: string[];
  /** Null when it takes no input. */
  input: Schema | null;
}

/** Every procedure of the contract, so that a new one is in this test without being named here. */
function proceduresOf(node: object, path: string[] = []): Procedure[] {
  if (!isContractProcedure(node)) {
    return Object.entries(node).flatMap(([name, inner]) => proceduresOf(inner, [...path, name]));
  }
  const { inputSchema } = node['~orpc'];
  if (!inputSchema) return [{ path, input: null }];
  if (!(inputSchema instanceof z.ZodType)) throw new Error(`${path.join('.')} has no zod schema`);
  return [{ path, input: z.toJSONSchema(inputSchema, { io: 'input', unrepresentable: 'any' }) }];
}

/** Text that breaks what is careless with it. None is a name that could be looked up outside of this computer. */
const texts = [
  '',
  ' ',
  '-v',
  '--privileged',
  '../../../../etc/passwd',
  '%2e%2e%2f%00',
  'A\u0000B',
  '$(touch X)`touch X`;touch X|touch X&',
  '"\'\\\n\r\n\t',
  '__proto__',
  'constructor',
  '<img src=x onerror=alert(1)>',
  '\u001b]0;title\u0007\u202e\ud800',
  'X?all=1&force=true#',
  'X'.repeat(100_000),
];

/** The engine looks 15 seconds for a driver that it does not have, one after the other. */
const slow = 'driver';

/** A value of the schema's form; `turn` chooses among texts and extremes. */
function hostile(schema: Schema, turn: number): unknown {
  const pick = <T>(list: readonly T[]): T | undefined => list[turn % list.length];
  if (schema.enum) return pick(schema.enum);
  if (schema.const !== undefined) return schema.const;
  const choice = pick<unknown>(schema.anyOf ?? schema.oneOf ?? []);
  if (choice) return hostile(asSchema(choice), turn);
  switch (schema.type) {
    case 'object':
      return {
        ...Object.fromEntries(
          Object.entries(schema.properties ?? {})
            .filter(([name]) => name !== slow)
            .map(([name, inner], index) => [name, hostile(asSchema(inner), turn + index)]),
        ),
        ...(schema.additionalProperties ? { [texts[turn % texts.length] ?? '']: 'X' } : {}),
      };
    case 'array':
      return [0, 1].map((index) => hostile(asSchema(schema.items), turn + index));
    case 'string':
      return schema.pattern ? 'SIGTERM' : pick(texts);
    case 'integer':
    case 'number':
      return pick([schema.minimum ?? 1, schema.maximum ?? 2 ** 52]);
    case 'boolean':
      return turn % 2 === 0;
    case 'null':
      return null;
    default:
      return { deep: [[[[{}]]]] };
  }
}

/** A part of a schema that is written as an object, which all of this contract's are. */
function asSchema(part: unknown): Schema {
  return z.looseObject({}).catch({}).parse(part);
}

/** Values of no procedure's form. */
const junk = [
  null,
  7,
  'text',
  true,
  [],
  [[[[[[]]]]]],
  { ids: 'X' },
  { ids: [] },
  { ids: [null, 7, {}] },
  { id: { toString: 'X' } },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

const procedures = proceduresOf(contract);
/** Point Gantry at another engine, and are tried last. */
const turnAway = new Set(['engine.select', 'app.changeSettings']);
const isStream = (value: unknown): value is AsyncIterator<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

describeWithEngine('whatever a page says to the backend', () => {
  let engine: TestEngine;
  let served: ServedBackend;

  beforeAll(async () => {
    engine = await startEngine();
    served = await serveBackend(engine.host);
    await served.loaded();
  });
  afterAll(async () => {
    await served?.close();
    await engine?.stop();
  });

  /** Calls and drops; gives the problem if there was one. Anything but an answer or a problem throws. */
  async function attempt(path: string[], input: unknown) {
    const owner = new AbortController();
    try {
      const answer = await served.call(path, input, owner.signal);
      if (isStream(answer)) await answer.return?.();
      return null;
    } catch (error) {
      if (!(error instanceof Error && 'data' in error)) throw error;
      return problem.parse(error.data);
    } finally {
      owner.abort();
    }
  }

  async function mustBeWell() {
    expect((await served.client.app.info()).platform).toBe('linux');
    expect(Object.prototype).not.toHaveProperty('polluted');
  }

  const withInput = procedures.filter(({ input }) => input !== null);

  test('the contract is really walked through', () => {
    expect(procedures.length).toBeGreaterThan(50);
    expect(withInput.length).toBeGreaterThan(40);
  });

  test.each(withInput.map(({ path }) => path.join('.')))('%s answers junk as bad input', async (name) => {
    for (const value of junk) {
      const found = await attempt(name.split('.'), value);
      // What is neither an object nor nothing has the form of no input; other junk may fit one by chance.
      if (typeof value !== 'object' || value === null) expect(found?.code).toBe('bad-input');
    }
    await mustBeWell();
  });

  const careless = withInput.filter(({ path }) => !turnAway.has(path.join('.')));

  test.each(careless.map(({ path, input }) => [path.join('.'), input] as const))(
    '%s bears hostile text',
    async (name, input) => {
      const problems = await Promise.all(
        texts.map((_, turn) => attempt(name.split('.'), hostile(input ?? {}, turn))),
      );
      for (const found of problems) {
        expect(found?.title).not.toBe('Gantry made a mistake');
        expect(JSON.stringify(found ?? '')).not.toMatch(/ {4}at .+:\d+:\d+/);
      }
      await mustBeWell();
    },
  );

  test('a procedure that is not there is refused', async () => {
    for (const path of [
      ['nothing'],
      ['containers'],
      ['containers', 'start', 'x'],
      ['__proto__'],
      ['constructor'],
    ]) {
      await expect(served.call(path, {})).rejects.toThrow();
    }
    await mustBeWell();
  });

  test.each([...turnAway])('%s bears hostile text', async (name) => {
    const input = procedures.find(({ path }) => path.join('.') === name)?.input ?? {};
    for (let turn = 0; turn < texts.length; turn += 1) await attempt(name.split('.'), hostile(input, turn));
    await mustBeWell();
  });

  test('input that is wrong in one place is told where', async () => {
    const found = await problemOf(served.call(['containers', 'logs'], { id: 'x', tail: -1, follow: true }));
    expect(found).toMatchObject({ code: 'bad-input' });
    expect(found.detail).toContain('tail');
  });
});
