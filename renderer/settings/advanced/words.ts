import { z } from 'zod';
import { settings } from '#contract/app';
import { formatMemory } from '../../ui/format';
import { rowOfKey, type SettingId, type SettingKey, settingOf } from '../table';

const isKey = (key: string): key is SettingKey => Object.hasOwn(rowOfKey, key);

/** Where one row has two settings. */
const ownTitles: Partial<Record<SettingKey, string>> = {
  engineHost: 'Address of the engine',
  hiddenSources: 'Not asked by Discover',
};

/** What a changed setting is called, and its row. */
export function rowNamed(key: string): { title: string; setting: SettingId | null } {
  if (!isKey(key)) return { title: key, setting: null };
  const setting = rowOfKey[key];
  return { title: ownTitles[key] ?? settingOf(setting).title, setting };
}

const words: Record<string, Record<string, string>> = {
  closeTo: { tray: 'Keeps the tray', quit: 'Quits' },
  engineChoice: { found: 'One that is already there', vm: 'Gantry’s own, in a VM' },
  'vm.portsOn': { loopback: 'This computer only', network: 'The whole network' },
};

const { folders, proxy } = settings.shape.vm.shape;
const proxyModes = { none: 'None', system: 'As this computer', manual: 'By hand' };

const listed = (items: readonly string[]) => (items.length > 0 ? items.join(', ') : 'None');

/** Settings that consist of more than one value; undefined for all others. */
function composed(key: string, value: unknown): string | undefined {
  if (key === 'vm.folders') {
    const known = folders.safeParse(value).data ?? [];
    return listed(known.map(({ path, writable }) => (writable ? path : `${path} (read only)`)));
  }
  if (key === 'vm.proxy') {
    const { data } = proxy.safeParse(value);
    if (!data) return undefined;
    const addresses = [data.http, data.https].filter((address) => address !== '');
    return data.mode === 'manual'
      ? `${listed([...new Set(addresses)])}${data.except ? `, except ${data.except}` : ''}`
      : proxyModes[data.mode];
  }
  if (key === 'registries') {
    const known = settings.shape.registries.safeParse(value).data ?? [];
    return listed(known.map(({ host, insecure }) => (insecure ? `${host} (not encrypted)` : host)));
  }
  return undefined;
}

/** The value of a setting as its row would say it. */
export function valueWords(key: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'On' : 'Off';
  if (key === 'vm.idleMinutes') return value === null ? 'Off' : `After ${value} min`;
  if (key === 'vm.memoryMiB' && typeof value === 'number') return formatMemory(value * 1024 ** 2);
  if (key === 'monoSize') return `${value} px`;
  if (key === 'vm.dns' && value === null) return 'As this computer';
  if (key === 'engineHost' && value === null) return 'The first one that answers';
  if (key === 'monoFont' && value === '') return 'Gantry’s own';
  if (typeof value === 'string') return words[key]?.[value] ?? value;
  const strings = z.array(z.string()).safeParse(value).data;
  return composed(key, value) ?? (strings ? listed(strings) : JSON.stringify(value));
}
