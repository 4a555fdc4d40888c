/** The responses of use cases that refuse nothing. */

/** A body that is a string goes out as it is, with the content type of `headers`. Any other body goes out as JSON. */
export type HttpResponse<Status extends number = number, Body = unknown> = {
  readonly kind: 'response';
  readonly status: Status;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
};

type Headers = Readonly<Record<string, string>>;

export const ok = <Body>(body: Body, headers: Headers = {}): HttpResponse<200, Body> => ({
  kind: 'response',
  status: 200,
  body,
  headers,
});

export const created = <Body>(body: Body, headers: Headers = {}): HttpResponse<201, Body> => ({
  kind: 'response',
  status: 201,
  body,
  headers,
});

export const NO_CONTENT: HttpResponse<204, undefined> = {
  kind: 'response',
  status: 204,
  body: undefined,
  headers: {},
};
