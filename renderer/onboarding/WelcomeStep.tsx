import { ArrowRight, Box, HardDrive, Layers, Lock, type LucideIcon, MoveRight } from 'lucide-react';
import { Fragment } from 'react';
import { Button } from '#ui/Button';
import { Frame } from './Frame';
import { useOnboarding } from './useOnboarding';

const words: readonly { word: string; icon: LucideIcon; meaning: string; leadsTo?: string }[] = [
  {
    word: 'Image',
    icon: Layers,
    meaning: 'A read-only template with everything a program needs. You download it once.',
    leadsTo: 'run',
  },
  {
    word: 'Container',
    icon: Box,
    meaning: 'A running copy of an image. Stop it, restart it, throw it away.',
    leadsTo: 'keeps',
  },
  {
    word: 'Volume',
    icon: HardDrive,
    meaning: 'Storage that stays when the container goes. A database lives here.',
  },
];

/** What this is about, in three words. */
export function WelcomeStep() {
  const { go } = useOnboarding();
  return (
    <Frame
      step="welcome"
      crane={{ progress: 0, state: 'carrying' }}
      foot={
        <>
          <Button variant="quiet" size="lg" onPress={() => go('done')}>
            Skip the introduction
          </Button>
          <span className="ml-auto">
            <Button variant="primary" size="lg" autoFocus onPress={() => go('engine')}>
              Set up Gantry
              <ArrowRight size={16} aria-hidden="true" />
            </Button>
          </span>
        </>
      }
    >
      <h1 className="text-28 font-strong tracking-[-0.02em] mt-auto">Run Linux software in tidy boxes.</h1>
      <p className="text-14 text-fg2 mt-3 max-w-[560px]">
        Gantry works with a Docker Engine: one that is on this computer already, or its own in a small Linux
        machine. Containers stay inside it, and your files stay out of it unless you share a folder.
      </p>
      <h2 className="h2 mt-10 mb-3">Three words, and you know the rest</h2>
      <div className="grid grid-cols-[1fr_64px_1fr_64px_1fr] max-[1039px]:grid-cols-[1fr_48px_1fr_48px_1fr] items-stretch">
        {words.map(({ word, icon: Icon, meaning, leadsTo }) => (
          <Fragment key={word}>
            <div className="card p-4">
              <span className="mg !w-9 !h-9 text-accent-fg" aria-hidden="true">
                <Icon size={18} />
              </span>
              <h3 className="font-strong text-14 mt-3">{word}</h3>
              <p className="text-fg2 text-12 leading-[18px] mt-0.5">{meaning}</p>
            </div>
            {leadsTo && (
              <div
                className="self-center text-center text-11 text-fg3 grid justify-items-center gap-0.5"
                aria-hidden="true"
              >
                {leadsTo}
                <MoveRight size={26} strokeWidth={1.25} />
              </div>
            )}
          </Fragment>
        ))}
      </div>
      <p className="mt-auto mb-6 pt-8 flex items-center gap-2.5 text-fg2">
        <Lock size={15} className="text-fg3" aria-hidden="true" />
        Free and open source. No account, no telemetry.
      </p>
    </Frame>
  );
}
