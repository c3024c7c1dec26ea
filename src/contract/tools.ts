import { z } from 'zod';
import { procedure } from './base';

export const toolName = z.enum(['gantry', 'docker', 'docker-compose', 'docker-buildx']);
export type ToolName = z.infer<typeof toolName>;

/** A command for the terminal that Gantry can put where the shell, or the docker command, finds it. */
const tool = z.object({
  name: toolName,
  /** Where its link is, or would be: `~/.local/bin/docker`, written out. */
  link: z.string(),
  state: z.enum([
    /** Gantry's link is there. */
    'linked',
    /** It is nowhere. */
    'absent',
    /** It is there without Gantry's link: nothing is put beside it or in its place. */
    'other',
  ]),
  /** What is there instead, while it is `other`. */
  found: z.string().nullable(),
  /** Debian's version of what is linked; null for `gantry`, and while nothing is. */
  version: z.string().nullable(),
  /** The version that installing again brings, where it is another one. */
  newer: z.string().nullable(),
  /** Why it cannot be put there while it is `absent`, and what can be done instead; null when it can. */
  why: z.string().nullable(),
});
export type Tool = z.infer<typeof tool>;

export const tools = z.object({
  tools: z.array(tool),
  /** The folder of the links when this program's PATH does not name it: a shell would not find them. */
  notOnPath: z.string().nullable(),
});
export type Tools = z.infer<typeof tools>;

export const toolsContract = {
  status: procedure.output(tools),
  /**
   * Puts there what is absent, and renews what is linked. The docker command and its plugins are copied out of the
   * guest image into Gantry's folder, which takes seconds and up to 160 MB. Fails with `vm-image-damaged`,
   * `program-unusable` (they do not run on this system), `disk-full`, `tools-not-linked` (a folder takes no links).
   */
  install: procedure.output(tools),
  /** Takes Gantry's links away, and the copies that they led to. */
  remove: procedure.output(tools),
};
