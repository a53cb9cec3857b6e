package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.console.CommandException;
import org.chancery.console.InputFile;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many cases, judged on all processors.
class VerifyBatchTest {
    private final TestPki pki = TestPki.create();

    @TempDir
    private Path directory;

    @BeforeEach
    void writesWhatAllCasesShare() throws IOException {
        write(
                "root.pem",
                PemLabel.CERTIFICATE,
                List.of(Certificates.der(pki.root().certificate())));
        write(
                "crls.pem",
                PemLabel.X509_CRL,
                pki.crls().crls().stream().map(Crl::der).toList());
    }

    @Test
    void answersEachCaseInTheOrderAsked() throws Exception {
        List<String> cases = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String address = "person%d@lab.example".formatted(i);
            cases.add(line(i, issue(i, address), i % 3 == 0 ? "somebody@lab.example" : address));
        }

        List<VerifyBatch.Answer> answers = run(cases);

        assertThat(answers)
                .extracting(VerifyBatch.Answer::id)
                .isEqualTo(IntStream.range(0, 60).mapToObj(Integer::toString).toList());
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.failure().orElse("accept"))
                        .isEqualTo(Integer.parseInt(answer.id()) % 3 == 0 ? "NAME_MISMATCH" : "accept"));
    }

    @Test
    void judgesOnWhateverALineIs() throws Exception {
        String good = line(1, issue(1, "alice@lab.example"), "alice@lab.example");
        List<String> cases = List.of("no file", "x\t\t", "--trust", "\u0000\t\u0000", "@x\t@" + directory, good);

        List<VerifyBatch.Answer> answers = run(cases);

        assertThat(answers).hasSameSizeAs(cases);
        assertThat(answers.removeLast().failure()).isEmpty();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.failure()).contains("USAGE"));
    }

    private List<VerifyBatch.Answer> run(List<String> cases) throws IOException, CommandException {
        Path file = Files.write(directory.resolve("cases"), cases);
        List<VerifyBatch.Answer> answers = new ArrayList<>();
        VerifyBatch.run(InputFile.read(file), pki.now(), answers::add);
        return answers;
    }

    private Path issue(int number, String address) throws IOException {
        return write(
                number + ".pem",
                PemLabel.CERTIFICATE,
                pki.client(address, TestKeys.ec("batch")).chain().certificates().stream()
                        .map(Certificates::der)
                        .toList());
    }

    private String line(int id, Path certificate, String address) {
        return String.join(
                "\t",
                Integer.toString(id),
                "--trust",
                directory.resolve("root.pem").toString(),
                "--crl",
                directory.resolve("crls.pem").toString(),
                "--purpose",
                "client",
                "--email",
                address,
                certificate.toString());
    }

    private Path write(String name, PemLabel label, List<byte[]> ders) throws IOException {
        StringBuilder pem = new StringBuilder();
        ders.forEach(der -> pem.append(Pem.encode(label, der)));
        return Files.writeString(directory.resolve(name), pem);
    }
}
