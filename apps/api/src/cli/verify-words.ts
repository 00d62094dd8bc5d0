import { unreachable } from '@centralino/domain'
import type { BundleFinding } from '@centralino/event-store'
import type { EventPlace, Verified } from '@centralino/event-store/ledger'

const count = (number: number): string => number.toLocaleString('en')

/** What was found, for a person. `keyGiven`: the auditor named the keys that are believed. */
export const verifyWords = (
  verified: Omit<Verified, 'finding'> & { readonly finding: BundleFinding | null },
  seconds: number,
  keyGiven: boolean,
): string[] => {
  const { events, checkpoints, sealed, verifierKeys, finding } = verified
  const speed = seconds > 0 ? Math.round(events / seconds) : events
  const read = `Read ${count(events)} events in ${seconds.toFixed(2)} s (${count(speed)}/s).`
  if (finding !== null) return [read, '', `NOT what was sealed: ${inWords(finding)}`]
  if (checkpoints === 0)
    return [
      read,
      '',
      'Nothing is sealed: the first checkpoint is made a minute after the hub starts. That one was cut off, only a checkpoint that you hold can tell.',
    ]
  const after = events - sealed
  return [
    read,
    '',
    `Unaltered: the first ${count(sealed)} events are what was sealed, by ${count(checkpoints)} ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}.`,
    `The ${count(after)} after them ${after === 1 ? 'is' : 'are'} not sealed yet.`,
    ...verifierKeys.map(
      (key) => `Signed by ${key}${keyGiven ? '' : ' (a key out of the log itself: give yours with --key)'}`,
    ),
  ]
}

const nameOf = ({ place, type, stream, revision, id, position }: EventPlace): string =>
  `event ${id} (${type}, revision ${revision} of ${stream}, number ${count(place)} of the log, position ${position})`

const behind = (event: EventPlace | null): string =>
  event === null ? 'at the beginning of the log' : `right after ${nameOf(event)}`

const inWords = (finding: BundleFinding): string => {
  switch (finding.what) {
    case 'streamBroken':
      return `${nameOf(finding.event)} does not follow: revision ${finding.expectedRevision} of its stream is missing, or an event was put in or moved.`
    case 'gap':
      return `${nameOf(finding.event)} stands ${behind(finding.after)}: what was between them is missing, or was moved.`
    case 'eventAltered':
      return finding.sealed
        ? `${nameOf(finding.event)} is not the event that was sealed there.`
        : `${nameOf(finding.event)} is not the event that the hub took in there. No checkpoint covers it yet.`
    case 'rangeAltered':
      return `one or more from ${nameOf(finding.first)} to ${nameOf(finding.last)}.`
    case 'truncated':
      return `the log ends ${finding.last === null ? 'before its first event' : `with ${nameOf(finding.last)}`}, and ${count(finding.sealedSize)} events were sealed.`
    case 'checkpointInvalid':
      return `the checkpoint in ${nameOf(finding.event)} is not signed by a key that is trusted, or cannot be read.`
    case 'heldCheckpointInvalid':
      return 'the checkpoint that you gave cannot be read, or is not signed by the key that you gave.'
    case 'unreadable':
      return `line ${count(finding.line)} of ${finding.path}, ${behind(finding.after)}, is no event as a hub writes it (${finding.reason}).`
    case 'disordered':
      return `the event in line ${count(finding.line)} of ${finding.path} has a position that does not come after the one before it: lines were moved, or altered.`
    case 'fileAltered':
      return `${finding.path} is not what the manifest says (${finding.reason}). Up to the newest checkpoint every event is what was sealed; what was altered stands after it, or is no event.`
    default:
      return unreachable(finding)
  }
}
