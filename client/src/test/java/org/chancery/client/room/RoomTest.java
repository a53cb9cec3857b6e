package org.chancery.client.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chancery.client.store.RoomEntry;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.pki.sealing.RecordSigner;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

final class RoomTest {
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());
    private final List<RoomEntry> entries = new ArrayList<>();

    private void enters(Identity by, MembershipEntry entry) throws Exception {
        EncodedRecord record = RecordSigner.sign(by, ContentPurpose.MEMBERSHIP, entry.encode(), pki.now())
                .encoded();
        Amendment amendment = Amendment.kept(record, entry, by.address(), by.deviceId(), pki.now());
        entries.add(new RoomEntry(entries.size() + 1L, pki.now(), amendment));
    }

    private void acts(Identity by, Act act) throws Exception {
        Digest head = entries.getLast().hash();
        enters(by, new MembershipEntry.Change(entries.getFirst().room(), head, act));
    }

    /// An owner may ask somebody in and take that back as often as they like.
    @Test
    void whoWasAwayIsFoundInARecordOfAnyLength() throws Exception {
        enters(alice, new MembershipEntry.Create(new byte[MembershipEntry.Create.NONCE_BYTES]));
        acts(alice, new Act.Invite(BOB, Role.MEMBER));
        acts(bob, new Act.Accept());
        for (int i = 0; i < 200; i++) {
            acts(alice, new Act.Invite(CAROL, Role.MEMBER));
            acts(alice, new Act.Remove(CAROL));
        }
        long before = entries.size();
        acts(bob, new Act.Leave());
        Room room = Room.kept(entries);
        long begunNanos = cpuNanos();

        assertThat(room.wasAway(BOB, 3, before + 1)).isFalse();
        assertThat(room.wasAway(BOB, 3, before + 2)).isTrue();
        assertThat(room.wasAway(BOB, 1, 3)).isTrue();
        assertThat(room.wasAway(BOB, 2, 4)).isFalse();
        assertThat(Duration.ofNanos(cpuNanos() - begunNanos)).isLessThan(Duration.ofSeconds(2));
    }

    /// However much else runs here.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// It says of each which place it has.
    @Test
    void doesNotRelyOnTheOrderOfThePlacesThatARelayShows() throws Exception {
        enters(alice, new MembershipEntry.Create(new byte[MembershipEntry.Create.NONCE_BYTES]));
        acts(alice, new Act.Invite(BOB, Role.MEMBER));
        acts(bob, new Act.Accept());
        List<RoomEntry> shown = List.of(at(entries.get(0), 10), at(entries.get(1), 3), at(entries.get(2), 8));

        assertThat(Room.kept(shown).at(5)).isEmpty();
        assertThat(Room.kept(shown).wasAway(BOB, 1, 9)).isTrue();
    }

    private static RoomEntry at(RoomEntry entry, long sequence) {
        return new RoomEntry(sequence, entry.acceptedAt(), entry.amendment());
    }
}
