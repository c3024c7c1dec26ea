import { describe, expect, it } from 'vitest';
import { countSegments, matchesText } from '../../../../../renderer/containers/list/filter';
import { aContainer } from '../../../../harness/a-container';

const web = aContainer({
  name: 'shop-web-1',
  image: 'nginx:1.29',
  project: 'shop',
  ports: [{ containerPort: 80, protocol: 'tcp', hostIp: '0.0.0.0', hostPort: 8080 }],
});

describe('the filter', () => {
  it.each(['', 'WEB', 'nginx', 'shop 1.29', '8080', 'web nginx', ' aaaaaaaaaaaa '])(
    'finds it by “%s”',
    (text) => {
      expect(matchesText(web, text)).toBe(true);
    },
  );

  it.each(['redis', 'web redis', '8081'])('does not find it by “%s”', (text) => {
    expect(matchesText(web, text)).toBe(false);
  });

  it('counts what each segment would show', () => {
    const all = [web, aContainer({ state: 'exited', exitCode: 1 }), aContainer({ state: 'paused' })];
    expect(countSegments(all)).toEqual({ all: 3, running: 1, attention: 1, stopped: 1 });
  });
});
