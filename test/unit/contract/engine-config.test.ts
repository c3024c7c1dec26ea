import { describe, expect, it } from 'vitest';
import { checkEngineConfig, keyAt, valuesOf } from '#contract/engine-config';
import { engineKeys } from '#contract/engine-config-keys';

const first = (text: string) => checkEngineConfig(text)[0];

describe('a daemon.json', () => {
  it('may be empty, and have what the engine knows', () => {
    expect(checkEngineConfig(' \n')).toEqual([]);
    const good =
      '{ "labels": ["a=b"], "log-opts": { "max-size": "20m" }, "debug": true, "mtu": 1400, "log-level": "debug" }';
    expect(checkEngineConfig(good)).toEqual([]);
  });

  it('is refused with line and column where it is not JSON', () => {
    expect(first('{\n  "debug": true\n  "mtu": 5\n}')).toMatchObject({
      severity: 'error',
      title: 'A comma is missing here',
      line: 3,
      column: 3,
    });
    expect(first('{ "debug": true, }')?.title).toBe('A key is missing here');
    expect(first('{ "debug": yes }')?.title).toBe('This is not a value');
    expect(first('{ "debug": true')?.title).toBe('A } is missing');
    expect(first('{} // none')?.title).toBe('Comments are not allowed');
    expect(first('["debug"]')?.title).toBe('It must be one { }');
    expect(first('{ "debug": true, "debug": false }')?.title).toBe('debug is there twice');
  });

  it('offers what was probably meant for a value of another kind', () => {
    const list = first('{\n  "insecure-registries": "registry.lan:5000"\n}');
    expect(list).toMatchObject({ title: 'This must be a list', line: 2, column: 26 });
    expect(list?.fix).toEqual({
      label: 'Put it in [ ]',
      text: '{\n  "insecure-registries": ["registry.lan:5000"]\n}',
    });
    expect(first('{ "debug": "true" }')?.fix?.text).toBe('{ "debug": true }');
    expect(first('{ "mtu": "1400" }')?.fix?.text).toBe('{ "mtu": 1400 }');
    expect(first('{ "bip": 5 }')?.fix?.text).toBe('{ "bip": "5" }');
    expect(first('{ "debug": "maybe" }')?.fix).toBeUndefined();
    expect(first('{ "log-level": "error" }')?.title).toBe('This is not one of its values');
  });

  it('is warned of for keys that Gantry does not know, and for what surprises', () => {
    expect(first('{ "constructor": 1 }')).toMatchObject({ severity: 'warning', column: 3 });
    expect(first('{ "storage-driver": "overlay2" }')).toMatchObject({ severity: 'warning' });
  });

  it('is refused for what Gantry needs itself, with the reason and a way out', () => {
    const hosts = first('{\n  "debug": true,\n  "hosts": ["tcp://0.0.0.0:2375"]\n}');
    expect(hosts).toMatchObject({ severity: 'error', title: 'hosts belongs to Gantry', line: 3 });
    expect(hosts?.why).toBe(engineKeys.hosts?.refused);
    expect(JSON.parse(hosts?.fix?.text ?? '')).toEqual({ debug: true });
  });

  it('has every example right', () => {
    const examples = Object.entries(engineKeys).filter(([, { refused }]) => !refused);
    for (const [key, { example }] of examples) {
      const errors = checkEngineConfig(`{ "${key}": ${example} }`).filter(
        ({ severity }) => severity === 'error',
      );
      expect(errors, key).toEqual([]);
    }
  });

  it('tells which key a place belongs to, and what its keys are', () => {
    const text = '{ "debug": true, "labels": ["a=b"] }';
    expect(keyAt(text, text.indexOf('a=b'))).toBe('labels');
    expect(keyAt(text, 0)).toBeNull();
    expect(keyAt('nonsense', 3)).toBeNull();
    expect([...valuesOf(text)]).toEqual([
      ['debug', 'true'],
      ['labels', '["a=b"]'],
    ]);
  });
});
