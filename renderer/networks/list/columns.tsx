import type { Network } from '#contract';
import type { Column } from '#ui/DataTable';
import { madeBy } from '../members';
import { ActionsCell, AddressesCell, ContainersCell, MadeByCell, NameCell } from './cells';

/** Below this width of the window, what the panel says too gives way. */
const NARROW = 1040;

const name: Column<Network> = {
  id: 'name',
  header: 'Name',
  width: 'minmax(190px, 1.2fr)',
  sort: (network) => network.name.toLowerCase(),
  cell: (network) => <NameCell network={network} />,
};
const maker: Column<Network> = {
  id: 'maker',
  header: 'Made by',
  width: 'minmax(90px, 0.5fr)',
  hideBelow: NARROW,
  sort: (network) => madeBy(network) || null,
  cell: (network) => <MadeByCell network={network} />,
};
const driver: Column<Network> = {
  id: 'driver',
  header: 'Driver',
  width: 82,
  sort: (network) => network.driver,
  cell: (network) => <span className="text-fg2 block truncate">{network.driver}</span>,
};
const addresses: Column<Network> = {
  id: 'addresses',
  header: 'Addresses',
  width: 136,
  hideBelow: NARROW,
  sort: ({ subnets }) => subnets[0]?.subnet,
  cell: (network) => <AddressesCell network={network} />,
};
const containers: Column<Network> = {
  id: 'containers',
  header: 'Containers',
  width: 'minmax(110px, 1.1fr)',
  cell: (network) => <ContainersCell network={network} />,
};
const actions: Column<Network> = {
  id: 'actions',
  header: '',
  width: 48,
  cell: (network) => <ActionsCell network={network} />,
};

export const allColumns: readonly Column<Network>[] = [name, maker, driver, addresses, containers, actions];
/** Beside the open panel there is less room, and the panel says the rest. */
export const columnsBesidePanel: readonly Column<Network>[] = [name, addresses, containers, actions];

/** Headers of what is on its way, before there are rows. */
export const loadingHeaders = ['Name', 'Made by', 'Driver', 'Addresses', 'Containers'];
