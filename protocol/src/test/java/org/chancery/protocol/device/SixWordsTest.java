package org.chancery.protocol.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SixWordsTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Digest FIRST = Digest.ofBytes(filled(1));
    private static final DeviceId DEVICE = DeviceId.ofBytes(filled(2));

    private static byte[] filled(int value) {
        byte[] octets = new byte[Digest.BYTES];
        Arrays.fill(octets, (byte) value);
        return octets;
    }

    /// Computed outside of this program; docs/protocol.md has it.
    @Test
    void areTheFirst66BitsOfTheHash() {
        assertThat(SixWords.of(ALICE, FIRST, DEVICE)).hasToString("baron lord mountain teenager mocha region");
    }

    @Test
    void dependOnAddressChainAndDevice() {
        Set<SixWords> all = new HashSet<>(List.of(
                SixWords.of(ALICE, FIRST, DEVICE),
                SixWords.of(new Address("alicf@lab.example"), FIRST, DEVICE),
                SixWords.of(ALICE, Digest.ofBytes(filled(3)), DEVICE),
                SixWords.of(ALICE, FIRST, DeviceId.ofBytes(filled(3)))));
        assertThat(all).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "baron lord mountain teenager mocha region",
                " Baron-LORD, mountain.teenager\tmocha region ",
                "baro lord moun teen moch regi"
            })
    void areRecognisedHoweverTheyAreTyped(String text) {
        assertThat(SixWords.of(ALICE, FIRST, DEVICE).areTyped(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "baron lord mountain teenager mocha",
                "baron lord mountain teenager mocha region region",
                "lord baron mountain teenager mocha region",
                "baron lord mountain teenager mocha regal",
                "bar lord mountain teenager mocha region",
                "baron lord mountain teenager mocha regions"
            })
    void areNotOthers(String text) {
        assertThat(SixWords.of(ALICE, FIRST, DEVICE).areTyped(text)).isFalse();
    }

    @Test
    void areOfTheList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SixWords(List.of("baron", "lord", "mountain", "teenager", "mocha", "xyz")));
        assertThatIllegalArgumentException().isThrownBy(() -> new SixWords(List.of("baron", "lord")));
    }

    /// The list is part of the protocol: whoever changes a word shows other words than everybody else.
    @Test
    void theListIsTheOneThatItWas() throws Exception {
        byte[] file = SixWords.class.getResourceAsStream("words.txt").readAllBytes();
        assertThat(Digest.over(file).hex())
                .isEqualTo("773d7a82d0713ad093b003da3d5e2e34948e4d95485e180557d4b6031c3ff5dc");
    }

    @Test
    void theListHasAWordForEveryElevenBits() {
        assertThat(SixWords.LIST).hasSize(2048).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void everyWordIsShortAndOrdinaryLetters() {
        assertThat(SixWords.LIST).allMatch(word -> word.matches("[a-z]{4,8}"));
    }

    @Test
    void noTwoWordsBeginWithTheSameFourLetters() {
        assertThat(SixWords.LIST.stream().map(word -> word.substring(0, 4))).doesNotHaveDuplicates();
    }

    /// One letter misread, left out or added, or two neighbours changed round, is no other word.
    @Test
    void noSlipMakesAnotherWordOfOne() {
        Set<String> list = new HashSet<>(SixWords.LIST);
        for (String word : SixWords.LIST) {
            Set<String> slips = slips(word);
            slips.remove(word);
            slips.retainAll(list);
            assertThat(slips).as(word).isEmpty();
        }
    }

    private static Set<String> slips(String word) {
        Set<String> slips = new HashSet<>();
        for (int at = 0; at <= word.length(); at++) {
            String before = word.substring(0, at);
            String from = word.substring(at);
            for (char letter = 'a'; letter <= 'z'; letter++) {
                slips.add(before + letter + from);
                if (!from.isEmpty()) {
                    slips.add(before + letter + from.substring(1));
                }
            }
            if (from.length() >= 2) {
                slips.add(before + from.charAt(1) + from.charAt(0) + from.substring(2));
            }
        }
        return slips;
    }
}
