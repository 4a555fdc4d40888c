/** The colours of the theme, because a canvas knows no styles. */
export type Palette = Readonly<Record<'text' | 'line' | 'accent' | 'good' | 'bad' | 'ground', string>>;

export function paletteOf(place: HTMLElement): Palette {
  const styles = getComputedStyle(place);
  const colour = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  return {
    text: colour('quiet'),
    line: colour('line'),
    accent: colour('accent'),
    good: colour('good'),
    bad: colour('bad'),
    ground: colour('ground'),
  };
}
