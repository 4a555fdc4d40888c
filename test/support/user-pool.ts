/** A user pool in memory, which keeps people, groups and secrets as Cognito does. Its mail is a list. */
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { answering, awsError } from './fake-aws.ts';

type Person = { readonly sub: string; status: string; readonly groups: Set<string>; isSignedIn: boolean };
type Secret = { readonly id: string; readonly value: string; readonly at: Date };
type Named = { readonly Username: string };

export class UserPoolDouble {
  readonly people = new Map<string, Person>();
  readonly mails: string[] = [];
  readonly secrets: Secret[] = [{ id: 'first', value: 'first-secret', at: new Date('2026-01-01T00:00:00Z') }];
  readonly userPoolId = 'eu-central-1_pool';
  readonly client: CognitoIdentityProviderClient;

  constructor() {
    const found = ({ Username }: Named): Person => {
      const person = this.people.get(Username);
      if (!person) throw awsError('UserNotFoundException');
      return person;
    };
    const { client } = answering(new CognitoIdentityProviderClient({ region: 'eu-central-1' }), {
      ListUsers: ({ Filter }: { readonly Filter: string }) => ({ Users: this.#usersWith(Filter) }),
      AdminCreateUser: (input: Named & { readonly MessageAction?: string }) => this.#create(input),
      AdminListGroupsForUser: (input: Named) => ({
        Groups: [...found(input).groups].map((GroupName) => ({ GroupName })),
      }),
      AdminAddUserToGroup: (input: Named & { readonly GroupName: string }) => {
        found(input).groups.add(input.GroupName);
      },
      AdminRemoveUserFromGroup: (input: Named & { readonly GroupName: string }) => {
        found(input).groups.delete(input.GroupName);
      },
      AdminUserGlobalSignOut: (input: Named) => {
        found(input).isSignedIn = false;
      },
      DescribeUserPoolClient: () => ({ UserPoolClient: { ClientSecret: this.secrets[0]?.value } }),
      ListUserPoolClientSecrets: () => ({
        ClientSecrets: this.secrets.map(({ id, at }) => ({ ClientSecretId: id, ClientSecretCreateDate: at })),
      }),
      AddUserPoolClientSecret: () => this.#addSecret(),
      DeleteUserPoolClientSecret: ({ ClientSecretId }: { readonly ClientSecretId: string }) => {
        if (this.secrets.length < 2) throw awsError('InvalidParameterException');
        const index = this.secrets.findIndex(({ id }) => id === ClientSecretId);
        this.secrets.splice(index, 1);
      },
    });
    this.client = client;
  }

  /** The person has used the password of the invitation. */
  signIn(email: string): void {
    const person = this.people.get(email);
    if (!person) throw new Error(`nobody is ${email}`);
    Object.assign(person, { status: 'CONFIRMED', isSignedIn: true });
  }

  #usersWith(filter: string) {
    const email = /^email = "([^"]+)"$/.exec(filter)?.[1];
    if (email === undefined) throw awsError('InvalidParameterException', `the filter ${filter}`);
    const person = this.people.get(email);
    if (!person) return [];
    const Attributes = [
      { Name: 'email', Value: email },
      { Name: 'sub', Value: person.sub },
    ];
    return [{ Username: email, Attributes, UserStatus: person.status, Enabled: true }];
  }

  #create({ Username: email, MessageAction }: Named & { readonly MessageAction?: string }): void {
    const person = this.people.get(email);
    if (MessageAction === 'RESEND' ? person?.status !== 'FORCE_CHANGE_PASSWORD' : person) {
      throw awsError('UsernameExistsException');
    }
    this.mails.push(email);
    if (person) return;
    const sub = `sub-of-${email}`;
    this.people.set(email, { sub, status: 'FORCE_CHANGE_PASSWORD', groups: new Set(), isSignedIn: false });
  }

  #addSecret() {
    if (this.secrets.length > 1) throw awsError('LimitExceededException');
    const secret = { id: 'second', value: 'second-secret', at: new Date('2026-06-01T00:00:00Z') };
    this.secrets.unshift(secret);
    return { ClientSecretDescriptor: { ClientSecretId: secret.id, ClientSecretValue: secret.value } };
  }
}
