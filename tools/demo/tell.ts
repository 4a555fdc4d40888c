/** The whole year, from its first act to its last day. */
import type { LocalSystem } from '../../local/system.ts';
import type { Scene } from './acts.ts';
import { DAYS_OF_STORY } from './campaigns.ts';
import { Player } from './player.ts';
import { story } from './story.ts';

/** Returns how many InMails there are. `onPlayed` is called with each scene. Throws a StoryError where the system disagrees. */
export async function tellStory(system: LocalSystem, onPlayed: (scene: Scene) => void = () => {}): Promise<number> {
  const player = new Player(system, system.clock.now());
  for (const scene of story()) {
    await player.play(scene);
    onPlayed(scene);
  }
  await player.moveTo(DAYS_OF_STORY);
  return player.inmailCount;
}
