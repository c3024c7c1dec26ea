import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base';
import { container } from './containers';
import { engineState } from './engine';
import { image } from './images';
import { network } from './networks';
import { volume } from './volumes';

const change = <T extends z.ZodType>(item: T) => z.object({ set: z.array(item), gone: z.array(z.string()) });

/**
 * The engine's objects as they are now, then what changes: at most one batch per 50 ms. Objects are keyed by id,
 * volumes by name. What waits for its deletion (see containers.remove) is gone from here already.
 */
export const projectionBatch = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('reset'),
    engine: engineState,
    containers: z.array(container),
    images: z.array(image),
    volumes: z.array(volume),
    networks: z.array(network),
    /** False until the first list of this engine was read: show loading, not "nothing here". */
    loaded: z.boolean(),
  }),
  z.object({
    type: z.literal('patch'),
    engine: engineState.optional(),
    containers: change(container).optional(),
    images: change(image).optional(),
    volumes: change(volume).optional(),
    networks: change(network).optional(),
  }),
]);
export type ProjectionBatch = z.infer<typeof projectionBatch>;

export const projectionContract = {
  watch: procedure.output(eventIterator(projectionBatch)),
};
