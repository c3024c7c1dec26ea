import { homedir } from 'node:os';
import { guestImage } from '../vm-files';
import { systemPluginFolders } from './list';
import { ownCommand } from './own-command';

/** What the tools' places depend on. */
export interface ToolsAround {
  /** Gantry's. */
  dataFolder: string;
  /** Folder of the guest image. */
  image: string;
  /** The file that is Gantry's own command; null where no link can lead to it. */
  command: string | null;
  env: NodeJS.ProcessEnv;
  home: string;
  platform: NodeJS.Platform;
  pluginFolders: readonly string[];
}

export const toolsAround = (dataFolder: string): ToolsAround => ({
  dataFolder,
  image: guestImage(),
  command: ownCommand(),
  env: process.env,
  home: homedir(),
  platform: process.platform,
  pluginFolders: systemPluginFolders,
});
