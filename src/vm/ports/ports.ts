import type { OpenPort } from '#contract/vm';
import type { Lease } from '../link/link';
import { Turns } from '../turns';
import { within } from '../within';
import { familyOf, isAnyAddress, isMissingFamily, type ListenAddress, listenAddresses } from './addresses';
import { codeOf, type Dial, type Listener } from './listener';
import { refusal } from './refusal';
import { listenTcp } from './tcp';
import { listenUdp } from './udp';

/** After the link was lost, ports go on listening for so long, in milliseconds: the next one announces them again. */
const linkGraceMs = 5000;

/** A port of a container that is about to end is waited for so long, in milliseconds: its end may be on its way. */
const handOverMs = 1000;

export interface PortsOptions {
  /** Who may connect to ports that are published without an address. Asked whenever a port is opened. */
  where(): 'loopback' | 'network';
  /** Called for each connection. */
  dial: Dial;
}

/** One of a published port's holders: a container publishes once for each family of addresses. */
interface Holder {
  target: string;
  /** Null once the link was lost. */
  lease: Lease | null;
  grace: NodeJS.Timeout | undefined;
}

interface PublishedPort {
  protocol: 'tcp' | 'udp';
  port: number;
  holders: Map<4 | 6, Holder>;
  listeners: Listener[];
}

/** The host's side of published ports: listens for as long as a container holds the lease, and passes on. */
export class Ports {
  readonly #options: PortsOptions;
  readonly #open = new Map<string, PublishedPort>();
  /** Opening and closing go one after the other. */
  readonly #turns = new Turns();

  constructor(options: PortsOptions) {
    this.#options = options;
  }

  /** Takes a lease and answers it: granted once it is listened on, or refused with the reason. */
  take(lease: Lease): void {
    void this.#take(lease);
  }

  list(): OpenPort[] {
    return [...this.#open.values()].map(({ protocol, port, holders, listeners }) => ({
      protocol,
      addresses: listeners.map(({ address }) => address),
      port,
      target: (holders.get(4) ?? holders.get(6))?.target ?? '',
    }));
  }

  /** Ends all listening and all connections. */
  async close(): Promise<void> {
    await this.#turns.take(async () => {
      await Promise.all([...this.#open].map(([key, port]) => this.#shut(key, port)));
    });
  }

  async #take(lease: Lease): Promise<void> {
    const { protocol, hostAddress, hostPort, target } = lease;
    const key = `${protocol} ${hostPort} ${isAnyAddress(hostAddress) ? 'any' : hostAddress}`;
    const family = familyOf(hostAddress);
    const before = this.#open.get(key)?.holders.get(family)?.lease;
    if (before) await within(handOverMs, before.ended);
    await this.#turns.take(async () => {
      const port = this.#open.get(key) ?? { protocol, port: hostPort, holders: new Map(), listeners: [] };
      const old = port.holders.get(family);
      if (old?.lease) {
        lease.refuse(refusal({ address: hostAddress, port: hostPort, protocol, code: 'EADDRINUSE' }));
        return;
      }
      clearTimeout(old?.grace);
      const holder: Holder = { target, lease, grace: undefined };
      port.holders.set(family, holder);
      this.#open.set(key, port);
      try {
        if (port.listeners.length === 0) await this.#listen(port, hostAddress);
      } catch (error) {
        await this.#shut(key, port);
        lease.refuse(error instanceof Error ? error.message : String(error));
        return;
      }
      lease.grant();
      void lease.ended.then((how) => this.#leave(key, port, family, holder, how));
    });
  }

  /** Opens all addresses or none. @throws Error with the text for the user of docker */
  async #listen(port: PublishedPort, hostAddress: string): Promise<void> {
    for (const where of listenAddresses(hostAddress, this.#options.where())) {
      const listener = await this.#listenOn(port, where);
      if (listener) port.listeners.push(listener);
    }
  }

  async #listenOn(port: PublishedPort, where: ListenAddress): Promise<Listener | null> {
    const { address } = where;
    const [own, other] = familyOf(address) === 6 ? ([6, 4] as const) : ([4, 6] as const);
    try {
      return await (port.protocol === 'tcp' ? listenTcp : listenUdp)({
        address,
        port: port.port,
        dial: this.#options.dial,
        target: () => (port.holders.get(own) ?? port.holders.get(other))?.target ?? '',
      });
    } catch (error) {
      const code = codeOf(error);
      if (isMissingFamily(where, code)) return null;
      throw new Error(refusal({ address, port: port.port, protocol: port.protocol, code }), { cause: error });
    }
  }

  #leave(
    key: string,
    port: PublishedPort,
    family: 4 | 6,
    holder: Holder,
    how: 'released' | 'link-lost',
  ): void {
    const release = () =>
      void this.#turns.take(async () => {
        // Announced again in the meantime?
        if (port.holders.get(family) !== holder) return;
        port.holders.delete(family);
        if (port.holders.size === 0) await this.#shut(key, port);
      });
    holder.lease = null;
    if (how === 'released') release();
    else holder.grace = setTimeout(release, linkGraceMs);
  }

  async #shut(key: string, port: PublishedPort): Promise<void> {
    this.#open.delete(key);
    for (const holder of port.holders.values()) clearTimeout(holder.grace);
    port.holders.clear();
    await Promise.all(port.listeners.splice(0).map((listener) => listener.close()));
  }
}
