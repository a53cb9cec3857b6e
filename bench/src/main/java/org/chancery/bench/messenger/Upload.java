package org.chancery.bench.messenger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.chancery.bench.PooledKeys;
import org.chancery.bench.relay.BenchAuthority;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.RoomView;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// A room of many people with two devices each, all on their chains and with keys of their own at the relay: what its
/// sender, a whole messenger, has to upload for a line. Keys are of a pool, certificates and signatures real.
final class Upload {
    private static final int PRIMES = 60; // 1,770 keys
    private static final int LINES = 80; // within the first epoch
    private static final String SENDER = "sender";

    private final SecureRandom random = new SecureRandom();
    private final House house;
    private final int people;
    private final PooledKeys keys;
    private final TrustAnchors anchors;
    private int taken;

    private Upload(House house, int people) {
        this.house = house;
        this.people = people;
        this.keys = PooledKeys.make(PRIMES, random);
        this.anchors = TrustAnchors.of(house.authority().rootCertificate());
    }

    /// Measures the lines of one in a room of so many people.
    ///
    /// @return Markdown
    static String measure(Path home, int people) throws Exception {
        try (House house = House.open(home)) {
            return new Upload(house, people).measure();
        }
    }

    private Identity device(String name) {
        BenchAuthority authority = house.authority();
        return authority.device(keys.key(taken++), name + "@lab.example");
    }

    private String measure() throws Exception {
        Identity sender = device(SENDER);
        Path keystore = house.keep(SENDER, sender);
        Attendee.Head head = room(sender);
        try (Wiretap tap = Wiretap.before(house.relay().port());
                Messenger messenger = Messenger.open(keystore, tap.port())) {
            messenger.start();
            messenger.awaitReceiving();
            messenger.awaitRoom(head.room(), view -> view.state() == RoomView.State.INVITED);
            messenger.change(head.room(), new Act.Accept());
            messenger.awaitRoom(
                    head.room(),
                    view -> view.state() == RoomView.State.MEMBER
                            && view.members().size() == people);
            long[] octets = new long[LINES];
            long[] nanos = new long[LINES];
            for (int i = 0; i < LINES; i++) {
                long before = tap.sent();
                long begun = System.nanoTime();
                messenger.submit(new Command.SendText(Party.room(head.room()), "see you at six, line " + (i + 1)));
                messenger.await(
                        Event.MessageChanged.class, changed -> changed.message().state() == MessageState.PUBLISHED);
                octets[i] = tap.sent() - before;
                nanos[i] = System.nanoTime() - begun;
            }
            return page(octets, nanos);
        }
    }

    /// The room, with everybody in it but the sender, who is invited.
    private Attendee.Head room(Identity sender) throws Exception {
        Digest begun;
        try (Attendee first = connect(sender)) {
            begun = first.beginChain(); // its key its messenger makes
        }
        second(SENDER, begun, sender);
        Identity founder = device("p0");
        try (Attendee host = connect(founder)) {
            settle(host, "p0", founder);
            Attendee.Head head = host.create(random);
            for (int i = 1; i < people - 1; i++) {
                String name = "p" + i;
                Identity device = device(name);
                try (Attendee guest = connect(device)) {
                    settle(guest, name, device);
                    head = host.change(head, new Act.Invite(new Address(name + "@lab.example"), Role.MEMBER));
                    head = guest.change(head, new Act.Accept());
                }
            }
            return host.change(head, new Act.Invite(new Address(SENDER + "@lab.example"), Role.MEMBER));
        }
    }

    private Attendee connect(Identity device) throws Exception {
        return Attendee.connect(device, anchors, house.relay().port());
    }

    private void settle(Attendee first, String name, Identity device) throws Exception {
        Digest begun = first.beginChain();
        first.publish(keys.key(taken++));
        second(name, begun, device);
    }

    private void second(String name, Digest begun, Identity sponsor) throws Exception {
        try (Attendee other = connect(device(name))) {
            other.joinChain(begun, sponsor);
            other.publish(keys.key(taken++));
        }
    }

    private String page(long[] octets, long[] nanos) throws IOException {
        long[] later = Arrays.copyOfRange(octets, 1, octets.length);
        List<Double> millis = new ArrayList<>();
        for (long each : Arrays.copyOfRange(nanos, 1, nanos.length)) {
            millis.add(each / 1e6);
        }
        millis.sort(Double::compare);
        Arrays.sort(later);
        return String.format(
                Locale.ROOT,
                """
                ## A line in a large room

                %d people with two devices each; what one of them uploads, in octets of the TCP connection, TLS included, and how long it takes until
                the relay has it on its disk.

                | what | octets | milliseconds |
                | --- | --- | --- |
                | first line, with the seal of the epoch | %d | %.0f |
                | a line after it, of %d: lowest, median, highest | %d, %d, %d | %.0f, %.0f, %.0f |
                """,
                people,
                octets[0],
                nanos[0] / 1e6,
                later.length,
                later[0],
                later[later.length / 2],
                later[later.length - 1],
                millis.getFirst(),
                millis.get(millis.size() / 2),
                millis.getLast());
    }
}
