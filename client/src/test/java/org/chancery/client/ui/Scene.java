package org.chancery.client.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.ContactDevice;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.SelfView;
import org.chancery.client.chat.Standing;
import org.chancery.client.chat.Trust;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.content.Body;

/// The morning after a key ceremony, as Alice sees it: what tests talk about and what the pictures show.
final class Scene {
    static final Instant NOW = Instant.parse("2026-11-23T10:45:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final Address ALICE = address("alice@lab.example");
    static final Address BOB = address("bob@lab.example");
    static final Address CAROL = address("carol@lab.example");
    static final Address DAVE = address("dave@lab.example");
    static final Address MALLORY = address("mallory@lab.example");
    static final ConnectionState.Online ONLINE =
            new ConnectionState.Online("chat.lab.example:65432", NOW.minus(Duration.ofHours(2)));

    private static final List<String> AUTHORITIES = List.of("Lab Issuing CA 1", "Lab Root");

    private long lastId;

    static SelfView self() {
        return new SelfView(
                ALICE,
                "Alice Liddell",
                device("alice"),
                Instant.parse("2027-12-04T09:00:00Z"),
                path(ALICE),
                digest("root"));
    }

    /// Everybody, and what they said.
    static StagedMessenger staged() {
        Scene scene = new Scene();
        return new StagedMessenger(self())
                .with(contact(BOB, "Bob Keller", true, Trust.TRUSTED, 2, 0), scene.bob())
                .with(contact(CAROL, "Carol Ruiz", false, Trust.TRUSTED, 1, 2), scene.carol())
                .with(contact(DAVE, "Dave Okafor", true, Trust.TRUSTED, 1, 0), scene.dave())
                .with(contact(MALLORY, "Mallory Moss", false, Trust.REVOKED, 0, 0), scene.mallory());
    }

    static Contact contact(Address address, String name, boolean online, Trust trust, int devices, int unread) {
        List<ContactDevice> held = new ArrayList<>();
        for (int i = 0; i < devices; i++) {
            held.add(new ContactDevice(
                    device(address.value() + i),
                    Instant.parse("2026-03-03T08:00:00Z").plus(Duration.ofDays(76L * i)),
                    Instant.parse("2027-06-12T08:00:00Z"),
                    path(address)));
        }
        return new Contact(address, name, online, trust, held, Optional.empty(), unread);
    }

    private List<Message> bob() {
        return List.of(
                said(BOB, BOB, "2026-11-22T16:02:10Z", "The safe is booked for nine. Bring the second card, please."),
                sent(BOB, "2026-11-22T16:05:00Z", "Will do. Carol has the third one."),
                said(BOB, BOB, "2026-11-23T10:31:00Z", "Morning! Did the new issuing CA go through the ceremony?"),
                sent(BOB, "2026-11-23T10:33:05Z", "Yes. Root is back in the safe, issuing CA runs since 9."),
                sent(BOB, "2026-11-23T10:33:40Z", "Fingerprint is on the whiteboard, please compare."),
                said(BOB, BOB, "2026-11-23T10:38:00Z", "Matches, all 64 digits."),
                said(
                        BOB,
                        BOB,
                        "2026-11-23T10:39:20Z",
                        "I have the minutes here. Three of us signed, the camera ran the whole time, and the spare card is sealed"
                                + " in envelope 7. Shall I put a copy into the evidence folder?"),
                sent(BOB, "2026-11-23T10:44:00Z", "Yes please. I will sign it this afternoon."));
    }

    private List<Message> carol() {
        return List.of(
                sent(CAROL, "2026-11-23T08:58:00Z", "Is the relay in B2 back?"),
                said(CAROL, CAROL, "2026-11-23T09:11:00Z", "Since five minutes ago."),
                said(CAROL, CAROL, "2026-11-23T09:12:00Z", "It came up with the new certificate at the first try"));
    }

    private List<Message> dave() {
        return List.of(
                said(DAVE, DAVE, "2026-11-21T17:20:00Z", "Shift log is in the share."),
                sent(DAVE, "2026-11-21T17:24:00Z", "Thanks, have a good weekend!"));
    }

    private List<Message> mallory() {
        return List.of(
                said(MALLORY, MALLORY, "2026-11-20T14:10:00Z", "I left my laptop on the train."),
                sent(MALLORY, "2026-11-20T14:12:00Z", "Thanks for saying so at once. I revoke its certificate now."));
    }

    /// Alice's, taken by the relay.
    Message sent(Address to, String at, String text) {
        return message(to, ALICE, at, text, MessageState.PUBLISHED, Optional.empty());
    }

    Message said(Address with, Address from, String at, String text) {
        return message(with, from, at, text, MessageState.RECEIVED, Optional.empty());
    }

    Message message(Address with, Address from, String at, String text, MessageState state, Optional<String> failure) {
        boolean mine = from.equals(ALICE);
        Instant instant = Instant.parse(at);
        lastId++;
        return new Message(
                lastId,
                ConversationId.direct(ALICE, with),
                Optional.of(with),
                from,
                Optional.of(device(from.value() + 0)),
                mine,
                text,
                Optional.of(text).filter(words -> !words.isEmpty()).map(Body.Text::new),
                instant,
                mine ? Optional.empty() : Optional.of(instant),
                state == MessageState.QUEUED ? OptionalLong.empty() : OptionalLong.of(lastId),
                state,
                failure,
                Standing.PLAIN,
                OptionalLong.empty());
    }

    /// Numbers messages from `first` on, for what is said after a staged conversation.
    static Scene from(long first) {
        Scene scene = new Scene();
        scene.lastId = first - 1;
        return scene;
    }

    static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (MalformedNameException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static List<String> path(Address address) {
        List<String> names = new ArrayList<>();
        names.add(address.value());
        names.addAll(AUTHORITIES);
        return names;
    }

    private static DeviceId device(String seed) {
        return new DeviceId(digest(seed));
    }

    private static String digest(String seed) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(seed.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
