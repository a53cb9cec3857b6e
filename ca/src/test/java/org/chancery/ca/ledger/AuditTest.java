package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.ca.ledger.Finding.Kind;
import org.chancery.ca.ledger.RevocationOrder.Scope;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What whoever has the file can do to it, and how it is found out.
class AuditTest {
    private static final Clock CLOCK = Clock.fixed(Sample.NOW, ZoneOffset.UTC);

    @TempDir
    Path directory;

    /// Acts: 1 founded; 2, 3 alice 1; 4, 5 alice 2; 6 revoked (1); 7 revoked (2); 8 drawn; 9 published; 10 refused.
    @BeforeEach
    void keepALedger() throws Exception {
        try (Ledger ledger = Ledger.create(file(), CLOCK)) {
            ledger.recordFounding("Lab");
            Sample.alice(1, "laptop").issue(ledger);
            Sample.alice(2, "laptop").issue(ledger);
            ledger.revoke(new RevocationOrder(
                    Sample.serial(1), Scope.KEY, RevocationReason.SUPERSEDED, Sample.NOW, Optional.empty()));
            CrlDraft draft = ledger.drawCrl(Sample.ISSUER);
            ledger.publishCrl(draft, new byte[] {48, 0}, () -> {});
            ledger.recordRefusal(Sample.device("phone"), "first line\nsecond=line\\n");
        }
    }

    @Test
    void findsNothingInALedgerThatOnlyThisProgramWrote() throws Exception {
        AuditReport report = audit();

        assertThat(report.findings()).isEmpty();
        assertThat(report.head().sequence()).isEqualTo(10);
        assertThat(head()).isEqualTo(report.head().line());
    }

    @Test
    void chainsEveryActToAllBeforeIt() throws Exception {
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            Head head = Head.NONE;
            for (RecordedAct act : ledger.acts(100, Instant.EPOCH)) {
                head = head.then(act.at(), act.kind(), act.subject().orElse(""), act.factText());
                assertThat(act.hash()).isEqualTo(head.hash());
            }
            assertThat(head.sequence()).isEqualTo(10);
        }
    }

    @Test
    void readsFactsAsTheyWereWritten() throws Exception {
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            assertThat(ledger.acts(1, Instant.EPOCH)).singleElement().satisfies(act -> {
                assertThat(act.kind()).isEqualTo("refused");
                assertThat(act.facts()).containsEntry("reason", "first line\nsecond=line\\n");
            });
        }
    }

    @Test
    void theHeadOutsideCanBeReadByEverybodyWhoKeepsACopy() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(headFile())))
                .isEqualTo("rw-r--r--");
    }

    @ParameterizedTest
    @Defends(Threat.HISTORY_REWRITTEN)
    @CsvSource(delimiter = '|', textBlock = """
            ACT_ALTERED  | UPDATE act SET facts = 'name=Other' WHERE sequence = 1
            ACT_ALTERED  | UPDATE act SET at = at + 1 WHERE sequence = 4
            ACT_ALTERED  | UPDATE act SET subject = NULL WHERE sequence = 10 OR sequence = 1 AND hash = '0'; UPDATE act SET kind = 'granted' WHERE sequence = 10
            ACT_ALTERED  | UPDATE act SET at = 9223372036854775807 WHERE sequence = 4
            ACT_ALTERED  | UPDATE act SET at = -9223372036854775808 WHERE sequence = 10
            ACT_ALTERED  | UPDATE act SET hash = 'no hash' WHERE sequence = 1
            ACT_ALTERED  | UPDATE act SET hash = '' WHERE sequence = 10
            ACTS_MISSING | DELETE FROM act WHERE sequence = 10; INSERT INTO act SELECT 12, at, kind, subject, facts, hash FROM act WHERE sequence = 1
            ACTS_MISSING | DELETE FROM act WHERE sequence IN (1, 10)
            TRUNCATED    | DELETE FROM act WHERE sequence = 10
            TRUNCATED    | DELETE FROM act
            ROW_ALTERED  | UPDATE certificate SET not_after = not_after + 86400 WHERE serial = '01'
            ROW_ALTERED  | UPDATE certificate SET der = x'00' WHERE serial = '01'
            ROW_ALTERED  | UPDATE certificate SET sha256 = 'ab' WHERE serial = '01'
            ROW_ALTERED  | UPDATE certificate SET device = 'none at all' WHERE serial = '01'
            ROW_ALTERED  | UPDATE certificate SET parent = '01', origin = 'renewed' WHERE serial = '02'
            ROW_MISSING  | DELETE FROM certificate WHERE serial = '01'
            ROW_MISSING  | UPDATE certificate SET der = NULL, sha256 = NULL WHERE serial = '01'
            ROW_ALTERED  | UPDATE revocation SET reason = 1 WHERE serial = '01'
            ROW_ALTERED  | UPDATE revocation SET revoked_at = 0 WHERE serial = '01'
            ROW_ALTERED  | UPDATE revocation SET issuer = 'another' WHERE serial = '01'
            ROW_MISSING  | DELETE FROM revocation WHERE serial = '01'
            ROW_ALTERED  | UPDATE crl SET sha256 = 'ab'
            ROW_MISSING  | DELETE FROM crl
            ROW_MISSING  | UPDATE crl SET number = 7
            ROW_ALTERED  | UPDATE public_key SET spki = x'3000'
            ROW_ALTERED  | UPDATE public_key SET algorithm = 'RSA'
            ROW_MISSING  | DELETE FROM public_key
            UNRECORDED   | INSERT INTO certificate SELECT 9, '09', issuer, profile, address, device, name, not_before, not_after, origin, parent, NULL, NULL FROM certificate WHERE serial = '01'
            UNRECORDED   | UPDATE act SET subject = NULL WHERE kind = 'intended'
            UNRECORDED   | UPDATE act SET subject = NULL WHERE kind = 'issued'
            UNRECORDED   | UPDATE act SET subject = NULL WHERE kind = 'crl-published'
            UNRECORDED   | INSERT INTO revocation SELECT 9, '09', issuer, revoked_at, reason, invalid_since FROM revocation WHERE serial = '01'
            UNRECORDED   | INSERT INTO crl SELECT issuer, number + 1, drawn_at, NULL, NULL FROM crl
            SCHEMA_ALTERED | DROP INDEX certificate_by_device
            """)
    void findsWhatSomebodyElseDidToTheFile(Kind kind, String forgery) throws Exception {
        forge(forgery);

        assertThat(audit().findings()).extracting(Finding::kind).contains(kind);
    }

    @Test
    void findsThatTheTriggersWereTakenAway() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER act_never_delete");
        }

        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.SCHEMA_ALTERED);
    }

    @Test
    void namesTheOneActThatWasAlteredAndNoOther() throws Exception {
        forge("UPDATE act SET facts = facts || ' and more' WHERE sequence = 10");
        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.ACT_ALTERED);
    }

    @Test
    void takesTheChainUpAgainAfterAnActThatEndsInNoHash() throws Exception {
        forge("UPDATE act SET hash = 'zz' WHERE sequence = 4");

        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.ACT_ALTERED);
    }

    @Test
    void writesNothingBehindAnActThatEndsInNoHash() throws Exception {
        String before = head();
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            Sample.alice(3, "phone").issue(ledger);
        }
        Files.writeString(headFile(), before);
        forge("UPDATE act SET hash = 'zz' WHERE sequence = 12");

        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> Sample.alice(4, "phone").intend(ledger))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.DAMAGED));
        }
    }

    @Test
    @Defends(Threat.HISTORY_REWRITTEN)
    void findsOutARecordRewrittenWhole() throws Exception {
        String head = head();
        rewriteWithout("refused");

        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.TRUNCATED);

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file())) {
            new ActTable(connection).append(Sample.NOW, Act.refused(Sample.device("phone"), "nothing of the kind"));
        }
        assertThat(head()).isEqualTo(head);
        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.REWRITTEN);
    }

    @Test
    void findsThatTheHeadIsGone() throws Exception {
        Files.delete(headFile());

        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.HEAD_MISSING);
    }

    @Test
    void findsThatTheHeadIsNone() throws Exception {
        Files.writeString(headFile(), "10 and so on\n");

        assertThat(audit().findings()).extracting(Finding::kind).containsExactly(Kind.HEAD_DAMAGED);
    }

    @Test
    void takesAHeadThatLagsForWhatAKillOrAPowerCutLeaves() throws Exception {
        String before = head();
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            Sample.alice(3, "phone").issue(ledger);
        }
        Files.writeString(headFile(), before);

        assertThat(audit().findings()).isEmpty();
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            Sample.alice(4, "phone").intend(ledger);
        }
        assertThat(head()).startsWith("13 ");
    }

    @Test
    void overwritesTheHeadInPlaceSoThatItNeedsNoRoomAndNoName() throws Exception {
        Object file = Files.getAttribute(headFile(), "unix:ino");
        long size = Files.size(headFile());
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            Sample.alice(3, "phone").issue(ledger);
        }

        assertThat(head()).startsWith("12 ");
        assertThat(Files.getAttribute(headFile(), "unix:ino")).isEqualTo(file);
        assertThat(Files.size(headFile())).isEqualTo(size);
    }

    @Test
    void makesAHeadOfAnotherLengthAnew() throws Exception {
        Files.writeString(headFile(), head().strip() + "\n");
        assertThat(audit().findings()).isEmpty();
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            Sample.alice(3, "phone").issue(ledger);
        }

        assertThat(head()).startsWith("12 ").hasSize(Head.LINE_OCTETS);
        assertThat(audit().findings()).isEmpty();
    }

    @Test
    @Defends({Threat.HISTORY_REWRITTEN, Threat.RESTORED_TO_THE_PAST})
    void writesNothingBehindAnOlderCopyOfTheLedger() throws Exception {
        Path copy = directory.resolve("copy.db");
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            assertThat(ledger.copyTo(copy).line()).isEqualTo(head());
            Sample.alice(3, "phone").issue(ledger);
        }
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);

        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            assertThatExceptionOfType(LedgerException.class)
                    .isThrownBy(() -> Sample.alice(3, "phone").intend(ledger))
                    .withMessage("audit.head names act 12, the ledger ends with act 10")
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.ALTERED));
            assertThat(ledger.find(Sample.serial(3))).isEmpty();
        }
        assertThat(head()).startsWith("12 ");
    }

    @Test
    void goesOnWhereAPersonTakesTheRecordAsItIs() throws Exception {
        Files.delete(headFile());
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            assertThat(ledger.renewHead("lost with the old disk")).isPresent();
            assertThat(ledger.renewHead("again")).isEmpty();
            Sample.alice(3, "phone").issue(ledger);

            assertThat(ledger.acts(3, Instant.EPOCH).getFirst()).satisfies(act -> {
                assertThat(act.kind()).isEqualTo("head-renewed");
                assertThat(act.facts())
                        .containsExactly(
                                Map.entry("found", "HEAD_MISSING: there is no audit.head beside a ledger of 10 acts"),
                                Map.entry("reason", "lost with the old disk"));
            });
            assertThat(ledger.audit().findings()).isEmpty();
        }
    }

    private AuditReport audit() throws LedgerException {
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            return ledger.audit();
        }
    }

    /// With the triggers put back afterwards, as a careful forger would.
    private void forge(String statements) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            List<String> triggers = triggers(statement);
            for (String each : statements.split(";", -1)) {
                statement.execute(each);
            }
            for (String trigger : triggers) {
                statement.execute(trigger);
            }
        }
    }

    /// A chain that holds together, but is not the one that was.
    private void rewriteWithout(String kind) throws Exception {
        List<RecordedAct> acts;
        try (Ledger ledger = Ledger.open(file(), CLOCK)) {
            acts = ledger.acts(100, Instant.EPOCH);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            List<String> triggers = triggers(statement);
            statement.execute("DELETE FROM act");
            for (RecordedAct act : acts) {
                if (!act.kind().equals(kind)) {
                    new ActTable(connection).append(act.at(), new Act(act.kind(), act.subject(), act.facts()));
                }
            }
            for (String trigger : triggers) {
                statement.execute(trigger);
            }
        }
    }

    private static List<String> triggers(Statement statement) throws Exception {
        List<String> names = new ArrayList<>();
        List<String> triggers = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
            while (row.next()) {
                names.add(row.getString(1));
                triggers.add(row.getString(2));
            }
        }
        for (String name : names) {
            statement.execute("DROP TRIGGER " + name);
        }
        return triggers;
    }

    private String head() throws Exception {
        return Files.readString(headFile());
    }

    private Path headFile() {
        return directory.resolve("audit.head");
    }

    private Path file() {
        return directory.resolve("ledger.db");
    }
}
