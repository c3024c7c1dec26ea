import { readFile } from 'node:fs/promises';
import type { VmSettings } from '#contract';
import { guestPath } from '#contract/guest-path';
import { ProblemError } from '#contract/problem';
import type { GuestFacts } from './guest';
import { shareTag } from './shares/serve';

/** This computer's own proxies, from the variables that every program of a shell reads. */
function systemProxy(env: NodeJS.ProcessEnv): { http: string; https: string; except: string } {
  const value = (name: string) => env[name] || env[name.toUpperCase()] || '';
  return { http: value('http_proxy'), https: value('https_proxy'), except: value('no_proxy') };
}

const noProxy = { http: '', https: '', except: '' };

/** What the engine is told of proxies, in its variables http_proxy, https_proxy and no_proxy. */
export function proxyOf({ proxy }: Pick<VmSettings, 'proxy'>, env: NodeJS.ProcessEnv) {
  if (proxy.mode === 'none') return noProxy;
  return proxy.mode === 'system' ? systemProxy(env) : proxy;
}

/** A line break in a value would begin a setting of its own. */
function line(key: string, value: string): string {
  if (/[\r\n\0]/.test(value)) {
    throw new ProblemError({
      code: 'bad-input',
      title: 'That is not a value Gantry can use',
      explanation: `The VM's setting "${key}" has a line break in it.`,
      actions: [{ kind: 'open', label: 'Open settings', page: 'settings' }],
    });
  }
  return `${key}=${value}\n`;
}

/**
 * The lines `key=value` of the guest's configuration; src/guest/init.sh reads them.
 * @param boot `format` only when the host has just created the data disk: the one case in which the guest may format
 */
export function guestConfig(
  settings: VmSettings,
  facts: Pick<GuestFacts, 'secret' | 'network' | 'folders' | 'sharing'>,
  boot: { format: boolean; env?: NodeJS.ProcessEnv; now?: number },
): string {
  const { network } = facts;
  const proxy = proxyOf(settings, boot.env ?? process.env);
  const optional = (key: string, value: string) => (value ? line(key, value) : '');
  return [
    line('secret', facts.secret),
    boot.format ? line('format', '1') : '',
    line('clock', String(Math.floor((boot.now ?? Date.now()) / 1000))),
    line('address', `${network.guest}/${network.block.split('/')[1]}`),
    line('gateway', network.gateway),
    line('resolver', network.dns),
    ...(settings.dns ?? []).map((server) => line('dns', server)),
    line('host_access', settings.hostAccess ? '1' : '0'),
    optional('http_proxy', proxy.http),
    optional('https_proxy', proxy.https),
    optional('no_proxy', proxy.except),
    line('share_way', facts.sharing),
    line('swap', String(settings.swapMiB)),
    // In base64 it has no line breaks.
    optional('engine_config', Buffer.from(settings.engineConfig).toString('base64')),
    ...facts.folders.map(({ path, writable }, index) =>
      line('share', `${shareTag(index)}:${writable ? 'rw' : 'ro'}:${guestPath(path)}`),
    ),
  ].join('');
}

/** All certificate authorities of the settings in one file's text; empty without any. */
export async function certificates(settings: Pick<VmSettings, 'certificates'>): Promise<string> {
  const files = await Promise.all(
    settings.certificates.map(async (path) => {
      const text = await readFile(path, 'utf8').catch((error: unknown) => String(error));
      if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
      throw new ProblemError({
        code: 'vm-bad-certificate',
        title: 'A certificate for the virtual machine cannot be used',
        explanation: `${path} is not a PEM file with a certificate, or cannot be read. Take it out of the list, or choose another file.`,
        actions: [{ kind: 'open', label: 'Open network settings', page: 'settings', target: 'network' }],
      });
    }),
  );
  return files.join('\n');
}
