/** The people of a stage's user pool. Only its administrators make accounts, because the pool allows no sign-up. */
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminUserGlobalSignOutCommand,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { LocalFailure } from '../../local/failure.ts';
import { INVITATION_DAYS } from '../../shared/contract/sign-in-lifetimes.ts';
import type { UserPool } from '../aws/deployed.ts';

/** The groups of operators, each with the scope of its name. */
export const GROUPS = ['billing', 'support'] as const;
export type Group = (typeof GROUPS)[number];

export type Person = {
  /** Cognito's `sub`, which never changes. */
  readonly memberId: string;
  /** Such as `FORCE_CHANGE_PASSWORD` before the first sign-in, and `CONFIRMED` after it. */
  readonly status: string;
  readonly isEnabled: boolean;
  readonly groups: readonly string[];
};

/** Undefined if no person has the address. */
export async function personWith(pool: UserPool, email: string): Promise<Person | undefined> {
  const user = await userWith(pool, email);
  if (!user) return undefined;
  const name = user.Username;
  const command = new AdminListGroupsForUserCommand({ UserPoolId: pool.userPoolId, Username: name });
  const { Groups = [] } = await pool.client.send(command);
  return {
    memberId: attributeOf(user, 'sub') ?? '',
    status: user.UserStatus ?? 'UNKNOWN',
    isEnabled: user.Enabled ?? false,
    groups: Groups.map(({ GroupName = '' }) => GroupName),
  };
}

/** `sent`: Cognito sends a mail with a first password. `there`: the person has signed in before. */
export type Invitation = 'sent' | 'sent-again' | 'there';

export const toldInvitation = (email: string, invitation: Invitation): string =>
  ({
    sent: `Cognito mails ${email} a password that is good for ${INVITATION_DAYS} days.`,
    'sent-again': `${email} has not signed in yet. Cognito mails a new password, which is good for ${INVITATION_DAYS} days.`,
    there: `${email} has an account, and has signed in before.`,
  })[invitation];

/** Mails an invitation, or mails it again to a person who has not signed in yet. */
export async function invite(pool: UserPool, email: string): Promise<Invitation> {
  const user = await userWith(pool, email);
  if (user && user.UserStatus !== INVITED) return 'there';
  await pool.client.send(
    new AdminCreateUserCommand({
      UserPoolId: pool.userPoolId,
      Username: email,
      DesiredDeliveryMediums: ['EMAIL'],
      ...(user
        ? { MessageAction: 'RESEND' }
        : {
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
            ],
          }),
    }),
  );
  return user ? 'sent-again' : 'sent';
}

/** Cognito's word for a person with the password of the invitation. */
const INVITED = 'FORCE_CHANGE_PASSWORD';

export async function addToGroup({ client, userPoolId }: UserPool, email: string, group: Group): Promise<void> {
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: email, GroupName: group }));
}

/** Ends the sign-ins as well, so that no new token has the scope. Throws a LocalFailure if no such person is in the group. */
export async function removeFromGroup(pool: UserPool, email: string, group: Group): Promise<void> {
  const person = await personWith(pool, email);
  if (!person) throw new LocalFailure(`nobody has the address ${email}`);
  if (!person.groups.includes(group)) throw new LocalFailure(`${email} is not in the group ${group}`);
  const who = { UserPoolId: pool.userPoolId, Username: email };
  await pool.client.send(new AdminRemoveUserFromGroupCommand({ ...who, GroupName: group }));
  await pool.client.send(new AdminUserGlobalSignOutCommand(who));
}

/** The filter is a language of its own, with quotation marks and backslashes. `mailAddress` lets neither through. */
async function userWith({ client, userPoolId }: UserPool, email: string): Promise<UserType | undefined> {
  const { Users } = await client.send(
    new ListUsersCommand({ UserPoolId: userPoolId, Filter: `email = "${email}"`, Limit: 1 }),
  );
  return Users?.[0];
}

const attributeOf = ({ Attributes = [] }: UserType, name: string): string | undefined =>
  Attributes.find((attribute) => attribute.Name === name)?.Value;
