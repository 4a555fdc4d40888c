/** What is wrong with a draft, in the API's own measures, so that nobody waits for an answer to learn it. */
import type { components } from '../../client/api.ts';
import { isMemberId, MEMBER_ID_WORDS } from '../../shared/domain/member-id.ts';

export type Draft = { readonly recipientId: string; readonly subject: string; readonly body: string };
type DraftField = keyof Draft;
export type DraftFaults = { readonly [Field in DraftField]?: string };

export const SUBJECT_CHARACTERS = 200;
export const BODY_CHARACTERS = 1_900;
export const REPLY_CHARACTERS = 1_900;

/** As people count them, and the API: by code point, an emoji is one. */
export const charactersIn = (text: string): number => [...text].length;

/** Empty where there is none. */
export function faultsOf({ recipientId, subject, body }: Draft): DraftFaults {
  const memberFault = memberIdFault(recipientId);
  const subjectFault = textFault(subject, SUBJECT_CHARACTERS);
  const bodyFault = textFault(body, BODY_CHARACTERS);
  return {
    ...(memberFault && { recipientId: memberFault }),
    ...(subjectFault && { subject: subjectFault }),
    ...(bodyFault && { body: bodyFault }),
  };
}

export const memberIdFault = (memberId: string): string | undefined =>
  isMemberId(memberId) ? undefined : `A member id has ${MEMBER_ID_WORDS}.`;

export function textFault(text: string, most: number): string | undefined {
  if (text === '') return 'It is empty.';
  const count = charactersIn(text);
  return count > most
    ? `At most ${most.toLocaleString('en')} characters; it has ${count.toLocaleString('en')}.`
    : undefined;
}

const FIELDS: readonly DraftField[] = ['recipientId', 'subject', 'body'];

type Fault = components['schemas']['Fault'];

/** The faults that `invalid-request` points to (RFC 6901), by field; those of no field are left to the note above the form. */
export function faultsFrom(errors: readonly Fault[] = []): DraftFaults {
  const found = FIELDS.flatMap((field) => {
    const fault = faultAt(`/${field}`, errors);
    return fault === undefined ? [] : [[field, fault] as const];
  });
  return Object.fromEntries(found);
}

/** What is wrong at that place of the body, as a sentence. */
export function faultAt(pointer: string, errors: readonly Fault[] = []): string | undefined {
  const detail = errors.find((error) => error.in === 'body' && error.pointer === pointer)?.detail;
  return detail && `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
}
