/** A balance against the most that may be held, and what the next renewal adds; the same in words below. */
export type GaugeProps = {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** What comes in next. */
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
      {/* A drawing of its own: browsers paint a meter each in their way, and the policy allows no style to one element. */}
      <svg class="gauge-bar" viewBox={`0 0 ${max} 1`} preserveAspectRatio="none" aria-hidden="true">
        <rect class="gauge-more" x={value} width={more} height="1" />
        <rect class="gauge-held" width={value} height="1" />
      </svg>
    </div>
  );
}
