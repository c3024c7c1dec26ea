const needed = [
  ...['sh', 'mount', 'ip', 'modprobe', 'switch_root', 'fstrim'],
  ...['fallocate', 'mkswap', 'swapoff', 'swapon', 'base64', 'mkfifo'],
];

/**
 * The commands of a busybox, read from the table of names in the program: one of another architecture cannot be asked.
 * The table begins with `[` and `[[`, is sorted, and ends with an empty name (libbb/appletlib.c).
 */
export function appletsOf(program: Buffer): string[] {
  const start = program.indexOf('[\0[[\0', 0, 'latin1');
  const end = program.indexOf('\0\0', start, 'latin1');
  const names = start < 0 ? [] : program.subarray(start, end).toString('latin1').split('\0');
  const missing = needed.filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`This busybox has no ${missing.join(', no ')}.`);
  return names.filter((name) => /^[\w.[-]+$/.test(name) && name !== 'busybox');
}
