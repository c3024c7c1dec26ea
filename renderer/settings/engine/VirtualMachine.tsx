import { useState } from 'react';
import type { VmDetails, VmState } from '#contract';
import { Button } from '#ui/Button';
import { CopyButton } from '#ui/CopyButton';
import { Fold } from '#ui/Fold';
import { type KeyValue, KeyValueList } from '#ui/KeyValueList';
import { ProblemBanner } from '#ui/ProblemView';
import { Said } from '#ui/Said';
import { StateLabel } from '#ui/StateGlyph';
import { useClock } from '../../data/clock';
import { useVm, useVmDetails } from '../../data/vm';
import { runVmAction } from '../../engine/orders';
import { useVmOrders } from '../../engine/useVmOrders';
import { lookOfVm } from '../../engine/vmWords';
import { Term } from '../../terms/Term';
import { formatDate, plural } from '../../ui/format';
import { gigabytes } from '../vm/changes';
import { BootTimeLine } from './BootTimeLine';
import { engineVersionOf } from './facts';
import { ResetDialog } from './ResetDialog';

/** What Gantry's VM is made of, how it started, what it said, and the way to begin anew. */
export function VirtualMachine() {
  const vm = useVm();
  const details = useVmDetails(vm && vm.status !== 'absent' ? `${vm.status} ${vm.step?.name ?? ''}` : null);
  if (!vm || vm.status === 'absent') return null;
  return (
    <section aria-labelledby="virtual-machine" className="mt-7">
      <h3 className="h2 mb-2" id="virtual-machine">
        Virtual machine
      </h3>
      <div className="card divide-y divide-line">
        <StateRow vm={vm} version={details && engineVersionOf(details)} />
        {vm.problem && (
          <div className="px-3 py-3">
            <ProblemBanner problem={vm.problem} onAction={(action) => void runVmAction(action)} />
          </div>
        )}
        <div className="px-5 py-3.5">
          <KeyValueList items={factsOf(vm, details)} labelWidth={124} />
        </div>
        {details && details.timeLine.length > 1 && (
          <div className="px-5 py-3">
            <Fold title="The last start, step by step" note={startedIn(vm)}>
              <BootTimeLine timeLine={details.timeLine} totalMs={vm.startedInMs} />
            </Fold>
          </div>
        )}
        {details?.guest && details.guest.packages.length > 0 && (
          <div className="px-5 py-3">
            <Fold title="What is inside" note={plural(details.guest.packages.length, 'package')}>
              <Packages guest={details.guest} />
            </Fold>
          </div>
        )}
        {details && details.serialLog !== '' && (
          <div className="px-5 py-3">
            <Fold
              title="What it said last"
              note="its serial line, where a Linux tells what it does"
              end={<CopyButton label="Copy the log" text={details.serialLog} />}
            >
              <Said label="What the virtual machine said last" text={lastLines(details.serialLog)} tall />
            </Fold>
          </div>
        )}
        <ResetRow />
      </div>
    </section>
  );
}

const LINES = 200;
const lastLines = (log: string) => log.trimEnd().split('\n').slice(-LINES).join('\n');

const startedIn = ({ startedInMs }: VmState) =>
  startedInMs === null ? undefined : `${(startedInMs / 1000).toFixed(1)} s`;

function StateRow({ vm, version }: { vm: VmState; version: string | undefined }) {
  const look = lookOfVm(vm, version, useClock());
  const { orders, dialog } = useVmOrders(vm);
  return (
    <div className="flex items-center gap-4 px-5 py-3">
      <div className="min-w-0">
        <div className="font-medium">
          <StateLabel state={look.glyph} word={look.title} />
        </div>
        <div className="help">{[look.detail, vm.reason].filter(Boolean).join('. ')}</div>
      </div>
      <span className="ml-auto flex gap-2 shrink-0">
        {orders.map(({ verb, label, act }) => (
          <Button key={verb} size="sm" onPress={act}>
            {label}
          </Button>
        ))}
      </span>
      {dialog}
    </div>
  );
}

const acceleratorNames = {
  kvm: 'KVM, Linux’s own',
  hvf: 'Hypervisor, macOS’ own',
  whpx: 'Hyper-V, Windows’ own',
  tcg: 'None: QEMU emulates the processor',
} as const;

function factsOf(vm: VmState, details: VmDetails | undefined): KeyValue[] {
  const { accelerator, resources, crashes } = vm;
  return [
    ...(accelerator
      ? [
          {
            label: 'Accelerator',
            value: (
              <>
                {acceleratorNames[accelerator.name]}
                <span className="help block">
                  {accelerator.why} An accelerator lets the processor itself run the VM, which is many times
                  faster.
                </span>
              </>
            ),
          },
        ]
      : []),
    ...(resources
      ? [
          {
            label: 'Has',
            value: `${plural(resources.processors, 'core')}, ${gigabytes(resources.memoryMiB)} of memory, ${resources.swapMiB === 0 ? 'no swap' : `${gigabytes(resources.swapMiB)} of swap`}`,
          },
        ]
      : []),
    ...(details?.qemuVersion
      ? [{ label: 'Made by', value: `QEMU ${details.qemuVersion}, the program that is the machine` }]
      : []),
    ...(details?.guest
      ? [
          {
            label: 'Linux',
            value: `Image ${details.guest.id.slice(0, 12)} for ${details.guest.arch}, built ${formatDate(details.guest.builtAt)}`,
          },
        ]
      : []),
    ...(details
      ? [
          {
            label: 'Docker context',
            term: <Term id="context" />,
            value: <Copied text={details.context} what="context" />,
          },
          { label: 'Socket', value: <Copied text={details.socket} what="socket" /> },
        ]
      : []),
    ...(crashes.count > 0
      ? [
          {
            label: 'Ended by itself',
            value: `${crashes.count === 1 ? 'once' : `${crashes.count} times`}${crashes.last ? `, last: ${crashes.last}` : ''}`,
          },
        ]
      : []),
  ];
}

function Copied({ text, what }: { text: string; what: string }) {
  return (
    <span className="flex items-start gap-1 -my-[3px]">
      <bdi className="mono wrap-anywhere pt-[3px]">{text}</bdi>
      <CopyButton label={`Copy ${what}`} text={text} />
    </span>
  );
}

function Packages({ guest }: { guest: NonNullable<VmDetails['guest']> }) {
  return (
    <div className="mt-2 rounded-7 border border-line max-h-[280px] overflow-auto">
      <table className="tbl [--g-row:28px]" aria-label="Packages in the virtual machine">
        <thead>
          <tr>
            <th>Package</th>
            <th>Version</th>
            <th>Licence</th>
          </tr>
        </thead>
        <tbody>
          {guest.packages.map(({ name, version, licence }) => (
            <tr key={name}>
              <td className="mono">{name}</td>
              <td className="mono text-fg2">{version}</td>
              <td className="text-fg3 text-12">{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ResetRow() {
  const [open, setOpen] = useState(false);
  return (
    <div className="flex items-center gap-4 px-5 py-3">
      <div className="min-w-0">
        <div className="lbl">Begin anew</div>
        <div className="help">
          Deletes the VM’s disk with all its containers, images and volumes. Nothing else on this computer
          changes.
        </div>
      </div>
      <span className="ml-auto shrink-0">
        <Button size="sm" className="!text-danger-fg" onPress={() => setOpen(true)}>
          Reset…
        </Button>
      </span>
      {open && <ResetDialog onClose={() => setOpen(false)} />}
    </div>
  );
}
