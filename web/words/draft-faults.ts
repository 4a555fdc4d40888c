/** Finds the faults of a draft by the API's own measures, before the draft is sent. */
import type { components } from '../../client/api.ts';
import { isMemberId, MEMBER_ID_WORDS } from '../../shared/domain/member-id.ts';
import {
  BODY,
  charactersIn,
  faultsOfText,
  type Measure,
  SUBJECT,
  withLineFeeds,
} from '../../shared/domain/written-text.ts';

export type Draft = { readonly recipientId: string; readonly subject: string; readonly body: string };
type DraftField = keyof Draft;
export type DraftFaults = { readonly [Field in DraftField]?: string };

/** Empty if there is none. */
export function faultsOf({ recipientId, subject, body }: Draft): DraftFaults {
  const memberFault = memberIdFault(recipientId);
  const subjectFault = textFault(subject, SUBJECT);
  const bodyFault = textFault(body, BODY);
  return {
    ...(memberFault && { recipientId: memberFault }),
    ...(subjectFault && { subject: subjectFault }),
    ...(bodyFault && { body: bodyFault }),
  };
}

export const memberIdFault = (memberId: string): string | undefined =>
  isMemberId(memberId) ? undefined : `A member id has ${MEMBER_ID_WORDS}.`;

/** The API finds the same faults. The page has the text at hand, so it can say more about some of them. */
export function textFault(text: string, measure: Measure): string | undefined {
  if (text === '') return 'It is empty.';
  const [count, most] = [charactersIn(withLineFeeds(text, measure)), measure.maxCharacters];
  if (count > most) return `At most ${most.toLocaleString('en')} characters, but it has ${count.toLocaleString('en')}.`;
  const [fault] = faultsOfText(text, measure);
  return fault && sentenceOf(fault);
}

const FIELDS: readonly DraftField[] = ['recipientId', 'subject', 'body'];

type Fault = components['schemas']['Fault'];

/** The faults that `invalid-request` points to (RFC 6901), by field. The note above the form tells all others. */
export function faultsFrom(errors: readonly Fault[] = []): DraftFaults {
  const found = FIELDS.flatMap((field) => {
    const fault = faultAt(`/${field}`, errors);
    return fault === undefined ? [] : [[field, fault] as const];
  });
  return Object.fromEntries(found);
}

/** The fault at that place of the request body, as a sentence. */
export function faultAt(pointer: string, errors: readonly Fault[] = []): string | undefined {
  const detail = errors.find((error) => error.in === 'body' && error.pointer === pointer)?.detail;
  return detail && sentenceOf(detail);
}

const sentenceOf = (detail: string): string => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}.`;
