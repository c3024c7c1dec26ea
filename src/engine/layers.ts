import { z } from 'zod';
import type { ImageLayer } from '#contract';

/** An entry of `GET /images/{id}/history`, newest first. */
export const historyEntry = z.object({
  Id: z.string(),
  /** Seconds since 1970. */
  Created: z.number(),
  CreatedBy: z.string(),
  Tags: z.array(z.string()).nullish(),
  Size: z.number(),
  Comment: z.string(),
});

/**
 * The Dockerfile's line behind what the builder noted: the classic builder wraps RUN in a shell and marks all others
 * with `#(nop)`, BuildKit writes them as they are and adds a comment of its own.
 */
export function instructionOf(createdBy: string): string {
  const text = createdBy.trim();
  const nop = /^\/bin\/sh -c #\(nop\)\s+(.*)$/s.exec(text)?.[1];
  if (nop !== undefined) return nop.replace(/^(ADD|COPY) (?:file|dir|multi):[0-9a-f]+ in /, '$1 ').trim();
  const shell = /^(?:\|\d+ .*? )?\/bin\/sh -c (.*)$/s.exec(text)?.[1];
  if (shell !== undefined) return `RUN ${shell.trim()}`;
  const runShell = /^RUN (?:\|\d+ .*? )?\/bin\/sh -c (.*?)(?:\s*# buildkit)?$/s.exec(text)?.[1];
  if (runShell !== undefined) return `RUN ${runShell.trim()}`;
  return text.replace(/\s*# buildkit$/, '');
}

/** Instructions that change only the image's configuration and so make no layer. */
const makesNoLayer =
  /^(?:ENV|CMD|ENTRYPOINT|EXPOSE|LABEL|USER|VOLUME|STOPSIGNAL|ARG|MAINTAINER|SHELL|HEALTHCHECK|ONBUILD|WORKDIR)\b/;

/**
 * The image's layers, oldest first, with the instruction of each. The engine gives history and layers apart: layers
 * belong, in order, to the entries that have content; one that is empty (`WORKDIR` of a folder that was there, say)
 * can have a layer or none, so leftover layers go to the empty entries that could have made one.
 * @param digests of the layers, oldest first (`RootFS.Layers`)
 */
export function layersOf(history: z.infer<typeof historyEntry>[], digests: string[]): ImageLayer[] {
  const entries = [...history]
    .reverse()
    .map((entry) => ({ entry, instruction: instructionOf(entry.CreatedBy) }));
  const withContent = entries.filter(({ entry }) => entry.Size > 0).length;
  let spare = Math.max(0, digests.length - withContent);
  let next = 0;
  return entries.map(({ entry, instruction }) => {
    const couldBeEmptyLayer = entry.Size === 0 && spare > 0 && !makesNoLayer.test(instruction);
    const hasLayer = entry.Size > 0 || couldBeEmptyLayer;
    if (couldBeEmptyLayer) spare -= 1;
    const digest = hasLayer ? (digests[next] ?? '') : '';
    if (hasLayer) next += 1;
    return {
      digest,
      sizeBytes: entry.Size,
      createdAt: entry.Created * 1000,
      instruction,
      createdBy: entry.CreatedBy,
      comment: entry.Comment,
      tags: entry.Tags ?? [],
    };
  });
}
