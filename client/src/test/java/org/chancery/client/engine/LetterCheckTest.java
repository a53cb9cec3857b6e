package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.store.SenderChain;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

class LetterCheckTest {
    private static final ConversationId HERE =
            ConversationId.direct(new Address("alice@lab.example"), new Address("bob@lab.example"));
    private static final ConversationId ELSEWHERE =
            ConversationId.direct(new Address("alice@lab.example"), new Address("carol@lab.example"));
    private static final ChainId CHAIN = new ChainId("00112233445566778899aabbccddeeff");
    private static final ChainId OTHER_CHAIN = new ChainId("ffeeddccbbaa99887766554433221100");
    private static final DeviceId DEVICE = new DeviceId("ab".repeat(32));
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Digest PREVIOUS = Digest.over(new byte[] {1});
    private static final Digest HEAD = Digest.over(new byte[] {3});
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");
    private static final ConversationId BETWEEN = ConversationId.direct(ALICE, BOB);
    private static final Digest LETTER = Digest.over(new byte[] {2});

    @Test
    void acceptsALetterThatIsWhatItSays() {
        assertThat(check(content(HERE, CHAIN, 5), NOW)).isEmpty();
    }

    @Test
    void refusesContentOfAnotherConversationThanItsHeader() {
        assertThat(check(content(ELSEWHERE, CHAIN, 5), NOW)).contains(LetterFailure.HEADER_MISMATCH);
    }

    @Test
    void refusesContentOfAnotherChainThanItsHeader() {
        assertThat(check(content(HERE, OTHER_CHAIN, 5), NOW)).contains(LetterFailure.HEADER_MISMATCH);
    }

    @Test
    void refusesContentOfAnotherCounterThanItsHeader() {
        assertThat(check(content(HERE, CHAIN, 6), NOW)).contains(LetterFailure.HEADER_MISMATCH);
    }

    @Test
    void knowsALetterBetweenTwoByWhoWroteItAndToWhom() {
        Content toBob = between(ALICE, BOB);
        assertThat(LetterCheck.ofTwo(toBob, BOB, ALICE)).isEmpty();
        assertThat(LetterCheck.ofTwo(toBob, ALICE, ALICE)).isEmpty();
        assertThat(LetterCheck.ofTwo(between(ALICE, ALICE), ALICE, ALICE)).isEmpty();
    }

    @Test
    void refusesALetterWrittenForAnotherConversation() {
        Content toBob = between(ALICE, BOB);
        assertThat(LetterCheck.ofTwo(toBob, CAROL, ALICE)).contains(LetterFailure.WRONG_CONVERSATION);
        assertThat(LetterCheck.ofTwo(toBob, BOB, CAROL)).contains(LetterFailure.WRONG_CONVERSATION);
        assertThat(LetterCheck.ofTwo(between(ALICE, CAROL), BOB, ALICE)).contains(LetterFailure.WRONG_CONVERSATION);
    }

    @Test
    void refusesALetterBetweenTwoThatNamesARoomsMembers() {
        assertThat(LetterCheck.ofTwo(content(BETWEEN, Optional.of(BOB), HEAD), BOB, ALICE))
                .contains(LetterFailure.WRONG_CONVERSATION);
    }

    @Test
    void takesARoomsLetterFromItsMembersForItsMembersUnderTheirHead() {
        assertThat(inRoom(HEAD, BOB, ALICE)).isEmpty();
        assertThat(inRoom(PREVIOUS, BOB, ALICE)).contains(LetterFailure.MEMBERSHIP_MISMATCH);
        assertThat(inRoom(HEAD, BOB, CAROL)).contains(LetterFailure.NOT_A_MEMBER);
        assertThat(inRoom(HEAD, CAROL, ALICE)).contains(LetterFailure.BEFORE_ADMISSION);
        assertThat(LetterCheck.ofRoom(content(HERE, Optional.empty(), HEAD), Optional.empty(), BOB, ALICE))
                .contains(LetterFailure.MEMBERSHIP_MISMATCH);
    }

    private static Optional<LetterFailure> inRoom(Digest head, Address self, Address from) {
        Membership then = new Membership(HERE, HEAD, Map.of(ALICE, Role.OWNER, BOB, Role.MEMBER), Map.of());
        return LetterCheck.ofRoom(content(HERE, Optional.empty(), head), Optional.of(then), self, from);
    }

    private static Content between(Address from, Address with) {
        return content(ConversationId.direct(from, with), Optional.of(with), Digest.NONE);
    }

    private static Content content(ConversationId conversation, Optional<Address> with, Digest head) {
        return new Content(
                conversation,
                with,
                CHAIN,
                5,
                PREVIOUS.bytes(),
                0,
                new byte[0],
                head.equals(Digest.NONE) ? new byte[0] : head.bytes(),
                1,
                NOW,
                new Body.Text("hello"));
    }

    @Test
    void allowsClocksToBeFiveMinutesApartAndNoMore() {
        Content content = content(HERE, CHAIN, 5);
        assertThat(check(content, NOW.plus(Clocks.MAX_SKEW))).isEmpty();
        assertThat(check(content, NOW.minus(Clocks.MAX_SKEW))).isEmpty();
        assertThat(check(content, NOW.plus(Clocks.MAX_SKEW).plusSeconds(1))).contains(LetterFailure.TIME_MISMATCH);
        assertThat(check(content, NOW.minus(Clocks.MAX_SKEW).minusSeconds(1))).contains(LetterFailure.TIME_MISMATCH);
    }

    @Test
    void refusesASigningTimeFarFromTheRelays() {
        assertThat(LetterCheck.outside(content(HERE, CHAIN, 5), header(HERE), NOW.minus(Duration.ofDays(1)), NOW))
                .contains(LetterFailure.TIME_MISMATCH);
    }

    @Test
    void takesTheNextOfAChain() {
        assertThat(order(5, PREVIOUS, at(4))).isEqualTo(new LetterCheck.Order.Next());
    }

    @Test
    void noticesLettersThatAreMissing() {
        assertThat(order(8, PREVIOUS, at(4))).isEqualTo(new LetterCheck.Order.Later(3));
    }

    @Test
    @Defends(Threat.NUMBER_USED_TWICE)
    void refusesANumberThatWasUsed() {
        assertThat(order(4, PREVIOUS, at(4))).isEqualTo(new LetterCheck.Order.Broken(LetterFailure.COUNTER_REUSED));
        assertThat(order(2, PREVIOUS, at(4))).isEqualTo(new LetterCheck.Order.Broken(LetterFailure.COUNTER_REUSED));
    }

    @Test
    void refusesALetterThatFollowsOnAnother() {
        assertThat(order(5, Digest.over(new byte[] {9}), at(4)))
                .isEqualTo(new LetterCheck.Order.Broken(LetterFailure.PREVIOUS_MISMATCH));
    }

    @Test
    void takesAChainFromWhereThisDeviceWasAdmitted() {
        Content content = content(HERE, CHAIN, 5);
        assertThat(LetterCheck.order(content, LETTER, Optional.empty(), false)).isEqualTo(new LetterCheck.Order.Next());
        assertThat(LetterCheck.order(content, LETTER, Optional.empty(), true))
                .isEqualTo(new LetterCheck.Order.Later(4));
    }

    private static Optional<LetterFailure> check(Content content, Instant acceptedAt) {
        return LetterCheck.outside(content, header(HERE), NOW, acceptedAt);
    }

    private static LetterCheck.Order order(long counter, Digest previous, SenderChain last) {
        return LetterCheck.order(content(HERE, CHAIN, counter, previous), LETTER, Optional.of(last), true);
    }

    private static SenderChain at(long counter) {
        return new SenderChain(DEVICE, HERE, CHAIN, counter, PREVIOUS);
    }

    private static LetterHeader header(ConversationId conversation) {
        return new LetterHeader(LetterHeader.VERSION, conversation, DEVICE, new byte[32], CHAIN, 5, new byte[32]);
    }

    private static Content content(ConversationId conversation, ChainId chain, long counter) {
        return content(conversation, chain, counter, PREVIOUS);
    }

    private static Content content(ConversationId conversation, ChainId chain, long counter, Digest previous) {
        return new Content(
                conversation,
                Optional.empty(),
                chain,
                counter,
                previous.bytes(),
                0,
                new byte[0],
                new byte[0],
                1,
                NOW,
                new Body.Text("hello"));
    }
}
