package org.chancery.ca.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Ca;

/// The one place that knows by which lines of `openssl` what an authority makes is checked. `--explain` prints
/// them and `ca selftest` runs them, so that they cannot rot.
final class OpensslLines {
    private final Authority authority;
    private final Optional<Instant> at;

    /// @param at the time to check for; empty for now
    OpensslLines(Authority authority, Optional<Instant> at) {
        this.authority = authority;
        this.at = at;
    }

    /// Every CA by the root above it, and its CRL by itself.
    List<OpensslLine> authority() {
        List<OpensslLine> lines = new ArrayList<>();
        for (Ca ca : authority.cas()) {
            lines.add(ca(ca));
            lines.add(crl(ca));
        }
        return lines;
    }

    /// The CRLs of every CA.
    List<OpensslLine> crls() {
        return authority.cas().stream().map(this::crl).toList();
    }

    /// A certificate of the issuing CA at work, with revocation.
    ///
    /// @param revoked whether that is what is expected
    List<OpensslLine> certificate(Path file, boolean revoked) {
        List<String> arguments = verify();
        arguments.add("-crl_check_all");
        for (Ca ca : authority.cas()) {
            if (authority.isRoot(ca)) {
                arguments.addAll(List.of("-trusted", pem(ca)));
            }
        }
        for (Ca ca : authority.cas()) {
            if (!authority.isRoot(ca)) {
                arguments.addAll(List.of("-untrusted", pem(ca)));
            }
            arguments.addAll(List.of("-CRLfile", ca.crlFile().toString()));
        }
        arguments.add(file.toString());
        return List.of(
                new OpensslLine(List.of("x509", "-in", file.toString(), "-noout", "-text"), "Certificate:"),
                new OpensslLine(arguments, revoked ? "certificate revoked" : file + ": OK"));
    }

    private OpensslLine ca(Ca ca) {
        List<String> arguments = verify();
        arguments.addAll(List.of("-trusted", pem(rootOf(ca)), pem(ca)));
        return new OpensslLine(arguments, pem(ca) + ": OK");
    }

    private OpensslLine crl(Ca ca) {
        return new OpensslLine(
                List.of("crl", "-in", ca.crlFile().toString(), "-noout", "-nextupdate", "-CAfile", pem(ca)),
                "verify OK");
    }

    private Ca rootOf(Ca ca) {
        return authority.cas().stream()
                .filter(authority::isRoot)
                .filter(root -> root.certificate()
                        .getSubjectX500Principal()
                        .equals(ca.certificate().getIssuerX500Principal()))
                .findFirst()
                .orElse(authority.rootCa());
    }

    private List<String> verify() {
        List<String> arguments = new ArrayList<>(List.of("verify", "-x509_strict"));
        at.ifPresent(time -> arguments.addAll(List.of("-attime", Long.toString(time.getEpochSecond()))));
        return arguments;
    }

    private String pem(Ca ca) {
        return authority.home().certificate(ca.name()).toString();
    }
}
