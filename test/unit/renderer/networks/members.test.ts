import { describe, expect, test } from 'vitest';
import type { Network } from '#contract';
import {
  addressIn,
  fixedReason,
  isIn,
  madeBy,
  matchesText,
  membersOf,
} from '../../../../renderer/networks/members';
import { aContainer } from '../../../harness/a-container';

const aNetwork = (part: Partial<Network>): Network => ({
  id: 'n1',
  name: 'shop',
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ipv6: false,
  subnets: [{ subnet: '172.20.0.0/16', gateway: '172.20.0.1' }],
  createdAt: 0,
  predefined: false,
  project: null,
  ...part,
});
const inNetwork = (name: string, id: string, networkName: string, ip = '') =>
  aContainer({ id: name, name, networks: [{ id, name: networkName, ip }] });

describe('who is in a network', () => {
  test('are its containers by name, also those that never started and know no id of it', () => {
    const containers = [
      inNetwork('web-10', 'n1', 'shop', '172.20.0.3'),
      inNetwork('web-9', '', 'shop'),
      inNetwork('other', 'n2', 'shop'),
      aContainer({ id: 'alone', name: 'alone', networks: [] }),
    ];
    const members = membersOf(aNetwork({}), containers);
    expect(members.map(({ name }) => name)).toEqual(['web-9', 'web-10']);
    expect(members.map((member) => addressIn(member, aNetwork({})))).toEqual(['', '172.20.0.3']);
  });

  test('the engine’s networks are neither unused nor somebody’s', () => {
    const host = aNetwork({ name: 'host', driver: 'host', predefined: true });
    expect(isIn(host, [], 'unused')).toBe(false);
    expect(isIn(aNetwork({}), [], 'unused')).toBe(true);
    expect(madeBy(host)).toBe('the engine');
    expect(fixedReason(host)).toBeDefined();
    // A network of that name which a person made is one like any other.
    expect(fixedReason(aNetwork({ name: 'none' }))).toBeUndefined();
    expect(fixedReason(aNetwork({ name: 'bridge', predefined: true }))).toBeUndefined();
  });

  test('a filter finds names, addresses and containers; every word has to be there', () => {
    const members = [inNetwork('web-1', 'n1', 'shop')];
    expect(matchesText(aNetwork({}), members, ' WEB 172.20 ')).toBe(true);
    expect(matchesText(aNetwork({}), members, 'web 10.0')).toBe(false);
    expect(matchesText(aNetwork({}), members, '')).toBe(true);
  });
});
