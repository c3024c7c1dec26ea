import { describe, expect, it } from 'vitest';
import { ancestors, findNodes, layOutJson, visibleNodes } from '../../../../renderer/inspect/jsonDocument';
import { hidden, masked, maskedDeep } from '../../../../renderer/inspect/secrets';

const answer = {
  Id: 'abc',
  State: { Running: true, Health: null, Log: [] },
  Config: { Env: ['A=1', 'B="2"'], Labels: {} },
  Count: 3,
};

describe('a JSON document', () => {
  const document = layOutJson(answer);

  it('reads as JSON does', () => {
    expect(document.lines.join('\n')).toBe(JSON.stringify(answer, null, 2).replace('[]', '[]'));
    expect(JSON.parse(document.lines.join('\n'))).toEqual(answer);
  });

  it('knows of each value its line, its size and what is inside it', () => {
    const byKey = (key: string) => document.nodes.find((node) => node.key === key);
    expect(document.lines[byKey('Env')?.line ?? -1]).toBe('    "Env": [');
    expect(document.lines[byKey('Count')?.line ?? -1]).toBe('  "Count": 3');
    expect(byKey('State')).toMatchObject({ depth: 0, size: 3, kind: 'object' });
    expect(byKey('Health')).toMatchObject({ depth: 1, size: null, kind: 'null', text: 'null' });
  });

  it('shows what is inside the open ones alone', () => {
    const keys = (open: number[]) => visibleNodes(document, new Set(open)).map((node) => node.key);
    expect(keys([])).toEqual(['Id', 'State', 'Config', 'Count']);
    const config = document.nodes.findIndex((node) => node.key === 'Config');
    expect(keys([config])).toEqual(['Id', 'State', 'Config', 'Env', 'Labels', 'Count']);
  });

  it('finds names and values, with the way to them', () => {
    const [hit = -1, ...more] = findNodes(document, '"2"');
    expect(more).toEqual([]);
    expect(ancestors(document, hit).map((index) => document.nodes[index]?.key)).toEqual(['Env', 'Config']);
    expect(findNodes(document, 'running')).toHaveLength(1);
    expect(findNodes(document, '')).toEqual([]);
  });
});

describe('secrets', () => {
  it('are hidden by the name of their variable, or inside an address', () => {
    expect(masked('POSTGRES_PASSWORD', 'x')).toBe(hidden);
    expect(masked('PASSWORD_FILE', '/run/secret')).toBe('/run/secret');
    expect(masked('DATABASE_URL', 'postgres://shop:pw@db/shop')).toBe(`postgres://shop:${hidden}@db/shop`);
    expect(masked('LOG_LEVEL', 'debug')).toBe('debug');
    expect(masked('API_TOKEN', '')).toBe('');
  });

  it('are hidden wherever they are in an answer, and nothing else is', () => {
    const found = maskedDeep({
      Config: { Env: ['A_SECRET=x', 'PATH=/bin', 'no pair'], Labels: { token: 'y' } },
      Size: 3,
      None: null,
    });
    expect(found).toEqual({
      Config: { Env: [`A_SECRET=${hidden}`, 'PATH=/bin', 'no pair'], Labels: { token: hidden } },
      Size: 3,
      None: null,
    });
  });
});
