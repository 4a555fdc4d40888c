/** `renew-wallets` → `RenewWallets`, as the console and the OpenAPI components name things. */
export const pascalCaseOf = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
