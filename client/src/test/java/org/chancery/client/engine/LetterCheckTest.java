package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.client.store.SenderChain;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
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
    void refusesALetterWrittenForAnotherConversation() {
        assertThat(LetterCheck.content(content(ELSEWHERE, CHAIN, 5), header(ELSEWHERE), NOW, NOW, HERE))
                .contains(LetterFailure.WRONG_CONVERSATION);
    }

    @Test
    void allowsClocksToBeFiveMinutesApartAndNoMore() {
        Content content = content(HERE, CHAIN, 5);
        assertThat(check(content, NOW.plus(LetterCheck.CLOCK_SKEW))).isEmpty();
        assertThat(check(content, NOW.minus(LetterCheck.CLOCK_SKEW))).isEmpty();
        assertThat(check(content, NOW.plus(LetterCheck.CLOCK_SKEW).plusSeconds(1)))
                .contains(LetterFailure.TIME_MISMATCH);
        assertThat(check(content, NOW.minus(LetterCheck.CLOCK_SKEW).minusSeconds(1)))
                .contains(LetterFailure.TIME_MISMATCH);
    }

    @Test
    void refusesASigningTimeFarFromTheRelays() {
        assertThat(LetterCheck.content(content(HERE, CHAIN, 5), header(HERE), NOW.minus(Duration.ofDays(1)), NOW, HERE))
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
        return LetterCheck.content(content, header(HERE), NOW, acceptedAt, HERE);
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
