import type { Image } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { useCommandStrip } from '#ui/commandStrip';
import { referenceOf } from '../names';

/** The command that shows the same as the open tab. */
export function ImageStrip({ image, layers }: { image: Image; layers: boolean }) {
  const name = referenceOf(image);
  const command = layers ? commands.images.layers(name) : commands.images.inspect(name);
  useCommandStrip({ same: commandArguments(command) });
  return null;
}
