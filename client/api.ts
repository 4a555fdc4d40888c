/** The contract as types: written by `npm run generate` from openapi.json, not by hand. */
export interface paths {
  '/v1/plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The catalogue of plans
     * @description Each plan, with its allotment and cap of today. At most 4 requests a second, of all callers together.
     */
    get: operations['list-plans'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/members/{memberId}/subscriptions/{product}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Subscribe, or change plan (R1, R10)
     * @description Subscribing grants the allotment at once (R1). Changing plan forfeits the balance and grants the new allotment (R10). A request for the current plan changes nothing. At most 2 requests a second, of all callers together.
     */
    put: operations['put-subscription'];
    post?: never;
    /**
     * Cancel a subscription (R11)
     * @description The balance is forfeited. The wallet and its ledger stay. Cancelling twice changes nothing. At most 1 request a second, of all callers together.
     */
    delete: operations['cancel-subscription'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/members/{memberId}/connections/{otherId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Connect two members (R14)
     * @description From now on an InMail between the two is refused. Connecting twice changes nothing. At most 2 requests a second, of all callers together.
     */
    put: operations['put-connection'];
    post?: never;
    /**
     * Disconnect two members (R14)
     * @description InMails between the two are possible again. At most 1 request a second, of all callers together.
     */
    delete: operations['delete-connection'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/members/{memberId}/credits': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A member's credits of every product, at any instant (R17)
     * @description The credits as they are, were or will be if nothing else happens. At most 6 requests a second, of all callers together.
     */
    get: operations['list-credits'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/members/{memberId}/credits/{product}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A member's credits of one product, at any instant (R17)
     * @description The credits as they are, were or will be if nothing else happens. Not found before the first subscription. At most 10 requests a second, of all callers together.
     */
    get: operations['get-credits'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/members/{memberId}/credits/{product}/ledger': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Every entry of a wallet, newest first (R17)
     * @description It includes renewals that are due but not yet written, just as they will be written (R6). At most 4 requests a second, of all callers together.
     */
    get: operations['list-ledger'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/inmails': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The caller's inbox or sent InMails
     * @description Newest first, without InMails that the caller has hidden. If many are hidden, a page of results may be short or empty, and the next one goes on. At most 5 requests a second, of all callers together.
     */
    get: operations['list-inmails'];
    put?: never;
    /**
     * Send an InMail for one credit (R7, R8, R9)
     * @description Refusals are checked in the order of R8. The same request under the same key sends no second InMail, and gets the first response again. At most 10 requests a second, of all callers together.
     */
    post: operations['send-inmail'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/inmails/{inmailId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One InMail the caller sent or received
     * @description You can still ask for a hidden InMail. At most 10 requests a second, of all callers together.
     */
    get: operations['get-inmail'];
    put?: never;
    post?: never;
    /**
     * Hide an InMail from the caller's box (R13)
     * @description It gives no credit back, and frees no pair (R9). You can still read the InMail by its id, and respond to it. At most 4 requests a second, of all callers together.
     */
    delete: operations['hide-inmail'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/inmails/{inmailId}/response': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Respond to an InMail, once (R12, R13)
     * @description Only the recipient can respond. A response in time gives the credit back. The same response again changes nothing, and another one is refused. At most 7 requests a second, of all callers together.
     */
    put: operations['respond-to-inmail'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description A plan of the catalogue, with what it grants today. */
    Plan: {
      plan: string;
      /** @enum {string} */
      product: 'premium' | 'sales-navigator' | 'recruiter';
      /** @description Credits a month. */
      allotment: number;
      /** @description The most a wallet may hold. */
      cap: number;
      /**
       * @description On the day of the sign-up (R3), or on the 1st (R4).
       * @enum {string}
       */
      renews: 'anniversary' | 'first-of-month';
    };
    /** @description A part of the request has a field that is missing, unknown or not as described. Correct the fields that `errors` names. Without `errors`, `detail` says what is wrong. */
    InvalidRequestProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/invalid-request';
      /** @constant */
      title: 'The request is not as the API expects it';
      /** @constant */
      status: 400;
      detail?: string;
      errors?: components['schemas']['Fault'][];
    };
    /** @description One fault of a request, with its place. */
    Fault: {
      /**
       * @description The part of the request.
       * @enum {string}
       */
      in: 'path' | 'query' | 'body';
      /** @description An RFC 6901 pointer into that part. It is empty for the part as a whole. */
      pointer: string;
      detail: string;
    };
    /** @description There is no token, more than one token, or an invalid one. On AWS the gateway uses its own words. Send a member's access token as `Authorization: Bearer …`. */
    UnauthenticatedProblem: {
      /** @constant */
      type: '/problems/unauthenticated';
      /** @constant */
      title: 'A valid bearer token is needed';
      /** @constant */
      status: 401;
      detail?: string;
    };
    /** @description A response of the gateway. The request reached no function. */
    GatewayMessage: {
      message: string;
    };
    /** @description The fault is ours. We do not know whether anything was written. Retry the same request later, and a send under the same key. The response then tells what happened. */
    InternalErrorProblem: {
      /** @constant */
      type: '/problems/internal-error';
      /** @constant */
      title: 'Something went wrong on our side';
      /** @constant */
      status: 500;
      detail?: string;
    };
    /** @description Too many requests wrote to the same wallet at once, or a table was slow. We do not know whether anything was written. Retry the same request after `Retry-After` seconds, and a send under the same key. */
    BusyProblem: {
      /** @constant */
      type: '/problems/busy';
      /** @constant */
      title: 'Temporarily unavailable. Retry the same request';
      /** @constant */
      status: 503;
      detail?: string;
    };
    /** @description The credits that a member has of one product (R17). */
    Credits: {
      memberId: string;
      /** @enum {string} */
      product: 'premium' | 'sales-navigator' | 'recruiter';
      /**
       * Format: date-time
       * @description The instant at which all of this is true (R6).
       */
      asOf: string;
      /** @description The current plan. It is null after a cancellation. */
      plan: string | null;
      /** @description Credits left. */
      balance: number;
      /** @description The most the wallet may hold. */
      cap: number;
      /** @description Credits that come in at each renewal. */
      allotment: number;
      /** @description The next renewal. It is null after a cancellation. */
      nextRenewal: components['schemas']['NextRenewal'] | null;
      /** @description Oldest first. */
      pendingReturns: components['schemas']['PendingReturn'][];
    };
    /** @description The next renewal of a wallet, and its effect (R17). */
    NextRenewal: {
      /**
       * Format: date-time
       * @description Midnight, UTC, of the renewal date (R3, R4).
       */
      at: string;
      /** @description Credits that come in, if nothing else happens until then. */
      brings: number;
      /** @description Credits of the allotment that do not fit under the cap (R2). */
      forfeits: number;
    };
    /** @description An InMail whose credit can still come back. */
    PendingReturn: {
      inmailId: string;
      recipientId: string;
      /** Format: date-time */
      sentAt: string;
      /**
       * Format: date-time
       * @description The last instant at which a response returns the credit (R13).
       */
      returnableUntil: string;
    };
    /** @description The body is not one JSON document in UTF-8. Send one JSON document. */
    MalformedJsonProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/malformed-json';
      /** @constant */
      title: 'The body is not JSON';
      /** @constant */
      status: 400;
      detail?: string;
    };
    /** @description The token lacks the scope that the operation asks for. Use a token with that scope. */
    ForbiddenProblem: {
      /** @constant */
      type: '/problems/forbidden';
      /** @constant */
      title: 'The token lacks a scope';
      /** @constant */
      status: 403;
      detail?: string;
    };
    /** @description The body has more bytes than `detail` says. Send a shorter body. */
    PayloadTooLargeProblem: {
      /** @constant */
      type: '/problems/payload-too-large';
      /** @constant */
      title: 'The body is too large';
      /** @constant */
      status: 413;
      detail?: string;
    };
    /** @description The content type of the body is not JSON. Send `Content-Type: application/json`. */
    UnsupportedMediaTypeProblem: {
      /** @constant */
      type: '/problems/unsupported-media-type';
      /** @constant */
      title: 'The body must be application/json';
      /** @constant */
      status: 415;
      detail?: string;
    };
    /** @description It does not exist, or it is not yours. The response does not tell which. Check the id, or your access. */
    NotFoundProblem: {
      /** @constant */
      type: '/problems/not-found';
      /** @constant */
      title: 'Not found';
      /** @constant */
      status: 404;
      detail?: string;
    };
    /** @description One entry of the ledger. The last one is the wallet. */
    Entry: {
      walletId: string;
      /** @description 1, 2, 3… without gaps. */
      seq: number;
      /**
       * Format: date-time
       * @description Never earlier than the entry before.
       */
      at: string;
      /** @enum {string} */
      type: 'subscribed' | 'renewed' | 'sent' | 'returned' | 'plan-changed' | 'cancelled';
      /** @description The change of the balance. */
      delta: number;
      /** @description Credits after the entry. */
      balance: number;
      /** @description Credits that were lost with the entry. */
      forfeited: number;
      /** @description Subscribing, changing plan and cancelling each start a new term. */
      term: number;
      /** @description The plan of the wallet. After a cancellation it is the plan that was cancelled. */
      plan: string;
      /** @description Day of the month of the initial sign-up (R3). */
      anchorDay: number;
      /**
       * Format: date
       * @description Date of the last sign-up, plan change or renewal (R5).
       */
      lastGrantOn: string;
      /** @description The entries of the term whose InMails wait for a response, by the day of the send. For example, `20784:12,1 2:3` is entries 12 and 13, sent on day 20784 since 1970, and entry 16 two days later. */
      pending: string;
      /** @description The rule of the entry. */
      rule: string;
      /** @description The InMail that the credit paid for, or came back from. */
      inmailId?: string;
      /** @description The `hash` of the entry before, or 64 zeros for the first entry. */
      prevHash: string;
      /** @description SHA-256, in hex, of `prevHash` and the entry without its two hashes (RFC 8785). */
      hash: string;
    };
    /** @description The `cursor` does not come from this list, or it was given to another caller. Start with the first page, without a cursor. */
    InvalidCursorProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/invalid-cursor';
      /** @constant */
      title: 'Invalid cursor';
      /** @constant */
      status: 400;
      detail?: string;
    };
    /** @description One InMail, as it is at the instant of the response (R16). */
    InMail: {
      inmailId: string;
      senderId: string;
      recipientId: string;
      /**
       * @description The product whose wallet paid.
       * @enum {string}
       */
      product: 'premium' | 'sales-navigator' | 'recruiter';
      subject: string;
      body: string;
      /** Format: date-time */
      sentAt: string;
      /**
       * Format: date-time
       * @description The last instant at which a response returns the credit (R13).
       */
      returnableUntil: string;
      /** @enum {string} */
      status: 'pending' | 'accepted' | 'declined' | 'replied' | 'quick-replied' | 'expired';
      /**
       * @description The outcome for the credit.
       * @enum {string}
       */
      credit: 'pending' | 'returned' | 'lost';
      /**
       * @description The reason for the loss.
       * @enum {string}
       */
      creditReason?: 'late' | 'term-ended' | 'at-cap' | 'expired';
      /**
       * Format: date-time
       * @description The instant of the reminder (R15).
       */
      remindedAt?: string;
      response?: components['schemas']['Response'];
    };
    /** @description How the recipient responded (R12). */
    Response: {
      /** @enum {string} */
      type: 'accept' | 'decline' | 'reply' | 'quick-reply';
      /** @description The text of a reply, or the word of a quick reply. */
      text?: string;
      /** Format: date-time */
      at: string;
    };
    /** @description The wallet that paid, right after the send (R7). */
    CreditsLeft: {
      memberId: string;
      /** @enum {string} */
      product: 'premium' | 'sales-navigator' | 'recruiter';
      /**
       * Format: date-time
       * @description The instant at which all of this is true (R6).
       */
      asOf: string;
      /** @description The current plan. It is null after a cancellation. */
      plan: string | null;
      /** @description Credits left. */
      balance: number;
      /** @description The most the wallet may hold. */
      cap: number;
      /** @description Credits that come in at each renewal. */
      allotment: number;
      /** @description The next renewal. It is null after a cancellation. */
      nextRenewal: components['schemas']['NextRenewal'] | null;
    };
    /** @description A send carries a key, because then it is safe to send it again. Add an `Idempotency-Key` header. Use a new key for a new request, and the same key to try again. */
    IdempotencyKeyRequiredProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/idempotency-key-required';
      /** @constant */
      title: 'The header Idempotency-Key is missing';
      /** @constant */
      status: 400;
      detail?: string;
    };
    /** @description The `Idempotency-Key` is not one key of 1 to 255 characters, as `"abc"` or `abc`. Use another key, such as a UUID. */
    IdempotencyKeyInvalidProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/idempotency-key-invalid';
      /** @constant */
      title: 'The header Idempotency-Key is not a key';
      /** @constant */
      status: 400;
      detail?: string;
    };
    /** @description The sender has no active subscription of the product that the InMail is sent from. Subscribe to one of its plans. */
    NoActiveSubscriptionProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/no-active-subscription';
      /** @constant */
      title: 'No active subscription of that product';
      /** @constant */
      status: 409;
      detail?: string;
      /**
       * @description The rule that refuses.
       * @constant
       */
      rule: 'R8';
    };
    /** @description Sender and recipient are 1st-degree connections. There is nothing to do, because connections message each other for free. */
    AlreadyConnectedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/already-connected';
      /** @constant */
      title: 'You are connected and can message each other for free';
      /** @constant */
      status: 409;
      detail?: string;
      /**
       * @description The rule that refuses.
       * @constant
       */
      rule: 'R14';
    };
    /** @description An earlier InMail to this recipient, `inmailId`, has no response yet. Wait for the recipient to respond to that InMail. It does not help to hide it or to wait until it expires. */
    ResponsePendingProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/response-pending';
      /** @constant */
      title: 'The recipient has not responded yet';
      /** @constant */
      status: 409;
      detail?: string;
      /**
       * @description The rule that refuses.
       * @constant
       */
      rule: 'R9';
      inmailId: string;
    };
    /** @description The wallet is empty. Wait for `nextRenewal`, or for a response in time to a pending InMail. */
    InsufficientCreditsProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/insufficient-credits';
      /** @constant */
      title: 'No credit left';
      /** @constant */
      status: 409;
      detail?: string;
      /**
       * @description The rule that refuses.
       * @constant
       */
      rule: 'R7';
      nextRenewal: components['schemas']['NextRenewal'];
    };
    /** @description Sender and recipient are the same member. Choose another recipient. */
    SelfInmailProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/self-inmail';
      /** @constant */
      title: 'You cannot send an InMail to yourself';
      /** @constant */
      status: 422;
      detail?: string;
      /**
       * @description The rule that refuses.
       * @constant
       */
      rule: 'R8';
    };
    /** @description The key belongs to another request to this recipient. Use a new key for a new request. */
    IdempotencyKeyReusedProblem: {
      /**
       * @description discriminator enum property added by openapi-typescript
       * @enum {string}
       */
      type: '/problems/idempotency-key-reused';
      /** @constant */
      title: 'The Idempotency-Key was used for another request';
      /** @constant */
      status: 422;
      detail?: string;
    };
    /** @description The InMail `inmailId` already has a different response. There is nothing to do, because an InMail gets one response. The same response again gets a 200. */
    AlreadyRespondedProblem: {
      /** @constant */
      type: '/problems/already-responded';
      /** @constant */
      title: 'The InMail already has a response';
      /** @constant */
      status: 409;
      detail?: string;
      /**
       * @description The rule that refuses.
       * @constant
       */
      rule: 'R12';
      inmailId: string;
    };
  };
  responses: {
    /** @description A valid bearer token is needed. */
    Unauthenticated: {
      headers: {
        /** @description The way to authenticate. */
        'WWW-Authenticate'?: string;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['UnauthenticatedProblem'];
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description More requests than the gateway lets through. Try again after a second. */
    TooManyRequests: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['GatewayMessage'];
      };
    };
    /** @description Something went wrong on our side. */
    InternalError: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['InternalErrorProblem'];
      };
    };
    /** @description Temporarily unavailable. Retry the same request. */
    Busy: {
      headers: {
        /** @description Try again after so many seconds. */
        'Retry-After': string;
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['BusyProblem'];
      };
    };
  };
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  'list-plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The catalogue. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            plans: components['schemas']['Plan'][];
          };
        };
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'put-subscription': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
        /**
         * @description The product that the credits are for.
         * @example premium
         */
        product: 'premium' | 'sales-navigator' | 'recruiter';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description A plan of the product, as the catalogue names it. */
          plan: string;
        };
      };
    };
    responses: {
      /** @description The wallet, as it is now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Credits'];
        };
      };
      /** @description The request is not as the API expects it. Or: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidRequestProblem']
            | components['schemas']['MalformedJsonProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description The token lacks a scope. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ForbiddenProblem'];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['PayloadTooLargeProblem'];
        };
      };
      /** @description The body must be application/json. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['UnsupportedMediaTypeProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'cancel-subscription': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
        /**
         * @description The product that the credits are for.
         * @example premium
         */
        product: 'premium' | 'sales-navigator' | 'recruiter';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Cancelled. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description The token lacks a scope. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ForbiddenProblem'];
        };
      };
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'put-connection': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
        /**
         * @description The other member. It must not be the same one.
         * @example bob
         */
        otherId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Connected. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description The token lacks a scope. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ForbiddenProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'delete-connection': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
        /**
         * @description The other member. It must not be the same one.
         * @example bob
         */
        otherId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description No longer connected. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description The token lacks a scope. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ForbiddenProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'list-credits': {
    parameters: {
      query?: {
        /**
         * @description Any instant of the years 1 to 2999, past or future, with a zone. The default is now.
         * @example 2031-02-28T00:00:00Z
         */
        at?: string;
      };
      header?: {
        /** @description The `ETag` of an earlier response. The response is 304 if it is still the same. */
        'If-None-Match'?: string;
      };
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The credits of every product. */
      200: {
        headers: {
          /** @description A tag of this response. Send it back as `If-None-Match`. */
          ETag: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            memberId: string;
            /** Format: date-time */
            asOf: string;
            /** @description One for every product that the member has or had. */
            credits: components['schemas']['Credits'][];
          };
        };
      };
      /** @description Nothing has changed since the given `ETag`. */
      304: {
        headers: {
          /** @description A tag of this response. Send it back as `If-None-Match`. */
          ETag: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'get-credits': {
    parameters: {
      query?: {
        /**
         * @description Any instant of the years 1 to 2999, past or future, with a zone. The default is now.
         * @example 2031-02-28T00:00:00Z
         */
        at?: string;
      };
      header?: {
        /** @description The `ETag` of an earlier response. The response is 304 if it is still the same. */
        'If-None-Match'?: string;
      };
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
        /**
         * @description The product that the credits are for.
         * @example premium
         */
        product: 'premium' | 'sales-navigator' | 'recruiter';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The credits of the product. */
      200: {
        headers: {
          /** @description A tag of this response. Send it back as `If-None-Match`. */
          ETag: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Credits'];
        };
      };
      /** @description Nothing has changed since the given `ETag`. */
      304: {
        headers: {
          /** @description A tag of this response. Send it back as `If-None-Match`. */
          ETag: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'list-ledger': {
    parameters: {
      query?: {
        /**
         * @description Length of a page of results. The default is 20, and 1,000 as CSV.
         * @example 20
         */
        limit?: number;
        /** @description The `nextCursor` of the previous page of results, of the same caller and the same list. */
        cursor?: string;
        /**
         * @description The default is JSON. CSV gives a file of all entries, up to 1,000. A `Link` header names the next file.
         * @example csv
         */
        format?: 'json' | 'csv';
      };
      header?: never;
      path: {
        /**
         * @description The member that the books or the subscription belong to. It is the `sub` of their token.
         * @example ada
         */
        memberId: string;
        /**
         * @description The product that the credits are for.
         * @example premium
         */
        product: 'premium' | 'sales-navigator' | 'recruiter';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of results. */
      200: {
        headers: {
          /** @description The next file of a CSV statement, `rel="next"` (RFC 8288). */
          Link?: string;
          /** @description The file name of a CSV statement. */
          'Content-Disposition'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            entries: components['schemas']['Entry'][];
            /** @description Send it as `cursor` to get the next page of results. The last page has none. A page may be shorter than its `limit`, or empty, and still have one, so go on until there is none. */
            nextCursor?: string;
          };
          'text/csv': string;
        };
      };
      /** @description The request is not as the API expects it. Or: Invalid cursor. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidRequestProblem']
            | components['schemas']['InvalidCursorProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'list-inmails': {
    parameters: {
      query: {
        /**
         * @description The InMails that the caller received, or those that they sent.
         * @example inbox
         */
        box: 'inbox' | 'sent';
        /**
         * @description Length of a page of results. The default is 20, and 1,000 as CSV.
         * @example 20
         */
        limit?: number;
        /** @description The `nextCursor` of the previous page of results, of the same caller and the same list. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of results. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            inmails: components['schemas']['InMail'][];
            /** @description Send it as `cursor` to get the next page of results. The last page has none. A page may be shorter than its `limit`, or empty, and still have one, so go on until there is none. */
            nextCursor?: string;
            /**
             * @description The box has InMails, and the caller has hidden all of them. Only a first page that is empty and the last one says so. A walk over several pages of hidden InMails ends without it.
             * @constant
             */
            allHidden?: true;
          };
        };
      };
      /** @description The request is not as the API expects it. Or: Invalid cursor. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidRequestProblem']
            | components['schemas']['InvalidCursorProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'send-inmail': {
    parameters: {
      query?: never;
      header: {
        /**
         * @description One key of 1 to 255 characters, as `"abc"` or `abc`. It belongs to the sender and the recipient for good.
         * @example 6f1e1c54-2f0b-4b0e-9c61-0d5f7a1c8e42
         */
        'Idempotency-Key': string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description The product whose wallet pays.
           * @enum {string}
           */
          product: 'premium' | 'sales-navigator' | 'recruiter';
          /** @description The recipient. */
          recipientId: string;
          /** @description One line that is not blank. Characters that turn or hide other text are taken out: U+202A to U+202E, U+2066 to U+206F, U+FFF9 to U+FFFB, tags outside of flags, rows of variation selectors, and noncharacters. Characters are counted as people count them, so an emoji is one. */
          subject: string;
          /** @description The text for the recipient. It must not be blank. Each line end is one character, and comes back as a line feed. Characters that turn or hide other text are taken out: U+202A to U+202E, U+2066 to U+206F, U+FFF9 to U+FFFB, tags outside of flags, rows of variation selectors, and noncharacters. */
          body: string;
        };
      };
    };
    responses: {
      /** @description The InMail, and the credits left. */
      201: {
        headers: {
          /** @description The address of the InMail. */
          Location: string;
          /** @description Present if the key was used before, and this is the first response again. */
          'Idempotency-Replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            inmail: components['schemas']['InMail'];
            credits: components['schemas']['CreditsLeft'];
          };
        };
      };
      /** @description The request is not as the API expects it. Or: The body is not JSON. Or: The header Idempotency-Key is missing. Or: The header Idempotency-Key is not a key. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidRequestProblem']
            | components['schemas']['MalformedJsonProblem']
            | components['schemas']['IdempotencyKeyRequiredProblem']
            | components['schemas']['IdempotencyKeyInvalidProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description No active subscription of that product. Or: You are connected and can message each other for free. Or: The recipient has not responded yet. Or: No credit left. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['NoActiveSubscriptionProblem']
            | components['schemas']['AlreadyConnectedProblem']
            | components['schemas']['ResponsePendingProblem']
            | components['schemas']['InsufficientCreditsProblem'];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['PayloadTooLargeProblem'];
        };
      };
      /** @description The body must be application/json. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['UnsupportedMediaTypeProblem'];
        };
      };
      /** @description You cannot send an InMail to yourself. Or: The Idempotency-Key was used for another request. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['SelfInmailProblem']
            | components['schemas']['IdempotencyKeyReusedProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'get-inmail': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id that the send responded with.
         * @example ada~bob~000001
         */
        inmailId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The InMail. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InMail'];
        };
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'hide-inmail': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id that the send responded with.
         * @example ada~bob~000001
         */
        inmailId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Hidden. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request is not as the API expects it. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['InvalidRequestProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
  'respond-to-inmail': {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /**
         * @description The id that the send responded with.
         * @example ada~bob~000001
         */
        inmailId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | {
              /**
               * @description The kind of response (R12).
               * @enum {string}
               */
              type: 'accept' | 'decline';
            }
          | {
              /**
               * @description The kind of response (R12).
               * @constant
               */
              type: 'reply';
              /** @description The text of the reply. The same rules hold as for the body of an InMail. */
              text: string;
            }
          | {
              /**
               * @description The kind of response (R12).
               * @constant
               */
              type: 'quick-reply';
              /**
               * @description The word of the quick reply.
               * @enum {string}
               */
              text: 'interested' | 'maybe-later' | 'not-interested';
            };
      };
    };
    responses: {
      /** @description The InMail with its response, and the outcome for the credit. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            inmail: components['schemas']['InMail'];
          };
        };
      };
      /** @description The request is not as the API expects it. Or: The body is not JSON. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json':
            | components['schemas']['InvalidRequestProblem']
            | components['schemas']['MalformedJsonProblem'];
        };
      };
      401: components['responses']['Unauthenticated'];
      /** @description Not found. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['NotFoundProblem'];
        };
      };
      /** @description The InMail already has a response. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['AlreadyRespondedProblem'];
        };
      };
      /** @description The body is too large. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['PayloadTooLargeProblem'];
        };
      };
      /** @description The body must be application/json. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['UnsupportedMediaTypeProblem'];
        };
      };
      429: components['responses']['TooManyRequests'];
      500: components['responses']['InternalError'];
      503: components['responses']['Busy'];
    };
  };
}
