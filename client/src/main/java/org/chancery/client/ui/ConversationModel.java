package org.chancery.client.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Remarked;
import org.chancery.client.chat.Trust;
import org.jspecify.annotations.Nullable;

/// One conversation as it is shown: messages grouped by who said them and when, days between them, notes where
/// something happened. Knows no Swing; lives on the event thread like the components that read it.
final class ConversationModel {
    /// Messages of one author closer together than this form one group.
    static final Duration GROUP = Duration.ofMinutes(5);

    private final Times times;
    private final NavigableMap<Long, Message> messages = new TreeMap<>();
    private Contact contact;
    private int limit;
    private boolean complete;
    private boolean loading;

    /// @param limit how many messages are asked for first
    ConversationModel(Contact contact, Times times, int limit) {
        this.contact = contact;
        this.times = times;
        this.limit = limit;
    }

    Contact contact() {
        return contact;
    }

    /// @throws IllegalArgumentException for somebody else
    void contact(Contact changed) {
        if (!changed.address().equals(contact.address())) {
            throw new IllegalArgumentException("a conversation stays with " + contact.address());
        }
        contact = changed;
    }

    /// How many messages are asked for now.
    int limit() {
        return limit;
    }

    /// Whether the first message ever is among those held.
    boolean complete() {
        return complete;
    }

    /// Whether the store is being read.
    boolean loading() {
        return loading;
    }

    void loading(boolean reading) {
        loading = reading;
    }

    /// Asks for more from now on.
    void widen(int factor) {
        limit = Math.multiplyExact(limit, factor);
    }

    /// Takes what the store held a moment ago. What an event has told since is newer and stays.
    void loaded(Collection<Message> stored) {
        stored.forEach(message -> messages.putIfAbsent(message.id(), message));
        complete = stored.size() < limit;
        loading = false;
    }

    /// Takes a message that was stored or has changed just now.
    void put(Message message) {
        if (message.isShown()) { // else the message that it is about has changed, and is told of, too
            messages.put(message.id(), message);
        }
    }

    /// A message is not in the store any more.
    void remove(long message) {
        messages.remove(message);
    }

    /// Holds nothing, and is to be loaded anew.
    void clear() {
        messages.clear();
        complete = false;
    }

    /// Oldest first.
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        @Nullable LocalDate day = null;
        @Nullable Message previous = null;
        for (Message message : messages.values()) {
            LocalDate today = times.day(shownAt(message));
            if (!today.equals(day)) {
                lines.add(new Line.Day(today, times.dayName(today)));
                day = today;
                previous = null;
            }
            previous = add(lines, message, previous);
        }
        if (contact.trust() == Trust.REVOKED) {
            lines.add(new Line.Note("revoked", "The certificate of " + contact.displayName() + " is revoked.", true));
        }
        return lines;
    }

    /// Gives the message the next one may be grouped with, null where a note stands between.
    private @Nullable Message add(List<Line> lines, Message message, @Nullable Message previous) {
        if (message.state() == MessageState.NOTE) {
            lines.add(new Line.Note("note " + message.id(), message.text(), false));
            return null;
        }
        boolean failed = message.state() == MessageState.FAILED;
        if (failed && !message.mine()) {
            lines.add(failure(message, "A message could not be accepted"));
            return null;
        }
        boolean opens = previous == null || !continues(previous, message);
        String author = message.mine() ? "You" : contact.displayName();
        Remarked.before(message).ifPresent(words -> lines.add(new Line.Note("before " + message.id(), words, false)));
        lines.add(new Line.Bubble(message, author, times.time(shownAt(message)), opens));
        List<String> remarks = Remarked.after(message);
        if (!remarks.isEmpty()) {
            lines.add(new Line.Note("after " + message.id(), String.join(" · ", remarks), false));
        }
        if (failed) {
            lines.add(failure(message, "Not sent"));
            return null;
        }
        return message;
    }

    private static Line failure(Message message, String what) {
        String why = message.failure().map(reason -> what + ": " + reason).orElse(what);
        return new Line.Note("failure " + message.id(), why, true);
    }

    private static boolean continues(Message previous, Message message) {
        return previous.from().equals(message.from())
                && Duration.between(shownAt(previous), shownAt(message)).compareTo(GROUP) < 0;
    }

    /// The relay's time where there is one: a contact's clock may be wrong, and the relay's orders everybody's.
    private static Instant shownAt(Message message) {
        return message.receivedAt().orElse(message.sentAt());
    }
}
