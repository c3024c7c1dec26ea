import { describe, expect, it } from 'vitest';
import type { RunProposal, RunSpec } from '#contract';
import { changedCount, emptyRun, isAdvanced, resetAdvanced } from '../../../../renderer/run/form/advanced';
import { formFindings, withChange } from '../../../../renderer/run/form/draft';
import { readEnvFile } from '../../../../renderer/run/form/envFile';
import { previewLines, runLine } from '../../../../renderer/run/form/preview';

const spec: RunSpec = {
  ...emptyRun('postgres:18'),
  name: 'db',
  ports: [
    { containerPort: 0, hostPort: null, protocol: 'tcp', hostIp: '127.0.0.1' },
    { containerPort: 5432, hostPort: 5433, protocol: 'tcp', hostIp: '127.0.0.1' },
  ],
  env: [
    { name: '', value: '' },
    { name: 'POSTGRES_PASSWORD', value: "it's secret", secret: true },
  ],
  mounts: [{ type: 'volume', source: 'pgdata', target: '/var/lib/postgresql', readOnly: false }],
  restart: 'unless-stopped',
  tty: true,
};

const proposal: RunProposal = {
  spec,
  local: true,
  sizeBytes: 1,
  sources: {},
  variables: [{ name: 'POSTGRES_PASSWORD', label: 'Password', needed: true, secret: true, help: '' }],
  whenItRuns: null,
  imageEnv: [],
};

describe('the preview of a run', () => {
  it('has a flag on each line, leaves out what is not finished, and hides secrets', () => {
    expect(previewLines(spec).map(({ flag, text }) => [flag, text])).toEqual([
      ['--detach', ''],
      ['--interactive', ''],
      ['--tty', ''],
      ['--name', 'db'],
      ['--publish', '127.0.0.1:5433:5432'],
      ['--env', 'POSTGRES_PASSWORD=••••••••'],
      ['--volume', 'pgdata:/var/lib/postgresql'],
      ['--restart', 'unless-stopped'],
      [null, 'postgres:18'],
    ]);
  });

  it('knows which entry of the form each line comes from', () => {
    const fields = previewLines(spec).flatMap(({ field }) => (field ? [field] : []));
    expect(fields).toEqual(['ports.1', 'env.1']);
  });

  it('copies the secrets, quoted', () => {
    expect(runLine(spec, null)).toContain(`'POSTGRES_PASSWORD=it'\\''s secret'`);
  });
});

describe('fixes', () => {
  it('change one value by its path and leave the rest', () => {
    expect(withChange(spec, 'ports.1.hostPort', 5434)?.ports[1]?.hostPort).toBe(5434);
    expect(withChange(spec, 'env.2', { name: 'A', value: 'b' })?.env).toHaveLength(3);
    expect(withChange({ ...spec, network: 'gone' }, 'network', undefined)).toEqual(spec);
    expect(spec.ports[1]?.hostPort).toBe(5433);
  });

  it('are refused when they do not fit', () => {
    expect(withChange(spec, 'ports.1.hostPort', 'x')).toBeNull();
  });
});

describe('what the form finds by itself', () => {
  it('is a port without a number', () => {
    expect(formFindings(spec)).toMatchObject([
      { field: 'ports.0.containerPort', message: 'Say which port inside the container.' },
    ]);
    expect(formFindings({ ...spec, ports: [] })).toEqual([]);
  });
});

describe('the advanced part', () => {
  const more: RunSpec = {
    ...spec,
    env: [...spec.env, { name: 'TZ', value: 'UTC' }],
    labels: [{ name: 'team', value: 'shop' }],
    user: '1000',
  };

  it('counts what was changed in it', () => {
    expect(changedCount({ ...spec, env: [] }, spec, proposal)).toBe(0);
    // The unfinished variable counts too: it is there to be seen.
    expect(changedCount(more, spec, proposal)).toBe(4);
  });

  it('is reset without touching the simple part', () => {
    const reset = resetAdvanced({ ...more, name: 'other' }, spec, proposal);
    expect(reset).toMatchObject({ name: 'other', labels: [], env: [{ name: 'POSTGRES_PASSWORD' }] });
    expect(reset.user).toBeUndefined();
    expect(reset.mounts).toEqual(spec.mounts);
  });

  it('is where a finding of one of its fields stands', () => {
    expect(isAdvanced('env.2', more, proposal)).toBe(true);
    expect(isAdvanced('env.1', more, proposal)).toBe(false);
    expect(isAdvanced('ports.0.hostPort', more, proposal)).toBe(false);
    expect(isAdvanced('mounts.0', more, proposal)).toBe(false);
    expect(isAdvanced('cpus', more, proposal)).toBe(true);
  });
});

describe('an .env file', () => {
  it('is read with quotes, comments and export', () => {
    const file = [
      '# comment',
      'PLAIN=one two # not this',
      'export SHELL_LIKE=yes',
      'DOUBLE="a \\"b\\"\\n# kept"',
      "SINGLE='$HOME #'",
      'EMPTY=',
      'HASH=a#b',
      'EQUALS=a=b=c',
      'no variable',
      '=nothing',
    ].join('\r\n');
    expect(readEnvFile(file)).toEqual([
      { name: 'PLAIN', value: 'one two' },
      { name: 'SHELL_LIKE', value: 'yes' },
      { name: 'DOUBLE', value: 'a "b"\n# kept' },
      { name: 'SINGLE', value: '$HOME #' },
      { name: 'EMPTY', value: '' },
      { name: 'HASH', value: 'a#b' },
      { name: 'EQUALS', value: 'a=b=c' },
    ]);
  });
});
