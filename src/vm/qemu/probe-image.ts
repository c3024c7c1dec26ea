/** A guest that does nothing but end QEMU, and how it is run. */
export interface ProbeImage {
  bytes: Buffer;
  args: string[];
  /** QEMU's, when the guest ran to its end. */
  exitCode: number;
}

/**
 * For PCs, assembled from `probe.S` beside this file. It counts down from 20 million, as some accelerators hang only
 * after a while, and then ends QEMU through its device `isa-debug-exit`.
 */
export const pcProbe: ProbeImage = {
  bytes: Buffer.from(
    '02b0ad1b00000100fe4f51e40000100000001000350010003500100020001000' +
      'b9002d31014975fd66baf400b810000000eff4ebfd',
    'hex',
  ),
  args: ['-machine', 'q35', '-m', '32', '-device', 'isa-debug-exit,iobase=0xf4,iosize=0x04'],
  exitCode: 33,
};

/**
 * For arm64: `movz w0, #0x8; movk w0, #0x8400, lsl #16; hvc #0; b .`, which is the call SYSTEM_OFF of the firmware
 * interface PSCI. It has not run on a real accelerator yet.
 */
export const armProbe: ProbeImage = {
  bytes: Buffer.from('000180520080b072020000d400000014', 'hex'),
  args: ['-machine', 'virt', '-cpu', 'host', '-m', '64'],
  exitCode: 0,
};
