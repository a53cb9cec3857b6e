package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BoundedTextTest {

    private static DataInputStream in(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BoundedText.write(new DataOutputStream(out), "grüße");
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(out.toByteArray()));
        assertThat(BoundedText.read(in, 7)).isEqualTo("grüße");
    }

    @Test
    void looksAtTheLengthBeforeAnythingElse() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoundedText.read(in(0, 0, 0, 4, 'a', 'b', 'c', 'd'), 3))
                .withMessage("a text of 4 octets, at most 3");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> BoundedText.read(in(255, 255, 255, 255), 3))
                .withMessage("a text of 4294967295 octets, at most 3");
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> BoundedText.read(in(0, 0, 0, 3, 'a'), 3));
    }
}
