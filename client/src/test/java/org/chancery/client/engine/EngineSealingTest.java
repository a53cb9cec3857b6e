package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.client.chat.MessageState;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.testing.TestKeys;
import org.chancery.protocol.frame.ProtocolError;
import org.junit.jupiter.api.Test;

/// For whom letters are sealed, and under which key.
final class EngineSealingTest extends Lab {
    @Test
    void sealsAnewUnderTheSameNumberWhenTheDevicesHaveChanged() throws Exception {
        relay.know(bob);
        Identity second = device(BOB);
        TestClient a = online(alice);
        a.send(BOB, "first");
        relay.know(second);
        relay.locked(() -> relay.refusals.add(ProtocolError.STALE_SEAL));
        a.send(BOB, "second");
        var letters = relay.letters(CONVERSATION);
        assertThat(letters.get(1).letter().header().counter()).isEqualTo(2);
        assertThat(letters.get(1).seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId(), second.deviceId());
    }

    @Test
    void givesUpOnARelayThatNeverAgrees() throws Exception {
        relay.know(bob);
        relay.locked(() -> {
            for (int i = 0; i < 10; i++) {
                relay.refusals.add(ProtocolError.STALE_SEAL);
            }
        });
        TestClient a = online(alice);
        a.say(BOB, "stuck");
        assertThat(a.awaitWhy()).contains("do not agree");
    }

    @Test
    void doesNotWaitForADeviceThatHasPublishedNoKey() throws Exception {
        relay.know(bob);
        relay.know(pki.client(BOB.value(), TestKeys.ec("tablet")), Optional.empty());
        TestClient a = online(alice);
        a.send(BOB, "to the other device");
        assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId());
    }

    @Test
    void saysThatNoDeviceOfTheOtherCanReceive() throws Exception {
        relay.know(pki.client(BOB.value(), TestKeys.ec("tablet")), Optional.empty());
        TestClient a = online(alice);
        a.say(BOB, "in vain");
        assertThat(a.awaitWhy()).contains("has no device that can receive");
    }

    @Test
    void talksWithADeviceWhoseOwnKeyOnlySigns() throws Exception {
        Identity card = pki.client(BOB.value(), TestKeys.ec("card"));
        relay.know(card);
        TestClient a = online(alice);
        a.send(BOB, "sealed to the key it has published");
        TestClient b = online(card);
        b.awaitMessage("sealed to the key it has published", MessageState.RECEIVED);
    }

    @Test
    void neverSealsToARevokedDeviceWhateverTheRelaySays() throws Exception {
        Identity stolen = device(BOB);
        relay.know(bob);
        relay.know(stolen); // as one that is not revoked
        relay.publish(pki.revoke(stolen.chain().leaf()));
        TestClient a = online(alice);
        a.send(BOB, "secret");
        assertThat(relay.letters(CONVERSATION).getFirst().seal().wraps())
                .extracting(Wrap::device)
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId());
    }

    @Test
    void saysThatEveryDeviceIsRevoked() throws Exception {
        relay.know(bob);
        relay.publish(pki.revoke(bob.chain().leaf()));
        TestClient a = online(alice);
        a.say(BOB, "secret");
        assertThat(a.awaitWhy()).contains("every device of " + BOB + " is revoked");
        assertThat(relay.letters(CONVERSATION)).isEmpty();
    }

    @Test
    void saysThatSomebodyHasNeverConnected() throws Exception {
        TestClient a = online(alice);
        a.say(BOB, "anybody there?");
        assertThat(a.awaitWhy()).contains("has never connected");
    }

    @Test
    void doesNotBelieveADeviceOfAnotherAuthority() throws Exception {
        relay.know(pki.issuedBySomeoneElse(BOB.value()));
        TestClient a = online(alice);
        a.say(BOB, "secret");
        a.awaitFailure();
        assertThat(relay.letters(CONVERSATION)).isEmpty();
    }

    @Test
    void sealsNothingByOutdatedRevocationLists() throws Exception {
        relay.know(bob);
        relay.publish(pki.staleCrls());
        TestClient a = online(alice);
        a.say(BOB, "waits");
        a.awaitMessage("waits", MessageState.QUEUED);
        a.settle();
        assertThat(relay.letters(CONVERSATION)).isEmpty();
        pki.revoke(pki.client("mallory@lab.example").chain().leaf()); // a list with a higher number
        relay.publish(pki.crls());
        a.awaitMessage("waits", MessageState.PUBLISHED);
    }

    @Test
    void wrapsAKeyOnceForManyLetters() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        TestClient b = online(bob);
        for (int i = 0; i < 3; i++) {
            exchange(a, b, "a" + i);
        }
        assertThat(seals()).hasSize(1);
        assertThat(relay.sealsUploaded).isEqualTo(1);
        assertThat(relay.letters(CONVERSATION))
                .as("what a short line costs within an epoch, however many read it")
                .allSatisfy(stored -> assertThat(stored.letter().derLength()).isLessThan(2048));
    }

    @Test
    void wrapsAKeyForEachLetterWhereThatIsAsked() throws Exception {
        relay.know(bob);
        TestClient a =
                TestClient.start(pki, alice, relay.address(), directory, 1).online();
        a.say(BOB, "one");
        a.send(BOB, "two");
        assertThat(seals()).hasSize(2);
    }

    @Test
    void drawsAnotherKeyAfterAnHour() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        a.send(BOB, "now");
        pki.advance(Duration.ofMinutes(59));
        a.send(BOB, "within the hour");
        pki.advance(Duration.ofMinutes(1));
        a.send(BOB, "later");
        assertThat(seals()).hasSize(2);
    }

    @Test
    void drawsAnotherKeyWhenADeviceIsAdded() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        a.send(BOB, "to one");
        relay.know(device(BOB));
        relay.locked(() -> relay.refusals.add(ProtocolError.STALE_SEAL));
        a.send(BOB, "to two");
        assertThat(seals()).hasSize(2);
    }

    @Test
    void sealsAnewWhereTheRelayHasLostTheSeal() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        TestClient b = online(bob);
        exchange(a, b, "first");
        relay.locked(() -> relay.refusals.add(ProtocolError.UNKNOWN_SEAL));
        exchange(a, b, "second");
        assertThat(seals()).hasSize(2);
    }

    private Set<String> seals() {
        return relay.letters(CONVERSATION).stream()
                .map(stored -> HexFormat.of().formatHex(stored.letter().header().sealId()))
                .collect(Collectors.toSet());
    }
}
