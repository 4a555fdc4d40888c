/** An image of one of our tables that says something this code does not understand. Its record goes to the failures queue. */
export class UnreadableImageError extends Error {
  override readonly name = 'UnreadableImageError';
}
