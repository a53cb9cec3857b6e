package org.chancery.protocol.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.device.SafetyNumber.Party;
import org.chancery.protocol.testing.People;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafetyNumberTest {
    private static final String DIGITS = "087746354246293496975608611444994760027600201854304654708174";

    private final People people = new People();
    private final Party alice = new Party(new Address("alice@lab.example"), filled(1));
    private final Party bob = new Party(new Address("bob@lab.example"), filled(2));
    private final SafetyNumber number = SafetyNumber.of(alice, bob);

    private static Digest filled(int value) {
        byte[] octets = new byte[Digest.BYTES];
        Arrays.fill(octets, (byte) value);
        return Digest.ofBytes(octets);
    }

    /// Computed outside of this program; docs/protocol.md has it.
    @Test
    void isTwelveGroupsOfTheExpandedHash() {
        assertThat(number.digits()).isEqualTo(DIGITS);
        assertThat(number.groups()).hasSize(12).first().isEqualTo("08774");
        assertThat(number).hasToString(String.join(" ", number.groups()));
    }

    @Test
    void isTheSameOnBothSides() {
        assertThat(SafetyNumber.of(bob, alice)).isEqualTo(number);
    }

    @Test
    void isAnotherForAnotherAddressOrAChainBegunAnew() {
        assertThat(number)
                .isNotEqualTo(SafetyNumber.of(new Party(alice.address(), filled(3)), bob))
                .isNotEqualTo(SafetyNumber.of(alice, new Party(bob.address(), filled(3))))
                .isNotEqualTo(SafetyNumber.of(alice, new Party(new Address("eve@lab.example"), bob.first())));
    }

    @Test
    void staysWhenDevicesJoinAreReplacedAndEnd() throws Exception {
        Identity laptop = people.device("alice", "laptop");
        Identity phone = people.device("alice", "phone");
        Identity tablet = people.device("alice", "tablet");
        DeviceChain chain = DeviceChain.begin(statement(DeviceChain.first(alice.address(), laptop.deviceId()), laptop));
        SafetyNumber before = SafetyNumber.of(new Party(alice.address(), chain.first()), bob);
        chain = chain.apply(statement(chain.next(new Act.Add(phone.deviceId())), laptop, phone));
        chain = chain.apply(
                statement(chain.next(new Act.Replace(laptop.deviceId(), tablet.deviceId())), phone, tablet));
        chain = chain.apply(statement(chain.next(new Act.End(phone.deviceId())), tablet));
        assertThat(SafetyNumber.of(new Party(alice.address(), chain.first()), bob))
                .isEqualTo(before);
    }

    private DeviceStatement statement(DeviceEntry entry, Identity... signers) throws Exception {
        return DeviceStatement.of(people.signed(ContentPurpose.DEVICE_ENTRY, entry.encode(), signers));
    }

    @Test
    void isBetweenTwoPeople() {
        assertThatIllegalArgumentException().isThrownBy(() -> SafetyNumber.of(alice, alice));
    }

    @Test
    void isReadAsItIsScannedAndAsItIsTyped() {
        assertThat(SafetyNumber.read(number.scanned())).contains(number);
        assertThat(SafetyNumber.read(number.toString())).contains(number);
        assertThat(SafetyNumber.read("\n" + DIGITS + "\n")).contains(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CHANCERY1:", "CHANCERY2:" + DIGITS, DIGITS + "0", "0x7746" + DIGITS, "a" + DIGITS})
    void isNothingElse(String text) {
        assertThat(SafetyNumber.read(text)).isEmpty();
    }

    @Test
    void isNotLookedForInALongText() {
        assertThat(SafetyNumber.read(DIGITS + " ".repeat(200))).isEmpty();
    }
}
