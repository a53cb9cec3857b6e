package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.Finding.Kind;
import org.chancery.pki.certificate.SerialNumber;

/// Verifies a ledger whole, within one look at it: that the acts form one unbroken chain, that every act has
/// its row in the tables and every row its act, saying the same, and that the head outside names an act of
/// this chain.
///
/// After what was altered or removed the chain is taken up again, so that one alteration is one finding.
final class Audit {
    private final Connection connection;
    private final List<Finding> findings = new ArrayList<>();
    private Head head = Head.NONE;

    private Audit(Connection connection) {
        this.connection = connection;
    }

    /// @param outside what `audit.head` said before this look at the ledger began
    static AuditReport run(Connection connection, AuditHead.Reading outside) throws SQLException {
        Audit audit = new Audit(connection);
        audit.integrity();
        audit.schema();
        ActTable acts = new ActTable(connection);
        acts.forEach(act -> {
            audit.link(act);
            audit.row(act);
        });
        audit.rows();
        outside.contradiction(acts, acts.head()).ifPresent(audit.findings::add);
        return new AuditReport(audit.head, audit.findings);
    }

    private void integrity() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
            if (!row.next() || !row.getString(1).equals("ok")) {
                found(Kind.DAMAGED, "tables and indexes of the database contradict each other");
            }
        }
    }

    private void schema() throws SQLException {
        try (Connection model = DriverManager.getConnection("jdbc:sqlite::memory:")) {
            Schema.create(model);
            if (!Schema.of(connection).equals(Schema.of(model))) {
                found(Kind.SCHEMA_ALTERED, "tables, indexes or triggers are not those this program makes");
            }
        }
    }

    /// Where an act ends in no hash at all, the chain is taken up again from the one that is due.
    private void link(RecordedAct act) {
        long expected = head.sequence() + 1;
        Head due = act.after(head);
        if (act.sequence() > expected) {
            found(Kind.ACTS_MISSING, "acts " + expected + " to " + (act.sequence() - 1) + " are gone");
        } else if (!act.head().equals(due)) {
            found(Kind.ACT_ALTERED, inWords(act) + " is not what was recorded then");
        }
        head = act.head().isHash() ? act.head() : new Head(act.sequence(), due.hash());
    }

    /// Whether the tables say what the act says.
    private void row(RecordedAct act) throws SQLException {
        try {
            switch (act.kind()) {
                case Act.INTENDED -> compare(act, new CertificateTable(connection).intended(serial(act)));
                case Act.ISSUED -> compare(act, new CertificateTable(connection).issued(serial(act)));
                case Act.REVOKED -> compare(act, new RevocationTable(connection).revoked(serial(act)));
                case Act.CRL_DRAWN ->
                    compare(act, new CrlTable(connection).drawn(act.subject().orElse("")));
                case Act.CRL_PUBLISHED ->
                    compare(
                            act,
                            new CrlTable(connection).published(act.subject().orElse("")));
                case Act.CRL_MERGED ->
                    compare(act, new CrlTable(connection).merged(act.subject().orElse("")));
                default -> {}
            }
        } catch (UnreadableRowException e) {
            found(Kind.ROW_ALTERED, "of " + inWords(act) + ": " + e.getMessage());
        }
    }

    private void compare(RecordedAct act, Optional<Act> row) {
        if (row.isEmpty()) {
            found(Kind.ROW_MISSING, inWords(act) + " tells of what is gone from the tables");
        } else if (!row.get().factText().equals(act.factText())) {
            found(Kind.ROW_ALTERED, "the tables say something else than " + inWords(act));
        }
    }

    /// A number that was altered to none finds no row.
    private static SerialNumber serial(RecordedAct act) throws UnreadableRowException {
        try {
            return new SerialNumber(new BigInteger(act.subject().orElse(""), 16));
        } catch (IllegalArgumentException e) {
            throw new UnreadableRowException("act", e);
        }
    }

    /// What no act tells of, or not what its act says; and keys that are not what they are called.
    ///
    /// The acts have no index for this, which every act would pay for: each question gathers its subjects once
    /// (`NOT IN`), or goes from act to row (`CROSS JOIN` keeps that order).
    private void rows() throws SQLException {
        each(Kind.UNRECORDED, "no act tells of certificate ", """
                SELECT serial FROM certificate WHERE serial NOT IN
                  (SELECT subject FROM act WHERE kind = 'intended' AND subject IS NOT NULL)""");
        each(Kind.UNRECORDED, "no act tells that there was issued ", """
                SELECT serial FROM certificate WHERE der IS NOT NULL AND serial NOT IN
                  (SELECT subject FROM act WHERE kind = 'issued' AND subject IS NOT NULL)""");
        each(Kind.ROW_ALTERED, "another SHA-256 than its act has certificate ", """
                SELECT serial FROM act a CROSS JOIN certificate c ON c.serial = a.subject
                WHERE a.kind = 'issued' AND a.facts IS NOT 'sha256=' || c.sha256""");
        each(Kind.UNRECORDED, "no act tells that there was revoked ", """
                SELECT serial FROM revocation WHERE serial NOT IN
                  (SELECT subject FROM act WHERE kind = 'revoked' AND subject IS NOT NULL)""");
        each(Kind.UNRECORDED, "no act tells of CRL ", """
                SELECT issuer || '/' || number FROM crl
                WHERE iif(drawn_at IS NULL, 'crl-merged', 'crl-drawn') || ' ' || issuer || '/' || number NOT IN
                  (SELECT kind || ' ' || subject FROM act
                   WHERE kind IN ('crl-merged', 'crl-drawn') AND subject IS NOT NULL)""");
        each(Kind.UNRECORDED, "no act tells that there was published CRL ", """
                SELECT issuer || '/' || number FROM crl
                WHERE published_at IS NOT NULL AND issuer || '/' || number NOT IN
                  (SELECT subject FROM act
                   WHERE kind IN ('crl-published', 'crl-merged') AND subject IS NOT NULL)""");
        each(Kind.ROW_MISSING, "gone is the key of certificate ", """
                SELECT serial FROM certificate c WHERE NOT EXISTS
                  (SELECT 1 FROM public_key WHERE device = c.device)""");
        new KeyTable(connection)
                .forEachMisnamed(
                        device -> found(Kind.ROW_ALTERED, "another key, or of another kind, has the name " + device));
    }

    private void each(Kind kind, String what, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found(kind, what + row.getString(1));
            }
        }
    }

    private void found(Kind kind, String detail) {
        findings.add(new Finding(kind, detail));
    }

    private static String inWords(RecordedAct act) {
        return "act " + act.sequence() + " (" + act.kind()
                + act.subject().map(subject -> " " + subject).orElse("") + ")";
    }
}
