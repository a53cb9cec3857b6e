package org.chancery.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.chancery.protocol.content.Body;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileNamesTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            report.pdf             , report.pdf
            'a report, 2nd.pdf'    , 'a report, 2nd.pdf'
            ../../etc/passwd       , passwd
            /etc/passwd            , passwd
            C:\\Windows\\evil.exe  , evil.exe
            .bashrc                , bashrc
            ..                     , file
            .                      , file
            /                      , file
            '   '                  , file
            -rf                    , rf
            ~                      , file
            'x. . '                , x
            CON                    , _CON
            con.txt                , _con.txt
            'nul .txt'             , '_nul .txt'
            conference.txt         , conference.txt
            a:b*c?"d<e>f|g         , a_b_c__d_e_f_g
            ünïcode.png            , ünïcode.png
            """)
    void namesDoNoHarm(String given, String safe) {
        assertThat(FileNames.safe(given)).isEqualTo(safe);
    }

    @Test
    void namesTurnNothingAround() {
        assertThat(FileNames.safe("invoice\u202Efdp.exe")).isEqualTo("invoice_fdp.exe");
        assertThat(FileNames.safe("a\u0000b\nc\u001B[31md\u2028e\u200Bf\uE000")).isEqualTo("a_b_c_[31md_e_f_");
        assertThat(FileNames.safe("e\u0301")).isEqualTo("\u00E9");
    }

    @Test
    void longNamesKeepTheirEnding() {
        String safe = FileNames.safe("\u20AC".repeat(250) + ".pdf");
        assertThat(safe).endsWith("\u20AC.pdf");
        assertThat(safe.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(190, 200);
    }

    @Test
    void whateverComesOutIsOneNameAndStaysAsItIs() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int n = random.nextInt(300); n > 0; n--) {
                name.appendCodePoint(
                        random.nextInt(4) == 0 ? "./\\ -~:".charAt(random.nextInt(7)) : random.nextInt(0x3000));
            }
            String safe = FileNames.safe(name.toString());
            assertThat(safe).isNotBlank().doesNotContain("/", "\\", "\0").doesNotStartWith(".");
            assertThat(safe.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(201);
            assertThat(FileNames.safe(safe)).isEqualTo(safe);
        }
    }

    @Test
    void typesAreByTheEnding() {
        assertThat(MediaTypes.of("a.b.PDF")).isEqualTo("application/pdf");
        assertThat(MediaTypes.of("pdf")).isEqualTo("application/pdf");
        assertThat(MediaTypes.of("a.exe")).isEqualTo("application/octet-stream");
        assertThat(Body.File.isMediaType(MediaTypes.of("x"))).isTrue();
    }
}
