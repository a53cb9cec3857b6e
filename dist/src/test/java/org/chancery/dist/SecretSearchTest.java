package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The search that proves silence must itself be able to find.
final class SecretSearchTest {
    private static final String TEXT = "the crown is in the cellar";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void findsTextInEachEncoding(String charset) throws IOException {
        assertThat(new SecretSearch().text(TEXT).in(file(("say: " + TEXT + "!").getBytes(Charset.forName(charset)))))
                .anyMatch(found -> found.contains(charset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "xx", "xxx"})
    void findsTextInBase64AtEachAlignment(String before) throws IOException {
        byte[] around = (before + TEXT + " and more").getBytes(StandardCharsets.UTF_8);
        assertThat(new SecretSearch().text(TEXT).in(file(Base64.getEncoder().encode(around))))
                .anyMatch(found -> found.contains("Base64"));
    }

    @Test
    void findsKeyAndEachOfItsNumbers() throws IOException, NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.getPrivate();
        SecretSearch search = new SecretSearch().key("alice", key);
        assertThat(search.in(file(key.getEncoded())))
                .anyMatch(found -> found.startsWith("PKCS#8"))
                .anyMatch(found -> found.startsWith("prime p"))
                .anyMatch(found -> found.startsWith("prime q"))
                .anyMatch(found -> found.startsWith("private exponent"));
        assertThat(search.in(file(key.getPrimeQ().toByteArray()))).hasSize(1);
    }

    @Test
    void findsNothingWhereNothingIs() throws IOException {
        assertThat(new SecretSearch().text(TEXT).in(file("the crown is in the tower".getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(directory.resolve("file"), content);
    }
}
