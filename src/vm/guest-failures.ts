/** What the guest's init says when it cannot go on (src/guest/init.sh), as a problem's code and its cause in words. */
const causes: Record<string, string> = {
  'no-tool':
    'A program is missing inside the image. Your disk was not touched. Install Gantry again, or build the image again.',
  'not-formatted':
    'The disk has no file system, and Gantry only formats a disk that it has just created. If it never held anything, reset the virtual machine.',
  'foreign-file-system':
    'The disk holds a file system that is not one of Gantry. It was left as it is. Move it away, or reset the virtual machine.',
  'damaged-file-system':
    'The file system on the disk is damaged in a way that cannot be repaired without a choice. Only what is safe to repair was changed. Make a copy of the disk file before you do anything else.',
  'disk-full': 'The disk is full. Give it more room in the settings under Resources.',
  'engine-ended': 'Docker Engine ended while it was starting.',
  'share-failed': 'A folder of this computer could not be mounted.',
};

/** @param text what the guest says besides, word for word */
export function guestFailure(reason: string, text: string): { code: string; cause: string } {
  const known = causes[reason];
  return { code: `vm-${reason}`, cause: known ? `${known}${text ? ` (${text})` : ''}` : `${reason} ${text}` };
}
