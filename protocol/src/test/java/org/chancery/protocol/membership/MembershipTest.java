package org.chancery.protocol.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MembershipTest {
    private static final People PEOPLE = new People();
    private static final Identity ALICE = PEOPLE.device("alice", "1");
    private static final Identity BOB = PEOPLE.device("bob", "1");
    private static final Identity CAROL = PEOPLE.device("carol", "1");

    private Membership room;

    @BeforeEach
    void aliceCreatesARoom() throws Exception {
        room = Membership.begin(amendment(ALICE, new MembershipEntry.Create(new byte[32])));
    }

    private static Amendment amendment(Identity actor, MembershipEntry entry) throws Exception {
        return Amendment.of(PEOPLE.signed(ContentPurpose.MEMBERSHIP, entry.encode(), actor));
    }

    private static Address address(Identity person) throws Exception {
        return person.address();
    }

    private void does(Identity actor, Act act) throws Exception {
        room = room.apply(amendment(actor, room.next(act)), MembershipBounds.PROTOCOL);
    }

    private void joins(Identity person, Role role) throws Exception {
        does(ALICE, new Act.Invite(address(person), role));
        does(person, new Act.Accept());
    }

    private void assertRefused(Identity actor, Act act, MembershipFailure failure) throws Exception {
        assertRefused(amendment(actor, room.next(act)), MembershipBounds.PROTOCOL, failure);
    }

    private void assertRefused(Amendment amendment, MembershipBounds bounds, MembershipFailure failure) {
        assertThatExceptionOfType(MembershipException.class)
                .isThrownBy(() -> room.apply(amendment, bounds))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void whoCreatesOwns() throws Exception {
        assertThat(room.members()).isEqualTo(Map.of(address(ALICE), Role.OWNER));
        assertThat(room.room()).isEqualTo(ConversationId.room(room.head()));
    }

    /// Two creates of one person at one time are two rooms, for a signature is drawn anew.
    @Test
    void everyCreateIsARoomOfItsOwn() throws Exception {
        Amendment again = amendment(ALICE, new MembershipEntry.Create(new byte[32]));
        assertThat(Membership.begin(again).room()).isNotEqualTo(room.room());
    }

    @Test
    void whoIsInvitedIsAMemberOnceTheyAccept() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        assertThat(room.members()).doesNotContainKey(address(BOB));
        assertThat(room.knows(address(BOB))).isTrue();
        does(BOB, new Act.Accept());
        assertThat(room.members()).containsEntry(address(BOB), Role.MEMBER);
        assertThat(room.invited()).isEmpty();
    }

    @Test
    void whoIsInvitedAsOwnerOwns() throws Exception {
        joins(BOB, Role.OWNER);
        does(BOB, new Act.Invite(address(CAROL), Role.MEMBER));
        assertThat(room.invited()).containsKey(address(CAROL));
    }

    @Test
    void theHeadIsTheHashOfTheLastEntry() throws Exception {
        Amendment invitation = amendment(ALICE, room.next(new Act.Invite(address(BOB), Role.MEMBER)));
        assertThat(room.apply(invitation, MembershipBounds.PROTOCOL).head()).isEqualTo(invitation.hash());
    }

    @Test
    void nobodyAcceptsForAnother() throws Exception {
        joins(CAROL, Role.MEMBER);
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        assertRefused(ALICE, new Act.Accept(), MembershipFailure.NOT_INVITED);
        assertRefused(CAROL, new Act.Accept(), MembershipFailure.NOT_INVITED);
        assertThat(room.members()).doesNotContainKey(address(BOB));
    }

    @Test
    @Defends(Threat.MEMBER_NOBODY_LET_IN)
    void nobodyAcceptsUninvited() throws Exception {
        assertRefused(BOB, new Act.Accept(), MembershipFailure.NOT_A_MEMBER);
    }

    @Test
    void anInvitationIsTakenOnce() throws Exception {
        joins(BOB, Role.MEMBER);
        assertRefused(BOB, new Act.Accept(), MembershipFailure.NOT_INVITED);
    }

    @Test
    void anInvitationTakenBackIsNone() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        does(ALICE, new Act.Remove(address(BOB)));
        assertRefused(BOB, new Act.Accept(), MembershipFailure.NOT_A_MEMBER);
    }

    @Test
    void anInvitationCanBeTurnedDown() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        does(BOB, new Act.Leave());
        assertThat(room.knows(address(BOB))).isFalse();
    }

    @Test
    @Defends(Threat.MEMBER_NOBODY_LET_IN)
    void membersNeitherInviteNorRemove() throws Exception {
        joins(BOB, Role.MEMBER);
        assertRefused(BOB, new Act.Invite(address(CAROL), Role.MEMBER), MembershipFailure.NOT_AN_OWNER);
        assertRefused(BOB, new Act.Remove(address(ALICE)), MembershipFailure.NOT_AN_OWNER);
    }

    @Test
    void whoIsInvitedAsOwnerDoesNothingBeforeAccepting() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.OWNER));
        assertRefused(BOB, new Act.Invite(address(CAROL), Role.MEMBER), MembershipFailure.NOT_AN_OWNER);
        assertRefused(BOB, new Act.Remove(address(ALICE)), MembershipFailure.NOT_AN_OWNER);
    }

    @Test
    void strangersDoNothing() throws Exception {
        assertRefused(BOB, new Act.Invite(address(BOB), Role.OWNER), MembershipFailure.NOT_A_MEMBER);
        assertRefused(BOB, new Act.Leave(), MembershipFailure.NOT_A_MEMBER);
    }

    @Test
    void nobodyIsInvitedTwice() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        assertRefused(ALICE, new Act.Invite(address(BOB), Role.OWNER), MembershipFailure.ALREADY_INVITED);
        does(BOB, new Act.Accept());
        assertRefused(ALICE, new Act.Invite(address(BOB), Role.OWNER), MembershipFailure.ALREADY_A_MEMBER);
        assertRefused(ALICE, new Act.Invite(address(ALICE), Role.MEMBER), MembershipFailure.ALREADY_A_MEMBER);
    }

    @Test
    void whoIsRemovedIsGone() throws Exception {
        joins(BOB, Role.MEMBER);
        does(ALICE, new Act.Remove(address(BOB)));
        assertRefused(BOB, new Act.Leave(), MembershipFailure.NOT_A_MEMBER);
        assertRefused(ALICE, new Act.Remove(address(BOB)), MembershipFailure.NO_SUCH_MEMBER);
    }

    @Test
    void nobodyRemovesThemselves() throws Exception {
        joins(BOB, Role.OWNER);
        assertRefused(ALICE, new Act.Remove(address(ALICE)), MembershipFailure.ONESELF);
    }

    @Test
    void theLastOwnerLeavesNobodyBehind() throws Exception {
        joins(BOB, Role.MEMBER);
        assertRefused(ALICE, new Act.Leave(), MembershipFailure.LAST_OWNER);
        does(BOB, new Act.Leave());
        does(ALICE, new Act.Leave());
        assertThat(room.ended()).isTrue();
        assertRefused(ALICE, new Act.Invite(address(BOB), Role.MEMBER), MembershipFailure.ENDED);
    }

    @Test
    void anOwnerLeavesARoomToAnother() throws Exception {
        joins(BOB, Role.OWNER);
        does(ALICE, new Act.Leave());
        assertThat(room.members()).isEqualTo(Map.of(address(BOB), Role.OWNER));
    }

    @Test
    void aRoomThatIsOverInvitesNobody() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        does(ALICE, new Act.Leave());
        assertRefused(BOB, new Act.Accept(), MembershipFailure.ENDED);
        assertThat(room.invited()).isEmpty();
    }

    @Test
    void anEntryFollowsTheLastOne() throws Exception {
        Amendment first = amendment(ALICE, room.next(new Act.Invite(address(BOB), Role.MEMBER)));
        Amendment meanwhile = amendment(ALICE, room.next(new Act.Invite(address(CAROL), Role.MEMBER)));
        room = room.apply(first, MembershipBounds.PROTOCOL);
        assertRefused(meanwhile, MembershipBounds.PROTOCOL, MembershipFailure.STALE);
        assertRefused(first, MembershipBounds.PROTOCOL, MembershipFailure.STALE);
    }

    /// What has changed is not for strangers.
    @Test
    void aStrangerIsNotToldThatTheyAreLate() throws Exception {
        Amendment late = amendment(BOB, room.next(new Act.Leave()));
        does(ALICE, new Act.Invite(address(CAROL), Role.MEMBER));
        assertRefused(late, MembershipBounds.PROTOCOL, MembershipFailure.NOT_A_MEMBER);
    }

    @Test
    void anEntryOfOneRoomIsNothingInAnother() throws Exception {
        Membership other = Membership.begin(amendment(ALICE, new MembershipEntry.Create(new byte[32])));
        Amendment there = amendment(ALICE, other.next(new Act.Invite(address(BOB), Role.MEMBER)));
        assertRefused(there, MembershipBounds.PROTOCOL, MembershipFailure.OTHER_ROOM);
    }

    @Test
    void aRoomBeginsOnce() throws Exception {
        Amendment create = amendment(ALICE, new MembershipEntry.Create(new byte[32]));
        assertRefused(create, MembershipBounds.PROTOCOL, MembershipFailure.NOT_THE_BEGINNING);
        Amendment change = amendment(ALICE, room.next(new Act.Leave()));
        assertThatExceptionOfType(MembershipException.class)
                .isThrownBy(() -> Membership.begin(change))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(MembershipFailure.NOT_THE_BEGINNING));
    }

    @Test
    void aRoomHoldsSoManyTheInvitedIncluded() throws Exception {
        does(ALICE, new Act.Invite(address(BOB), Role.MEMBER));
        Amendment third = amendment(ALICE, room.next(new Act.Invite(address(CAROL), Role.MEMBER)));
        assertRefused(third, new MembershipBounds(2, 2), MembershipFailure.ROOM_FULL);
        assertRefused(third, new MembershipBounds(3, 1), MembershipFailure.TOO_MANY_INVITATIONS);
        room = room.apply(third, new MembershipBounds(3, 2));
    }

    @Test
    void onlyOneSigns() throws Exception {
        var both = PEOPLE.signed(
                ContentPurpose.MEMBERSHIP, room.next(new Act.Leave()).encode(), ALICE, BOB);
        assertThatExceptionOfType(MembershipException.class)
                .isThrownBy(() -> Amendment.of(both))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(MembershipFailure.MALFORMED));
    }

    @Test
    void isTakenUpAsItWasLeftAndNotOtherwise() throws Exception {
        joins(BOB, Role.MEMBER);
        assertThat(new Membership(room.room(), room.head(), room.members(), room.invited()))
                .isEqualTo(room);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Membership(room.room(), room.head(), Map.of(address(BOB), Role.MEMBER), Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Membership(room.room(), room.head(), room.members(), room.members()));
    }

    @Test
    void aPinnedRoomHasAPinnedId() {
        // sha256("chancery room v1" || 00 || 32 zero octets), by another program
        assertThat(ConversationId.room(Digest.NONE).hex())
                .isEqualTo("eb5e3ae7cd90a6c45ca1eab3cf15c2898830741ddbf93237e6b9a3da2e2bc218");
    }
}
