# The tiny PC guest of probe-image.ts:
#   as --32 -o probe.o probe.S && objcopy -O binary -j .text probe.o probe.bin && xxd -p probe.bin
# A multiboot image in 32-bit mode with its addresses in the header (flag 16), so that it needs no ELF header.
.set MAGIC, 0x1BADB002
.set FLAGS, 0x00010000
.set BASE, 0x00100000
.code32
header:
 .long MAGIC, FLAGS, -(MAGIC + FLAGS)
# Where the header is, where to load from and to, where the memory to clear ends, where to begin.
 .long BASE, BASE, BASE + (end - header), BASE + (end - header), BASE + (start - header)
start:
 movl $20000000, %ecx
1: decl %ecx
 jnz 1b
# The port of isa-debug-exit: QEMU ends with code 2 * 0x10 + 1.
 movw $0xf4, %dx
 movl $0x10, %eax
 outl %eax, %dx
2: hlt
 jmp 2b
end:
