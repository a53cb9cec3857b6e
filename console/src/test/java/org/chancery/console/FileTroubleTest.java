package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class FileTroubleTest {

    @Test
    void saysWhatTheJdkSaysByItsTypeAlone() {
        assertThat(FileTrouble.inWords(new NoSuchFileException("a.crl"))).isEqualTo("no such file: a.crl");
        assertThat(FileTrouble.inWords(new AccessDeniedException("a.crl")))
                .isEqualTo("cannot use a.crl: permission denied");
        assertThat(FileTrouble.inWords(new FileSystemException("a.crl", null, "Too many open files")))
                .isEqualTo("cannot use a.crl: Too many open files");
        assertThat(FileTrouble.inWords(new IOException("in its own words"))).isEqualTo("in its own words");
    }
}
