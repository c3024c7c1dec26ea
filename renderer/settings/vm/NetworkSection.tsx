import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { IconButton } from '#ui/IconButton';
import { RadioGroup } from '#ui/RadioGroup';
import { SegmentedControl } from '#ui/SegmentedControl';
import { Switch } from '#ui/Switch';
import { TextField } from '#ui/TextField';
import { api } from '../../data/client';
import { SectionHead, WideRow } from '../parts';
import { useVmSettings } from './draft';
import { NameServers } from './NameServers';
import { OpenPorts } from './OpenPorts';
import { PathAdder } from './PathAdder';
import { ProxyTest } from './ProxyTest';
import { proxyProblem } from './rules';
import { VmNotice } from './VmNotice';

/** How the engine in the VM reaches out, and who reaches in. */
export function NetworkSection() {
  const { shown } = useVmSettings();
  const { data: host } = useQuery(api.vm.host.queryOptions());
  return (
    <>
      <SectionHead title="Network" about="How the engine reaches out and who reaches in" />
      <VmNotice host={host} />
      {shown && (
        <>
          <section className="card divide-y divide-line" aria-label="Connections">
            <ProxyRow />
            <PublishedPorts />
            <HostAccess />
            <NameServers />
            <Certificates />
          </section>
          <OpenPorts />
        </>
      )}
    </>
  );
}

function ProxyRow() {
  const { shown, edit } = useVmSettings();
  if (!shown) return null;
  const { proxy } = shown;
  const set = (part: Partial<typeof proxy>) => edit({ proxy: { ...proxy, ...part } });
  const field = (key: 'http' | 'https' | 'except', label: string, placeholder: string) => (
    <TextField
      label={label}
      layout="left"
      mono
      value={proxy[key]}
      onChange={(text) => set({ [key]: text.trim() })}
      placeholder={placeholder}
      error={key === 'except' ? undefined : proxyProblem(proxy[key])}
    />
  );
  return (
    <WideRow setting="proxy">
      <SegmentedControl
        label="Proxy"
        value={proxy.mode}
        onChange={(mode) => set({ mode })}
        segments={[
          { value: 'none', label: 'None' },
          { value: 'system', label: 'As this computer' },
          { value: 'manual', label: 'By hand' },
        ]}
      />
      {proxy.mode === 'manual' && (
        <div className="grid gap-2 mt-3 [--field-label:56px]">
          {field('http', 'HTTP', 'http://proxy.example:3128')}
          {field('https', 'HTTPS', 'http://proxy.example:3128')}
          {field('except', 'Except', 'localhost, *.example')}
        </div>
      )}
      {proxy.mode === 'system' && (
        <p className="help mt-2">The one that HTTP_PROXY and HTTPS_PROXY name where Gantry was started.</p>
      )}
      <ProxyTest />
    </WideRow>
  );
}

function PublishedPorts() {
  const { kept, setNow } = useVmSettings();
  return (
    <WideRow setting="portsOn">
      <RadioGroup
        label="Published ports"
        labelHidden
        cards
        beside
        value={kept?.portsOn ?? 'loopback'}
        onChange={(portsOn) => setNow({ portsOn })}
        options={[
          {
            value: 'loopback',
            label: 'This computer only',
            help: 'Ports listen on 127.0.0.1. Nobody else can connect.',
          },
          {
            value: 'network',
            label: 'The whole network',
            help: 'Ports listen on all addresses. Others in your network can connect.',
          },
        ]}
      />
      <p className="help mt-2">
        For ports that open from now on. A port that names its own address keeps it.
      </p>
    </WideRow>
  );
}

function HostAccess() {
  const { kept, setNow } = useVmSettings();
  const on = kept?.hostAccess ?? false;
  return (
    <WideRow setting="hostAccess">
      <Switch on={on} onChange={(hostAccess) => setNow({ hostAccess })}>
        <span>
          As <code className="mono">host.docker.internal</code>
        </span>
      </Switch>
      <p className="help mt-2">
        {on
          ? 'Any container can now talk to every program that listens on this computer, such as a database without a password. Turn it off if you run images that you do not trust.'
          : 'Off is safer: a harmful container cannot reach programs here that trust this computer.'}
      </p>
    </WideRow>
  );
}

function Certificates() {
  const { shown, edit } = useVmSettings();
  if (!shown) return null;
  const { certificates } = shown;
  return (
    <WideRow setting="certificates">
      {certificates.length > 0 && (
        <ul className="mb-2 rounded-7 border border-line divide-y divide-line">
          {certificates.map((path) => (
            <li key={path} className="flex items-center gap-2 pl-3 pr-1 h-9">
              <bdi className="mono truncate">{path}</bdi>
              <span className="ml-auto">
                <IconButton
                  size="sm"
                  aria-label={`Remove ${path}`}
                  onPress={() => edit({ certificates: certificates.filter((other) => other !== path) })}
                >
                  <X size={14} />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      <PathAdder
        label="File of a certificate authority"
        what="file"
        placeholder="/home/me/company-ca.pem"
        known={certificates}
        onAdd={(path) => edit({ certificates: [...certificates, path] })}
      />
      <p className="help mt-2">A text file that begins with BEGIN CERTIFICATE (PEM).</p>
    </WideRow>
  );
}
