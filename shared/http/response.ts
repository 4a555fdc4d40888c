/** What a use case answers when it is not refused. */

/** A body that is a string goes out as it is, with the content type of `headers`; anything else as JSON. */
export type Reply<Body = unknown> = {
  readonly kind: 'reply';
  readonly status: 200 | 201 | 204 | 304;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
};

export const reply = <Body>(status: 200 | 201, body: Body, headers = {}): Reply<Body> => ({
  kind: 'reply',
  status,
  body,
  headers,
});

export const NO_CONTENT: Reply<undefined> = { kind: 'reply', status: 204, body: undefined, headers: {} };
