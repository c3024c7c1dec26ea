import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { commandArguments, commands } from '#contract/commands';
import { IconButton } from '#ui/IconButton';
import { client } from '../../../data/client';
import { problemOf } from '../../../data/problems';
import { plural } from '../../../ui/format';
import { cutTip } from '../../../ui/tip';
import { Card } from '../Card';

/** The processes inside; read again when their number changes, which the figures tell. */
export function ProcessTable({ id, name, count }: { id: string; name: string; count: number | null }) {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['container processes', id, count],
    queryFn: ({ signal }) => client.containers.processes({ id }, { signal }),
    placeholderData: keepPreviousData,
  });
  const command = data ? data.titles.findIndex((title) => /^(CMD|COMMAND|ARGS)$/i.test(title)) : -1;
  return (
    <Card
      title="Processes"
      flush
      end={
        <>
          {data && plural(data.rows.length, 'process', 'processes')}
          <IconButton
            size="sm"
            aria-label="Read the processes again"
            busy={isFetching}
            preview={{ label: 'This', argv: commandArguments(commands.containers.processes(name)) }}
            onPress={() => void refetch()}
          >
            <RefreshCw size={14} />
          </IconButton>
        </>
      }
    >
      {error && !data && <p className="px-4 pb-3 text-fg2">{problemOf(error).title}</p>}
      {data && (
        <div className="overflow-x-auto">
          <table className="tbl inset free" style={{ '--g-row': '31px' } as React.CSSProperties}>
            <thead>
              <tr>
                {data.titles.map((title) => (
                  <th key={title}>{title}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {data.rows.map((row) => (
                <tr key={row.join(' ')}>
                  {row.map((cell, index) => (
                    <td
                      // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
                      key={index}
                      className={`mono select-text ${index === command ? 'w-full max-w-0 truncate' : 'whitespace-nowrap'}`}
                      {...cutTip(cell)}
                    >
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}
