/** Draws a balance against its maximum, and what the next renewal adds. */
export type GaugeProps = {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The credits of the next renewal. */
  readonly more: number;
};

export function Gauge({ label, value, max, more }: GaugeProps) {
  return (
    <div class="gauge">
      <p class="gauge-value" aria-hidden="true">
        <strong>{value}</strong> of {max}
      </p>
      <meter class="visually-hidden" aria-label={label} min={0} max={max} value={value}>
        {value} of {max} credits
      </meter>
      {/* A drawing, because every browser paints a meter differently, and the policy allows no style on one element. */}
      <svg class="gauge-bar" viewBox={`0 0 ${max} 1`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="gauge-more" x={value} width={more} height="1" />
        <rect class="gauge-held" width={value} height="1" />
      </svg>
    </div>
  );
}
