package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.time.Instant;
import java.util.List;
import org.chancery.client.chat.Trust;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the window says and in which colours: sentences, times, portraits, contrast.
class WordsTest {
    private static final double AA = 4.5;
    private static final List<Tone> GROUNDS = List.of(Tone.GROUND, Tone.SIDE, Tone.SELECTED, Tone.MINE, Tone.THEIRS);

    private final Times times = new Times(Scene.CLOCK);

    @Test
    void saysUntilWhenTheCertificateHoldsAndToHowManyDevicesOneSeals() {
        assertThat(TrustLine.of(Scene.contact(Scene.BOB, "Bob", true, Trust.TRUSTED, 2, 0), times)
                        .sentence())
                .isEqualTo("Certificate valid until 12 June 2027 · end-to-end encrypted to 2 devices");
        assertThat(TrustLine.of(Scene.contact(Scene.BOB, "Bob", true, Trust.TRUSTED, 1, 0), times)
                        .sentence())
                .endsWith("to 1 device");
    }

    @Test
    void callsNobodyTrustedWhoIsNot() {
        for (Trust trust : Trust.values()) {
            TrustLine line = TrustLine.of(Scene.contact(Scene.BOB, "Bob", true, trust, 0, 0), times);
            assertThat(line.good()).as(trust.name()).isEqualTo(trust == Trust.TRUSTED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-23T00:00:00Z, 00:00",
        "2026-11-22T23:59:59Z, Sun",
        "2026-11-17T12:00:00Z, Tue",
        "2026-11-16T12:00:00Z, 16 Nov",
        "2025-11-16T12:00:00Z, 16 November 2025"
    })
    void saysWhenBriefly(Instant instant, String words) {
        assertThat(times.brief(instant)).isEqualTo(words);
    }

    @Test
    void neverSaysThatARetryIsInThePast() {
        assertThat(times.until(Scene.NOW.minusSeconds(5))).isEqualTo("1 s");
        assertThat(times.until(Scene.NOW.plusSeconds(121))).isEqualTo("3 min");
    }

    @ParameterizedTest
    @CsvSource({"Bob Keller, BK", "Bob van der Keller, BK", "bob@lab.example, B", "Ömer Çelik, ÖÇ", "'', ''"})
    void takesInitialsFromTheNameAndOneFromAnAddress(String name, String initials) {
        assertThat(Portrait.of(Scene.BOB, name).initials()).isEqualTo(initials);
    }

    @Test
    void givesAnAddressOneColourForGood() {
        assertThat(Portrait.of(Scene.BOB, "Bob").colour())
                .isEqualTo(Portrait.of(Scene.BOB, "Robert").colour());
        assertThat(Portrait.of(Scene.contact(Scene.BOB, "Bob", true, Trust.REVOKED, 0, 0))
                        .colour())
                .isEqualTo(Portrait.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsTextReadableOnEveryGround(boolean dark) {
        for (Tone ground : GROUNDS) {
            assertReadable(Tone.INK, ground, dark);
            assertReadable(Tone.DIM, ground, dark);
        }
        for (Tone text : List.of(Tone.FAINT, Tone.ACCENT, Tone.BAD, Tone.WARN)) {
            assertReadable(text, Tone.GROUND, dark);
            assertReadable(text, Tone.SIDE, dark);
        }
        assertReadable(Tone.ACCENT, Tone.SELECTED, dark);
        assertReadable(Tone.BAD, Tone.SELECTED, dark);
        assertReadable(Tone.ACCENT, Tone.ACCENT_GROUND, dark);
        assertReadable(Tone.WARN, Tone.WARN_GROUND, dark);
        assertReadable(Tone.BAD, Tone.BAD_GROUND, dark);
        assertReadable(Tone.ON_ACCENT, Tone.ACCENT, dark);
        assertReadable(Tone.INK, Tone.MARKED, dark);
    }

    @Test
    void keepsInitialsReadableOnEveryPortrait() {
        for (Color colour : Portrait.COLOURS) {
            assertThat(contrast(Color.WHITE, colour)).as("white on %s", colour).isGreaterThanOrEqualTo(AA);
        }
        assertThat(contrast(Color.WHITE, Portrait.REVOKED)).isGreaterThanOrEqualTo(AA);
    }

    @Test
    void writesDigitsInFoursToCompare() {
        assertThat(Digits.rows("0123456789abcdef0123456789abcdef01"))
                .isEqualTo("0123 4567 89ab cdef\n0123 4567 89ab cdef\n01");
        assertThat(Digits.brief("0123456789abcdef")).isEqualTo("0123 4567");
    }

    private static void assertReadable(Tone text, Tone ground, boolean dark) {
        assertThat(contrast(text.in(dark), ground.in(dark)))
                .as("%s on %s, %s", text, ground, dark ? "dark" : "light")
                .isGreaterThanOrEqualTo(AA);
    }

    /// WCAG 2.2, 1.4.3.
    private static double contrast(Color one, Color other) {
        double first = luminance(one);
        double second = luminance(other);
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }
}
