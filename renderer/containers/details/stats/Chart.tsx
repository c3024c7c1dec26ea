import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { tokenColours } from '../tokenColours';
import { useThemeChange } from '../useThemeChange';

export interface ChartLine {
  label: string;
  /** Token of its colour: `--g-data-1`. */
  colour: string;
  dashed?: boolean;
}

interface ChartProps {
  title: string;
  lines: readonly ChartLine[];
  /** Times in seconds, then a column per line. */
  data: (number | null)[][];
  /** Seconds since 1970 at the left and the right edge. */
  from: number;
  to: number;
  /** The smallest top of the scale. */
  floor: number;
  limit?: { value: number; label: string } | null;
  format: (value: number) => string;
  /** The scale's steps are powers of two, as amounts of memory are. */
  binary?: boolean;
  /** Beside the title: the current value, large. */
  children: ReactNode;
}

const height = 140;
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const powersOfTwo = Array.from({ length: 50 }, (_, power) => 2 ** power);

interface Point {
  left: number;
  index: number;
}

/** Draws the limit with its name, over the lines. */
function drawLimit(plot: uPlot, limit: { value: number; label: string }, colour: string): void {
  const { ctx, bbox } = plot;
  const y = plot.valToPos(limit.value, 'y', true);
  if (y < bbox.top - 1) return;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.lineWidth = scale;
  ctx.setLineDash([4 * scale, 3 * scale]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `500 ${10.5 * scale}px ${getComputedStyle(plot.root).fontFamily}`;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'bottom';
  ctx.fillText(limit.label, bbox.left + bbox.width, y - 3 * scale);
  ctx.restore();
}

/** A line chart: hover or arrow keys show a point, the limit is a labelled line, holes are gaps. */
export function Chart({
  title,
  lines,
  data,
  from,
  to,
  floor,
  limit = null,
  format,
  binary,
  children,
}: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const [point, setPoint] = useState<Point | null>(null);
  const [byKeys, setByKeys] = useState(false);
  const theme = useThemeChange();
  const titleId = useId();
  const now = useRef({ data, from, to, floor, limit, format });
  now.current = { data, from, to, floor, limit, format };
  const shape = lines.map((line) => `${line.label} ${line.colour} ${line.dashed}`).join();

  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew for other lines or colours; data comes below
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const colours = tokenColours(element, {
      text: '--g-fg-3',
      grid: '--g-line',
      limit: '--g-warn-fg',
      ...Object.fromEntries(lines.map((line, index) => [`line${index}`, line.colour])),
      ...Object.fromEntries(
        lines.map((line, index) => [
          `fill${index}`,
          `color-mix(in srgb, var(${line.colour}), transparent 86%)`,
        ]),
      ),
    }) as Record<string, string>;
    const font = `500 10.5px ${getComputedStyle(element).fontFamily}`;
    const made = new uPlot(
      {
        width: element.clientWidth,
        height,
        padding: [12, 16, 0, 0],
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
        scales: {
          x: { time: true, range: () => [now.current.from, now.current.to] },
          y: {
            range: (_plot, _least, most) => {
              const { floor: least, limit: bound } = now.current;
              return [0, Math.max(most ?? 0, least, bound?.value ?? 0) * 1.08];
            },
          },
        },
        axes: [
          {
            stroke: colours.text,
            font,
            size: 26,
            gap: 6,
            space: 60,
            grid: { show: false },
            ticks: { show: false },
            values: (_plot, ticks) => ticks.map((tick) => clock.format(tick * 1000).slice(0, 5)),
          },
          {
            stroke: colours.text,
            font,
            size: 54,
            gap: 6,
            space: 44,
            grid: { stroke: colours.grid, width: 1 },
            ticks: { show: false },
            ...(binary ? { incrs: powersOfTwo } : {}),
            values: (_plot, ticks) => ticks.map((tick) => now.current.format(tick)),
          },
        ],
        series: [
          {},
          ...lines.map((line, index) => ({
            stroke: colours[`line${index}`],
            fill: line.dashed ? undefined : colours[`fill${index}`],
            width: 1.5,
            dash: line.dashed ? [4, 3] : undefined,
            points: { show: false },
          })),
        ],
        hooks: {
          draw: [
            (drawn) => now.current.limit && drawLimit(drawn, now.current.limit, colours.limit ?? 'gray'),
          ],
          setCursor: [
            ({ cursor }) => {
              const { idx, left = -1 } = cursor;
              setPoint(idx == null || left < 0 ? null : { left, index: idx });
            },
          ],
        },
      },
      now.current.data as uPlot.AlignedData,
      element,
    );
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, theme]);

  useEffect(() => {
    plot.current?.setData(data as uPlot.AlignedData);
  }, [data]);

  const move = (by: number) => {
    const times = data[0] ?? [];
    const at = Math.min(times.length - 1, Math.max(0, (point?.index ?? times.length) + by));
    const time = times[at];
    if (time == null || !plot.current) return;
    setByKeys(true);
    plot.current.setCursor({ left: plot.current.valToPos(time, 'x'), top: 10 });
  };
  const leave = () => {
    setByKeys(false);
    plot.current?.setCursor({ left: -10, top: -10 });
  };
  const time = point ? data[0]?.[point.index] : null;
  const values = point
    ? lines.map((line, index) => {
        const value = data[index + 1]?.[point.index];
        return { label: line.label, text: value == null ? 'nothing measured' : format(value) };
      })
    : [];
  const said =
    time == null
      ? ''
      : `${clock.format(time * 1000)}: ${values.map((value) => `${value.label} ${value.text}`).join(', ')}`;

  return (
    <section className="card p-4 pb-2 min-w-0" aria-labelledby={titleId}>
      <div className="flex items-baseline gap-2">
        <h2 id={titleId} className="h2">
          {title}
        </h2>
        {lines.length > 1 && (
          <span className="ml-auto flex gap-3 text-12 text-fg3">
            {lines.map((line) => (
              <span key={line.label} className="flex items-center gap-1.5">
                <svg width="14" height="3" aria-hidden="true">
                  <path
                    d="M0 1.5H14"
                    stroke={`var(${line.colour})`}
                    strokeWidth="2"
                    strokeDasharray={line.dashed ? '4 2.5' : undefined}
                  />
                </svg>
                {line.label}
              </span>
            ))}
          </span>
        )}
      </div>
      <div className="flex items-baseline gap-1.5 mb-1 whitespace-nowrap overflow-hidden">{children}</div>
      <div
        role="group"
        aria-label={`${title} chart. Arrow keys step through it.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the crosshair is moved by keys
        tabIndex={0}
        className="chart"
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') move(event.shiftKey ? -10 : -1);
          else if (event.key === 'ArrowRight') move(event.shiftKey ? 10 : 1);
          else if (event.key === 'Escape') leave();
          else return;
          event.preventDefault();
        }}
        onBlur={leave}
      >
        <div ref={box} />
        {point && time != null && (
          <div
            className={point.left > (box.current?.clientWidth ?? 0) - 260 ? 'chart-tip left' : 'chart-tip'}
            style={{ left: point.left + 60 }}
          >
            <span className="text-fg3">{clock.format(time * 1000)}</span>
            {values.map((value) => (
              <b key={value.label}>
                {lines.length > 1 && `${value.label} `}
                {value.text}
              </b>
            ))}
          </div>
        )}
        <span className="sr-only" aria-live="polite">
          {byKeys ? said : ''}
        </span>
      </div>
    </section>
  );
}
