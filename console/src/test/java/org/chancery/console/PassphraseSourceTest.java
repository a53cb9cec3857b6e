package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.keystore.KeyStoreFailure;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseSourceTest {
    private final List<String> asked = new ArrayList<>();
    private final Deque<char[]> typed = new ArrayDeque<>();

    @TempDir
    private Path directory;

    @Test
    void takesTheFileBeforeTheTerminal() throws Exception {
        assertThat(read(choose(false, file("option")))).isEqualTo("option");
        assertThat(asked).isEmpty();
    }

    @Test
    void readsOneLineOfStandardInputEachTime() throws Exception {
        InputStream in = input("erste Größe\r\nsecond\n");
        PassphraseSource source = PassphraseSource.choose(false, "-", in, this::ask);
        assertThat(read(source)).isEqualTo("erste Größe");
        assertThat(read(source)).isEqualTo("second");
    }

    @Test
    void asksOnceForWhatExists() throws Exception {
        typed.add("secret".toCharArray());
        assertThat(read(choose(false, ""))).isEqualTo("secret");
        assertThat(asked).containsExactly("passphrase");
    }

    @Test
    void asksTwiceForWhatIsCreatedAndWipesWhatWasTyped() throws Exception {
        char[] first = "secret".toCharArray();
        char[] second = "secret".toCharArray();
        typed.add(first);
        typed.add(second);
        try (Passphrase fresh = choose(false, "").fresh("passphrase")) {
            assertThat(fresh.exposedCharacters()).containsExactly("secret".toCharArray());
        }
        assertThat(asked).containsExactly("passphrase", "passphrase, again");
        assertThat(first).containsOnly('\0');
        assertThat(second).containsOnly('\0');
    }

    @Test
    void refusesTwoThatDiffer() {
        typed.add("secret".toCharArray());
        typed.add("Secret".toCharArray());
        assertThatExceptionOfType(PassphraseException.class)
                .isThrownBy(() -> choose(false, "").fresh("passphrase"))
                .extracting(PassphraseException::failure)
                .isEqualTo(PassphraseException.Failure.MISMATCH);
    }

    @Test
    void refusesAnEmptyOne() {
        typed.add(new char[0]);
        assertThatExceptionOfType(PassphraseException.class)
                .isThrownBy(() -> choose(false, "").existing("passphrase"))
                .extracting(PassphraseException::failure)
                .isEqualTo(PassphraseException.Failure.EMPTY);
    }

    @Test
    void saysSoWhereThereIsNoTerminal() {
        assertThatExceptionOfType(PassphraseException.class)
                .isThrownBy(() -> choose(false, "").existing("passphrase"))
                .extracting(PassphraseException::failure)
                .isEqualTo(PassphraseException.Failure.NO_TERMINAL);
    }

    @Test
    void refusesFileAndNoPassphraseAtOnce() {
        assertThatExceptionOfType(PassphraseException.class)
                .isThrownBy(() -> choose(true, "file"))
                .extracting(PassphraseException::failure)
                .isEqualTo(PassphraseException.Failure.CONTRADICTION);
    }

    @Test
    void asksNobodyWhereThereIsNone() throws Exception {
        PassphraseSource source = choose(true, "");
        assertThat(source.isNone()).isTrue();
        try (Passphrase none = source.fresh("passphrase")) {
            assertThat(none.isNone()).isTrue();
        }
    }

    @Test
    void refusesMalformedLines() {
        assertMalformed(new byte[0]);
        assertMalformed(new byte[] {'\n'});
        assertMalformed(new byte[] {(byte) 0xfc, '\n'});
        assertMalformed("x".repeat(Passphrase.MAX_OCTETS + 1).getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void givesNothingAfterClosing() {
        Passphrase passphrase = Passphrase.of("secret".toCharArray());
        passphrase.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(passphrase::exposedCharacters);
        assertThat(passphrase.toString()).doesNotContain("secret");
    }

    private static void assertMalformed(byte[] input) {
        assertThatExceptionOfType(KeyStoreFileException.class)
                .isThrownBy(() -> Passphrase.readFrom(new ByteArrayInputStream(input)))
                .extracting(KeyStoreFileException::failure)
                .isEqualTo(KeyStoreFailure.MALFORMED_PASSPHRASE);
    }

    private PassphraseSource choose(boolean none, String option) throws PassphraseException {
        return PassphraseSource.choose(none, option, InputStream.nullInputStream(), this::ask);
    }

    private Optional<char[]> ask(String label) {
        asked.add(label);
        return Optional.ofNullable(typed.poll());
    }

    private static String read(PassphraseSource source) throws Exception {
        try (Passphrase passphrase = source.existing("passphrase")) {
            return new String(passphrase.exposedCharacters());
        }
    }

    private String file(String passphrase) throws IOException {
        return Files.writeString(directory.resolve(passphrase), passphrase + "\n")
                .toString();
    }

    private static InputStream input(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
