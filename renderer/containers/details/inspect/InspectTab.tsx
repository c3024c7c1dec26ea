import type { Container } from '#contract';
import { commandArguments, commands } from '#contract/commands';
import { client } from '../../../data/client';
import { EngineAnswer } from '../../../inspect/EngineAnswer';
import { useCommandStrip } from '../../../ui/commandStrip';

/** The engine's own answer about the container; read again when its state changes. */
export default function InspectTab({ container }: { container: Container }) {
  const { id, name, state, startedAt, finishedAt, health } = container;
  useCommandStrip({ same: commandArguments(commands.containers.inspect(name)) });
  return (
    <EngineAnswer
      of={['container', id, name, state, String(startedAt), String(finishedAt), health]}
      name={name}
      load={(signal) => client.containers.inspect({ id }, { signal })}
    />
  );
}
