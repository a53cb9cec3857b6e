package org.chancery.client.ui;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.Trust;
import org.chancery.pki.name.Address;
import org.jspecify.annotations.Nullable;

/// The people on the left: everyone there is a conversation with, or what a search finds among them and in the
/// directory. Knows no Swing; lives on the event thread like the components that read it.
final class ContactListModel {
    private static final Comparator<Contact> NEWEST_FIRST = Comparator.comparing(
                    ContactListModel::lastAt, Comparator.reverseOrder())
            .thenComparing(contact -> contact.displayName().toLowerCase(Locale.ROOT))
            .thenComparing(Contact::address);

    private final Times times;
    private final Map<Address, Contact> contacts = new LinkedHashMap<>();
    private final Map<Address, Contact> found = new LinkedHashMap<>();
    private final Map<Address, String> drafts = new HashMap<>();
    private String query = "";
    private boolean answered;
    private @Nullable Address open;

    ContactListModel(Times times) {
        this.times = times;
    }

    void contacts(List<Contact> changed) {
        contacts.clear();
        changed.forEach(contact -> contacts.put(contact.address(), contact));
    }

    /// The person by that address, among contacts first, then among those the directory gave.
    Optional<Contact> contact(Address address) {
        return Optional.ofNullable(contacts.get(address)).or(() -> Optional.ofNullable(found.get(address)));
    }

    /// Whose conversation is shown: what is being typed there needs no reminder in the list.
    void open(Address address) {
        open = address;
    }

    /// Narrows the list to `text`; empty shows everyone again.
    void query(String text) {
        query = fold(text);
        answered = false;
        if (query.isEmpty()) {
            found.clear();
        }
    }

    boolean searching() {
        return !query.isEmpty();
    }

    /// Takes an answer of the directory; one to another question still names people who exist.
    void found(String prefix, List<Contact> people) {
        people.forEach(person -> found.put(person.address(), person));
        answered |= fold(prefix).equals(query);
    }

    /// What has been typed to `address` and not been sent; empty when nothing.
    String draft(Address address) {
        return drafts.getOrDefault(address, "");
    }

    void draft(Address address, String text) {
        if (text.isBlank()) {
            drafts.remove(address);
        } else {
            drafts.put(address, text);
        }
    }

    /// How many messages nobody has looked at, of everyone.
    int unread() {
        return contacts.values().stream().mapToInt(Contact::unread).sum();
    }

    List<ContactRow> rows() {
        Map<Address, Contact> shown = new LinkedHashMap<>();
        contacts.values().stream().filter(this::matches).sorted(NEWEST_FIRST).forEach(c -> shown.put(c.address(), c));
        if (searching()) {
            found.values().stream()
                    .filter(this::matches)
                    .sorted(NEWEST_FIRST)
                    .forEach(person -> shown.putIfAbsent(person.address(), person));
        }
        List<ContactRow> rows = new ArrayList<>();
        shown.values().forEach(contact -> rows.add(row(contact)));
        return rows;
    }

    /// What stands where rows would, when there are none.
    String emptyWords() {
        if (!searching()) {
            return "Nobody here yet. Type a name or an address above to find somebody.";
        }
        return answered ? "The directory knows nobody by that name." : "Asking the directory …";
    }

    private ContactRow row(Contact contact) {
        String time = contact.last().map(last -> times.brief(last.sentAt())).orElse("");
        String draft = draft(contact.address());
        if (contact.trust() == Trust.REVOKED) {
            return new ContactRow(contact, "Certificate revoked", ContactRow.Kind.DISTRUST, time);
        }
        if (contact.trust() == Trust.EXPIRED) {
            return new ContactRow(contact, "Certificate expired", ContactRow.Kind.DISTRUST, time);
        }
        if (!draft.isEmpty() && !contact.address().equals(open)) {
            return new ContactRow(contact, "Draft: " + oneLine(draft), ContactRow.Kind.DRAFT, time);
        }
        return contact.last()
                .map(last -> new ContactRow(contact, preview(last), ContactRow.Kind.LAST_MESSAGE, time))
                .orElseGet(() -> new ContactRow(contact, contact.address().value(), ContactRow.Kind.ADDRESS, time));
    }

    private static String preview(Message last) {
        if (last.text().isEmpty()) {
            return last.failure().orElse("");
        }
        return (last.mine() ? "You: " : "") + oneLine(last.text());
    }

    private boolean matches(Contact contact) {
        return fold(contact.displayName()).contains(query)
                || contact.address().value().contains(query);
    }

    private static Instant lastAt(Contact contact) {
        return contact.last().map(Message::sentAt).orElse(Instant.MIN);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static String fold(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
