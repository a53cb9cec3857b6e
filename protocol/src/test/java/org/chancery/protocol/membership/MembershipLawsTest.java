package org.chancery.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Mutations;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.testing.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds whatever people do, and in whichever order it arrives.
final class MembershipLawsTest {
    private static final MembershipBounds BOUNDS = new MembershipBounds(4, 2);

    private final People people = new People();
    private final List<Identity> persons = new ArrayList<>();

    MembershipLawsTest() {
        for (String name : List.of("alice", "bob", "carol", "dave", "eve")) {
            persons.add(people.device(name, "1"));
        }
    }

    private Amendment sign(Identity actor, MembershipEntry entry) throws Exception {
        return Amendment.of(people.signed(ContentPurpose.MEMBERSHIP, entry.encode(), actor));
    }

    private Act anything(Random random) throws Exception {
        Address somebody = persons.get(random.nextInt(persons.size())).address();
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> new Act.Invite(somebody, random.nextInt(3) == 0 ? Role.OWNER : Role.MEMBER);
            case 7, 8, 9, 10, 11, 12, 13, 14, 15 -> new Act.Accept();
            case 16 -> new Act.Leave();
            default -> new Act.Remove(somebody);
        };
    }

    /// People act on what they know, which may be old, and their entries come in any order, some of them twice.
    /// What one applier takes, everybody takes who sees the same order; nobody is a member who did not accept
    /// after the last invitation; there is an owner as long as there is anybody.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everybodyAgreesAndNobodyIsAddedByOthers(long seed) throws Exception {
        Random random = new Random(seed);
        Amendment create = sign(persons.getFirst(), new MembershipEntry.Create(new byte[32]));
        List<Amendment> log = new ArrayList<>(List.of(create));
        List<Membership> states = new ArrayList<>(List.of(Membership.begin(create)));
        Set<Address> accepted = new HashSet<>(Set.of(create.actor()));
        List<Amendment> underWay = new ArrayList<>();
        for (int step = 0; step < 600; step++) {
            Membership known = states.get(states.size() - 1 - Math.min(states.size() - 1, random.nextInt(3) / 2));
            underWay.add(sign(persons.get(random.nextInt(persons.size())), known.next(anything(random))));
            Amendment arrives =
                    random.nextInt(4) > 0 ? underWay.getLast() : underWay.get(random.nextInt(underWay.size()));
            if (random.nextBoolean()) {
                underWay.remove(arrives);
            }
            Membership now = states.getLast();
            Membership then;
            try {
                then = now.apply(arrives, BOUNDS);
            } catch (MembershipException refused) {
                assertThat(refused.failure()).isNotEqualTo(MembershipFailure.MALFORMED);
                continue;
            }
            log.add(arrives);
            states.add(then);
            lawsHold(now, arrives, then, accepted);
        }
        assertThat(log).as("something happens").hasSizeGreaterThan(4);
        Membership again = Membership.begin(log.getFirst());
        for (int i = 1; i < log.size(); i++) {
            again = again.apply(log.get(i), MembershipBounds.PROTOCOL);
            assertThat(again).isEqualTo(states.get(i));
        }
    }

    private static void lawsHold(Membership before, Amendment by, Membership after, Set<Address> accepted) {
        if (((MembershipEntry.Change) by.entry()).act() instanceof Act.Accept) {
            assertThat(before.invited()).containsKey(by.actor());
            accepted.add(by.actor());
        }
        accepted.retainAll(after.members().keySet());
        assertThat(after.members().keySet()).as("by their own accept").isEqualTo(accepted);
        if (!after.ended()) {
            assertThat(after.members()).containsValue(Role.OWNER);
        }
        assertThat(after.members().size() + after.invited().size()).isLessThanOrEqualTo(BOUNDS.members());
        assertThat(after.head()).isNotEqualTo(before.head());
    }

    @Test
    void acceptedOctetsAreTheOneEncoding() throws Exception {
        Address bob = persons.get(1).address();
        ConversationId room = ConversationId.room(Digest.NONE);
        List<MembershipEntry> entries = List.of(
                new MembershipEntry.Create(new byte[32]),
                new MembershipEntry.Change(room, Digest.NONE, new Act.Invite(bob, Role.OWNER)),
                new MembershipEntry.Change(room, Digest.NONE, new Act.Accept()),
                new MembershipEntry.Change(room, Digest.NONE, new Act.Leave()),
                new MembershipEntry.Change(room, Digest.NONE, new Act.Remove(bob)));
        for (MembershipEntry entry : entries) {
            assertThat(MembershipEntry.decode(entry.encode())).isEqualTo(entry);
            Mutations.of(entry.encode()).forEach(MembershipLawsTest::sameOrRefused);
        }
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            sameOrRefused(noise);
        }
        sameOrRefused(new byte[100_000]);
    }

    private static void sameOrRefused(byte[] octets) {
        try {
            assertThat(MembershipEntry.decode(octets).encode()).isEqualTo(octets);
        } catch (MembershipException refused) {
            assertThat(refused.failure()).isEqualTo(MembershipFailure.MALFORMED);
        }
    }
}
