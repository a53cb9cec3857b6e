package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Verification;
import org.chancery.pki.keystore.Identity;
import org.chancery.protocol.device.SafetyNumber;
import org.junit.jupiter.api.Test;

/// The marks of whom one has compared numbers with.
final class EngineVerificationTest extends Lab {
    private final Identity phone = device(ALICE);

    @Test
    void aMarkHoldsOverDevicesThatJoin() throws Exception {
        relay.know(bob);
        TestClient a = onChain(alice);
        SafetyNumber number = a.verify(BOB).number().orElseThrow();
        a.done(new Command.MarkVerified(BOB, number));
        relay.know(device(BOB));
        Verification grown = a.verify(BOB);
        assertThat(grown.verified()).isTrue();
        assertThat(grown.number()).contains(number);
        assertThat(a.done(new Command.MarkUnverified(BOB))).isEmpty();
        assertThat(a.verify(BOB).verified()).isFalse();
    }

    @Test
    void aMarkIsSharedAmongOnesOwnDevices() throws Exception {
        relay.know(alice);
        relay.know(phone);
        relay.know(bob);
        TestClient p = onChain(phone);
        TestClient a = onChain(alice);
        SafetyNumber number = a.verify(BOB).number().orElseThrow();
        a.done(new Command.MarkVerified(BOB, number));
        p.await(Event.TrustActed.class, acted -> acted.act().equals(new Command.MarkVerified(BOB, number)));
        assertThat(p.verify(BOB).verified()).isTrue();
        p.done(new Command.MarkUnverified(BOB));
        a.await(Event.TrustActed.class, acted -> acted.act().equals(new Command.MarkUnverified(BOB)));
        assertThat(a.verify(BOB).verified()).isFalse();
    }

    @Test
    void aDeviceThatHasJoinedHearsOfTheMarks() throws Exception {
        relay.know(bob);
        TestClient a = onChain(alice);
        SafetyNumber number = a.verify(BOB).number().orElseThrow();
        a.done(new Command.MarkVerified(BOB, number));
        TestClient p = start(phone);
        a.awaitWaiting();
        a.done(new Command.ApproveDevice(phone.deviceId()));
        p.await(Event.TrustActed.class, acted -> acted.act().equals(new Command.MarkVerified(BOB, number)));
    }

    @Test
    void noMarkIsMadeOverANumberThatIsNotTheOne() throws Exception {
        relay.know(bob);
        TestClient a = onChain(alice);
        a.verify(BOB);
        assertThat(a.done(new Command.MarkVerified(BOB, new SafetyNumber("0".repeat(60)))))
                .isPresent();
        assertThat(a.verify(BOB).verified()).isFalse();
        assertThat(a.done(new Command.AcceptChain(BOB))).as("nothing to accept").isPresent();
    }
}
