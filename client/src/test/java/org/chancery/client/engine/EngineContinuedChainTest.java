package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.chancery.client.chat.MessageState;
import org.chancery.client.engine.Forger.Claims;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.keystore.Identity;
import org.chancery.protocol.content.ContinuedChain;
import org.junit.jupiter.api.Test;

/// What a device can say of the chain that it goes on from, and what others make of it.
final class EngineContinuedChainTest extends Lab {
    private static final Digest OTHER = Digest.over(new byte[] {7});

    private TestRelay.Stored last() {
        return relay.letters(CONVERSATION).getLast();
    }

    private static ChainId chain(TestRelay.Stored letter) {
        return letter.letter().header().chain();
    }

    private void deliver(Claims claims) throws Exception {
        relay.say(new Forger(pki, alice).delivery(claims, bob, last().sequence() + 1));
    }

    /// A device that has lost its store twice begins twice behind the same letter.
    @Test
    void anOldChainMayBeGoneOnFromTwice() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        a.close();
        ContinuedChain old = new ContinuedChain(chain(last()), 1);
        Digest head = last().letter().hash();
        deliver(Claims.goingOn(ALICE, BOB, head, old, "after the first loss"));
        b.awaitMessage("after the first loss", MessageState.RECEIVED);
        deliver(Claims.goingOn(ALICE, BOB, head, old, "after the second"));
        b.awaitMessage("after the second", MessageState.RECEIVED);
        assertThat(b.failures(ALICE)).noneMatch(failure -> failure.contains("PREVIOUS_MISMATCH"));
    }

    @Test
    void anotherLetterThanTheLastOneKnownIsNotGoneOnFrom() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        a.close();
        deliver(Claims.goingOn(ALICE, BOB, OTHER, new ContinuedChain(chain(last()), 1), "behind what never was"));
        assertThat(b.awaitWhy()).contains("PREVIOUS_MISMATCH");
        b.barrier();
        assertThat(b.texts(ALICE)).containsOnlyOnce("one").doesNotContain("behind what never was");
    }

    @Test
    void lettersThatItRemembersAndNobodyElseHasAreMissed() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        a.close();
        deliver(Claims.goingOn(ALICE, BOB, OTHER, new ContinuedChain(chain(last()), 4), "behind four"));
        assertThat(b.awaitWhy()).startsWith("3 messages of alice@lab.example are missing");
        b.awaitMessage("behind four", MessageState.RECEIVED);
    }

    /// It says nothing about that one: neither that its letters are missing, nor where it ends.
    @Test
    void somebodyElsesChainIsNotOnesOwnToGoOnFrom() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "mine");
        exchange(b, a, "bob's");
        a.close();
        LetterHeader bobs = last().letter().header();
        assertThat(bobs.sender()).isEqualTo(bob.deviceId());
        deliver(Claims.goingOn(ALICE, BOB, OTHER, new ContinuedChain(bobs.chain(), 4), "behind bob's"));
        b.awaitMessage("behind bob's", MessageState.RECEIVED);
        b.barrier();
        assertThat(b.failures(ALICE)).noneMatch(failure -> failure.contains("missing"));
    }

    /// Nor is that of another device of one's own.
    @Test
    void anotherDevicesChainIsNotGoneOnFrom() throws Exception {
        relay.know(alice);
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        Identity phone = device(ALICE);
        relay.know(phone);
        Claims claims = Claims.goingOn(ALICE, BOB, OTHER, new ContinuedChain(chain(last()), 4), "from the phone");
        relay.say(new Forger(pki, phone).delivery(claims, bob, last().sequence() + 1));
        b.awaitMessage("from the phone", MessageState.RECEIVED);
        b.barrier();
        assertThat(b.failures(ALICE)).noneMatch(failure -> failure.contains("missing"));
    }
}
