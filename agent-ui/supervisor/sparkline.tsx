const WIDTH = 96;
const HEIGHT = 24;

/** A line of the last hour's values; the words beside it say the number. */
export function Sparkline({ values }: { values: readonly number[] }) {
  const most = Math.max(4, ...values);
  const x = (index: number) => (values.length < 2 ? WIDTH : (index / (values.length - 1)) * WIDTH);
  const y = (value: number) => HEIGHT - 2 - (value / most) * (HEIGHT - 4);
  const line = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" preserveAspectRatio="none">
      {values.length > 1 && <polygon points={`0,${HEIGHT} ${line} ${WIDTH},${HEIGHT}`} />}
      <polyline points={values.length > 1 ? line : `0,${HEIGHT - 2} ${WIDTH},${HEIGHT - 2}`} />
    </svg>
  );
}
