/**
 * The order of steps, and the ports that they need. Plain Java on the caller's thread.
 * <p>
 * {@link io.rollcall.notifier.flow.TellPeople} takes a batch of events, a bounded piece
 * of alerts at a time: they are filed in the inboxes, published, and noted for the mails
 * that they make due; then states are stored, and only when all of that is done does its
 * caller commit the offsets. Every key is made of the recipient and the event's
 * {@code ce_id}, so a batch that is delivered again files and mails nothing twice, and
 * publishes again what it cannot know to have been published.
 * <p>
 * {@link io.rollcall.notifier.flow.SendMails} makes one mail of all that waits for a
 * recipient. {@link io.rollcall.notifier.flow.InboxListeners} are told when to look into
 * an inbox.
 *
 * <h2>Why a reader by cursor misses nothing</h2>
 *
 * An organization's changes are spread over all partitions (their key is the account),
 * and two instances may share them, so an inbox has many writers. A counter that is taken
 * first and written later would show 7 before 6, and who resumed behind 7 would never see
 * 6. Therefore a cursor is not taken, it is won: a writer looks up the largest cursor of
 * the inbox, files its alerts with the numbers behind it, in order, and a unique index on
 * (inbox, cursor) lets only one writer have each number. The loser looks again. Hence
 * number <i>n</i> is written only when 1 to <i>n</i>&nbsp;-&nbsp;1 are there: whoever
 * sees <i>n</i> has been able to see everything before it. Looking and reading go by
 * majority, so that no number that was seen can vanish with a deposed primary and be
 * filled later. A zombie behaves like any other writer. Whoever files the first of a
 * hundred numbers notes the hundred at the inbox (so does whoever makes a mail due): when
 * all alerts of an inbox have expired, numbers go on behind them, so none is used again,
 * and an alert that nobody gets by mail is one write. A stream can pass a number over
 * only if an inbox was silent for as long as alerts are kept, and two writers look up its
 * largest cursor just before and just after the last alert expires.
 *
 * <h2>What an e-mail may do twice</h2>
 *
 * A mail is what lies between two cursors of an inbox, fixed when it is first tried, and
 * claimed for longer than sending can take. It is sent again only if nobody noted how it
 * ended: the process died between the mail server's 250 and our note of it (or was cut
 * off from the database for longer than a claim lasts while another instance was not).
 * Its {@code Message-ID} is made of inbox and cursors, so mail clients can tell.
 */
@NullMarked
package io.rollcall.notifier.flow;

import org.jspecify.annotations.NullMarked;
