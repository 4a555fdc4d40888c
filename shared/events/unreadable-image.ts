/** This code does not understand an image of one of our tables. The record goes to the failures queue. */
export class UnreadableImageError extends Error {
  override readonly name = 'UnreadableImageError';
}
