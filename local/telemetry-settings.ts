/** Import this file first, because logger and metrics read the environment when they are loaded. */
process.env.POWERTOOLS_SERVICE_NAME ??= 'inmail-credits';
process.env.POWERTOOLS_LOG_LEVEL ??= process.env.LOG_LEVEL ?? 'ERROR';
process.env.POWERTOOLS_METRICS_NAMESPACE ??= 'InMailCredits';
process.env.POWERTOOLS_METRICS_DISABLED ??= 'true';
