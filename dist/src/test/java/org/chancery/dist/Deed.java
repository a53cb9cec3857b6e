package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;

/// A command that is killed on its way.
sealed interface Deed {
    /// The command's name.
    String name();

    /// Its arguments, for somebody new each time.
    String[] command() throws IOException;

    /// How far it came, as the ledger and the files show it now.
    String phase();

    /// Brings it to its end, as whoever gave the command would.
    ///
    /// @param done whether the command ended well before it could be killed: then everything has to be there
    void finish(boolean done) throws IOException, GeneralSecurityException;

    /// `ca sign`.
    final class Signing implements Deed {
        private final Desk desk;
        private final AuthorityWatch watch;
        private final boolean toFile;
        private Desk.Applicant applicant;

        /// @param toFile whether the certificate goes into a file, else to standard output
        Signing(Desk desk, AuthorityWatch watch, boolean toFile) throws IOException {
            this.desk = desk;
            this.watch = watch;
            this.toFile = toFile;
            this.applicant = desk.applicant();
        }

        @Override
        public String name() {
            return "sign";
        }

        @Override
        public String[] command() throws IOException {
            applicant = desk.applicant();
            return toFile ? applicant.sign("--out", applicant.certificate("killed")) : applicant.sign();
        }

        @Override
        public String phase() {
            List<AuthorityWatch.Entry> entries = watch.entriesOf(applicant.address());
            if (entries.isEmpty()) {
                return "1 nothing recorded";
            }
            assertThat(entries).hasSize(1);
            AuthorityWatch.Entry entry = entries.getFirst();
            if (entry.isIntended()) {
                return "2 intended, not issued";
            }
            return watch.isOut(entry.serial()) ? "4 issued and handed out" : "3 issued, not handed out";
        }

        @Override
        public void finish(boolean done) {
            if (done) {
                assertThat(phase()).isEqualTo("4 issued and handed out");
            }
            desk.must(applicant.sign("--out", applicant.certificate("again")));
        }
    }

    /// `ca revoke`, of somebody who has two certificates of one key.
    final class Revoking implements Deed {
        private final Desk desk;
        private final AuthorityWatch watch;
        private Desk.Applicant victim;

        Revoking(Desk desk, AuthorityWatch watch) throws IOException {
            this.desk = desk;
            this.watch = watch;
            this.victim = desk.applicant();
        }

        @Override
        public String name() {
            return "revoke";
        }

        @Override
        public String[] command() throws IOException {
            victim = desk.applicant();
            desk.must(victim.sign("--out", victim.certificate("first")));
            desk.must(victim.sign("--out", victim.certificate("second")));
            return revoke();
        }

        @Override
        public String phase() {
            List<AuthorityWatch.Entry> entries = watch.entriesOf(victim.address());
            assertThat(entries).hasSize(2);
            assertThat(entries)
                    .extracting(AuthorityWatch.Entry::status)
                    .as("all or nothing")
                    .hasSameElementsAs(List.of(entries.getFirst().status()));
            if (!entries.getFirst().isRevoked()) {
                return "1 not revoked";
            }
            return isOnCrl() ? "3 revoked, and on the CRL" : "2 revoked, not yet on the CRL";
        }

        /// What was revoked stays revoked, and at the latest the next CRL says so.
        @Override
        public void finish(boolean done) throws IOException, GeneralSecurityException {
            String phase = phase();
            if (done) {
                assertThat(phase).isEqualTo("3 revoked, and on the CRL");
            }
            if (phase.equals("1 not revoked")) {
                desk.must(revoke());
            } else {
                desk.must("crl");
            }
            watch.look();
            assertThat(phase()).isEqualTo("3 revoked, and on the CRL");
        }

        private boolean isOnCrl() {
            return watch.entriesOf(victim.address()).stream().allMatch(entry -> watch.isOnCrl(entry.serial()));
        }

        private String[] revoke() {
            return new String[] {"revoke", victim.certificate("first"), "--reason", "superseded"};
        }
    }
}
