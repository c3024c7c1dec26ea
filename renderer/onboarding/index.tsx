import { ToastRegion } from '../ui/ToastRegion';
import { TooltipLayer } from '../ui/TooltipLayer';
import { ContainerStep } from './ContainerStep';
import { EngineStep } from './EngineStep';
import type { Step } from './useOnboarding';
import { WelcomeStep } from './WelcomeStep';

/** The first steps of somebody who has never run a container, in place of the window. */
export default function Onboarding({ step }: { step: Exclude<Step, 'done'> }) {
  return (
    <>
      {step === 'welcome' && <WelcomeStep />}
      {step === 'engine' && <EngineStep />}
      {step === 'container' && <ContainerStep />}
      <ToastRegion />
      <TooltipLayer />
    </>
  );
}
