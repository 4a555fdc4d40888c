/** The scopes of access tokens. The identity pool grants them, and the gateway and the functions check them. */

/** A scope as Cognito writes it into a token: the resource server's identifier before it. */
export const SCOPE_PREFIX = 'inmail-credits/';

/** It opens nothing by itself. Only the operators' client may ask for it, so a token with it is an operator's. */
export const OPERATOR_SCOPE = 'operator';
