package org.chancery.protocol.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.device.DeviceEntry.Act;
import org.chancery.protocol.testing.People;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceChainTest {
    private static final Address ALICE = new Address("alice@lab.example");

    private final People people = new People();
    private final Identity laptop = people.device("alice", "laptop");
    private final Identity phone = people.device("alice", "phone");
    private final Identity tablet = people.device("alice", "tablet");
    private final Identity bobs = people.device("bob", "laptop");
    private DeviceChain chain;

    @BeforeEach
    void theLaptopBegins() throws Exception {
        chain = DeviceChain.begin(statement(DeviceChain.first(ALICE, laptop.deviceId()), laptop));
    }

    private DeviceStatement statement(DeviceEntry entry, Identity... signers) throws Exception {
        return DeviceStatement.of(people.signed(ContentPurpose.DEVICE_ENTRY, entry.encode(), signers));
    }

    private static Act add(Identity device) {
        return new Act.Add(device.deviceId());
    }

    private static Act end(Identity device) {
        return new Act.End(device.deviceId());
    }

    private static Act replace(Identity device, Identity by) {
        return new Act.Replace(device.deviceId(), by.deviceId());
    }

    private void says(Act act, Identity... signers) throws Exception {
        chain = chain.apply(statement(chain.next(act), signers));
    }

    private void assertRefused(DeviceFailure failure, Act act, Identity... signers) throws Exception {
        DeviceStatement statement = statement(chain.next(act), signers);
        assertRefused(failure, () -> chain.apply(statement));
    }

    private static void assertRefused(DeviceFailure failure, ThrowingCallable call) {
        assertThatExceptionOfType(DeviceException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    @Test
    void beginsWithADeviceThatAddsItself() {
        assertThat(chain.devices()).containsExactly(laptop.deviceId());
        assertThat(chain.first()).isEqualTo(chain.head());
    }

    @Test
    void beginsWithNothingElse() throws Exception {
        DeviceStatement by = statement(DeviceChain.first(ALICE, laptop.deviceId()), phone);
        assertRefused(DeviceFailure.NOT_COUNTERSIGNED, () -> DeviceChain.begin(by));
        DeviceStatement both = statement(DeviceChain.first(ALICE, laptop.deviceId()), laptop, phone);
        assertRefused(DeviceFailure.STRANGER, () -> DeviceChain.begin(both));
        DeviceStatement later = statement(chain.next(add(phone)), phone);
        assertRefused(DeviceFailure.NOT_THE_BEGINNING, () -> DeviceChain.begin(later));
        DeviceStatement end = statement(new DeviceEntry(ALICE, Optional.empty(), end(laptop)), laptop);
        assertRefused(DeviceFailure.NOT_THE_BEGINNING, () -> DeviceChain.begin(end));
    }

    @Test
    void aDeviceOnTheChainBringsOneMoreWhichAgrees() throws Exception {
        says(add(phone), laptop, phone);
        assertThat(chain.devices()).containsExactlyInAnyOrder(laptop.deviceId(), phone.deviceId());
        says(add(tablet), phone, tablet);
        assertThat(chain.devices()).contains(tablet.deviceId());
    }

    /// The authority's second alice: a certificate, and nobody to sign for it.
    @Test
    @Defends(Threat.DEVICE_NOBODY_LET_IN)
    void aCertificateAloneBringsNobodyOn() throws Exception {
        assertRefused(DeviceFailure.NOT_ON_CHAIN, add(phone), phone);
        assertRefused(DeviceFailure.NOT_ON_CHAIN, add(phone), phone, tablet);
        DeviceStatement anew = statement(DeviceChain.first(ALICE, phone.deviceId()), phone);
        assertRefused(DeviceFailure.ALREADY_BEGUN, () -> chain.apply(anew));
    }

    @Test
    void nobodyIsBroughtOnUnasked() throws Exception {
        assertRefused(DeviceFailure.NOT_COUNTERSIGNED, add(phone), laptop);
        says(add(tablet), laptop, tablet);
        assertRefused(DeviceFailure.NOT_COUNTERSIGNED, add(phone), laptop, tablet);
    }

    @Test
    void aDeviceIsOnTheChainOnce() throws Exception {
        assertRefused(DeviceFailure.ALREADY_ON_CHAIN, add(laptop), laptop);
        says(add(phone), laptop, phone);
        assertRefused(DeviceFailure.ALREADY_ON_CHAIN, replace(laptop, phone), laptop, phone);
    }

    @Test
    void oneDeviceTakesAnothersPlace() throws Exception {
        says(replace(laptop, phone), laptop, phone);
        assertThat(chain.devices()).containsExactly(phone.deviceId());
        assertRefused(DeviceFailure.NOT_ON_CHAIN, add(tablet), laptop, tablet);
        assertRefused(DeviceFailure.ENDED, add(laptop), phone, laptop);
    }

    @Test
    void whatIsEndedNeverComesBack() throws Exception {
        says(add(phone), laptop, phone);
        says(end(phone), laptop);
        assertThat(chain.devices()).containsExactly(laptop.deviceId());
        assertThat(chain.ended()).containsExactly(phone.deviceId());
        assertRefused(DeviceFailure.ENDED, add(phone), laptop, phone);
        assertRefused(DeviceFailure.ENDED, replace(laptop, phone), laptop, phone);
        assertRefused(DeviceFailure.NOT_ON_CHAIN, end(laptop), phone);
    }

    @Test
    void onlyWhatIsThereGoes() throws Exception {
        assertRefused(DeviceFailure.NO_SUCH_DEVICE, end(phone), laptop);
        assertRefused(DeviceFailure.NO_SUCH_DEVICE, replace(tablet, phone), laptop, phone);
    }

    @Test
    void nobodyElseSigns() throws Exception {
        assertRefused(DeviceFailure.STRANGER, end(laptop), laptop, phone);
    }

    @Test
    void aChainThatIsOverIsOver() throws Exception {
        says(end(laptop), laptop);
        assertRefused(DeviceFailure.OVER, add(phone), laptop, phone);
    }

    @Test
    void anEntryFollowsTheLastOne() throws Exception {
        DeviceStatement early = statement(chain.next(add(tablet)), laptop, tablet);
        says(add(phone), laptop, phone);
        assertRefused(DeviceFailure.STALE, () -> chain.apply(early));
    }

    @Test
    void oneAddressOneChain() throws Exception {
        assertRefused(DeviceFailure.OTHER_ADDRESS, () -> statement(chain.next(add(bobs)), laptop, bobs));
        DeviceStatement other =
                statement(new DeviceEntry(bobs.address(), Optional.of(chain.head()), end(laptop)), bobs);
        assertRefused(DeviceFailure.OTHER_ADDRESS, () -> chain.apply(other));
    }

    @Test
    void devicesAndEntriesAreCounted() throws Exception {
        for (int i = 1; i < DeviceChain.MAX_DEVICES; i++) {
            Identity another = people.device("alice", "device " + i);
            says(add(another), laptop, another);
        }
        assertRefused(DeviceFailure.TOO_MANY_DEVICES, add(phone), laptop, phone);
        Identity last = people.device("alice", "device 1");
        for (int i = DeviceChain.MAX_DEVICES; i < DeviceChain.MAX_ENTRIES; i++) {
            Identity next = people.device("alice", "replacement " + i);
            says(replace(last, next), laptop, next);
            last = next;
        }
        assertRefused(DeviceFailure.TOO_MANY_ENTRIES, replace(last, phone), laptop, phone);
    }

    /// Everybody who sees the same entries has the same devices, and none is among them that did not sign.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everybodyAgreesAndNobodyIsBroughtOn(long seed) throws Exception {
        Random random = new Random(seed);
        List<Identity> all = List.of(laptop, phone, tablet, people.device("alice", "desk"));
        List<DeviceStatement> log = new ArrayList<>();
        DeviceChain before = chain;
        for (int step = 0; step < 200; step++) {
            Identity one = all.get(random.nextInt(all.size()));
            Identity other = all.get(random.nextInt(all.size()));
            Act act = switch (random.nextInt(8)) {
                case 0 -> end(one);
                case 1, 2 -> one.equals(other) ? add(one) : replace(one, other);
                default -> add(one);
            };
            Identity[] signers = one.equals(other) ? new Identity[] {one} : new Identity[] {one, other};
            DeviceStatement statement = statement(chain.next(act), signers);
            try {
                DeviceChain after = chain.apply(statement);
                after.devices().stream()
                        .filter(device -> !chain.devices().contains(device))
                        .forEach(joined -> assertThat(statement.signers()).contains(joined));
                assertThat(after.devices()).noneMatch(chain.ended()::contains);
                chain = after;
                log.add(statement);
            } catch (DeviceException refused) {
                assertThat(refused.failure()).isNotEqualTo(DeviceFailure.MALFORMED);
            }
        }
        assertThat(log).isNotEmpty();
        for (DeviceStatement statement : log) {
            before = before.apply(statement);
        }
        assertThat(before).isEqualTo(chain);
    }

    @Test
    void acceptedOctetsAreTheOneEncoding() throws Exception {
        List<DeviceEntry> entries = List.of(
                DeviceChain.first(ALICE, laptop.deviceId()),
                chain.next(add(phone)),
                chain.next(replace(laptop, phone)),
                chain.next(end(phone)));
        for (DeviceEntry entry : entries) {
            assertThat(DeviceEntry.decode(entry.encode())).isEqualTo(entry);
            Mutations.of(entry.encode()).forEach(DeviceChainTest::sameOrRefused);
        }
        sameOrRefused(new byte[100_000]);
        sameOrRefused(Arrays.copyOf(entries.getFirst().encode(), 300));
    }

    private static void sameOrRefused(byte[] octets) {
        try {
            assertThat(DeviceEntry.decode(octets).encode()).isEqualTo(octets);
        } catch (DeviceException refused) {
            assertThat(refused.failure()).isEqualTo(DeviceFailure.MALFORMED);
        }
    }

    @Test
    void nothingReplacesItself() {
        assertThatIllegalArgumentException().isThrownBy(() -> chain.next(replace(laptop, laptop)));
    }
}
