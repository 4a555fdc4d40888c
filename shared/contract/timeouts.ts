/** How long a Lambda may take, on AWS and on one machine. Those of the sweeps stand with the sweeps. */
export const API_TIMEOUT_SECONDS = 10;
export const PUBLISHER_TIMEOUT_SECONDS = 60;
