import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { timeLimit } from '#contract/time-limit';
import { hasTray, trayComes } from '#desktop/tray-host';
import { noPanel, openTrayPanel, type TrayPanel, whyNoPanel } from '../../harness/tray-panel';

const missing = whyNoPanel();

describe.skipIf(missing)(`a tray that comes late${missing ? ` (not run: ${missing})` : ''}`, () => {
  let panel: TrayPanel;

  beforeEach(async () => {
    panel = await openTrayPanel({ late: true });
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', panel.address);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await panel[Symbol.asyncDispose]();
  });

  it('is seen once its panel takes its name', async () => {
    expect(await hasTray()).toBe(false);
    const coming = trayComes(timeLimit(10_000));
    // The bus has heard what is waited for: it answers in order.
    expect(await hasTray()).toBe(false);
    await panel.come();
    expect(await coming).toBe(true);
    expect(await hasTray()).toBe(true);
    expect(await trayComes(timeLimit(10_000)), 'it is there already').toBe(true);
  });

  it('is seen when a panel joins a watcher that is there without one', async () => {
    panel.showIcons(false);
    await panel.come();
    expect(await hasTray()).toBe(false);
    const coming = trayComes(timeLimit(10_000));
    expect(await hasTray()).toBe(false);
    panel.showIcons(true);
    expect(await coming).toBe(true);
  });

  it('is waited for no longer than the limit, and not where there is no bus', async () => {
    expect(await trayComes(timeLimit(100))).toBe(false);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', noPanel);
    expect(await trayComes(timeLimit(60_000))).toBe(false);
  });
});
