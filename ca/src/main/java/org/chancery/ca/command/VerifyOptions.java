package org.chancery.ca.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.chancery.console.InstantConverter;
import org.chancery.pki.path.Purpose;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/// What can be asked of `ca verify`, on the command line and on each line of a batch.
final class VerifyOptions {
    @Option(names = "--trust", paramLabel = "FILE", description = "certificates that are believed; may repeat")
    List<Path> trust = List.of();

    @Option(
            names = "--untrusted",
            paramLabel = "FILE",
            description = "certificates that may lie between, in any order, strangers among them; may repeat")
    List<Path> untrusted = List.of();

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "CRLs; with one, no certificate of the path may have an unknown status; may repeat")
    List<Path> crls = List.of();

    @Option(
            names = "--ocsp",
            paramLabel = "FILE",
            description = "OCSP responses; they count as CRLs do, alone or beside them; may repeat")
    List<Path> ocsp = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "the time, as 2026-11-22T10:31:07Z. Default: now")
    @Nullable
    Instant at;

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            converter = PurposeConverter.class,
            description = "client, server or any. Default: any")
    Purpose purpose = Purpose.ANY;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "it must be this person's")
    @Nullable
    String email;

    @Option(names = "--host", paramLabel = "HOST", description = "it must name this host")
    @Nullable
    String host;

    @Option(names = "--ip", paramLabel = "IP", description = "it must name this IP address")
    @Nullable
    String ip;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description = "at most so many certificates in the path, the anchor not counted")
    @Nullable
    Integer maxDepth;

    @Option(
            names = "--policy",
            paramLabel = "OID",
            description = "a certificate policy that will do; may repeat. Default: any")
    List<String> policies = List.of();

    @Option(names = "--explicit-policy", description = "the path must be good for such a policy")
    boolean explicitPolicy;

    @Option(names = "--inhibit-policy-mapping", description = "no policy stands for another")
    boolean inhibitPolicyMapping;

    @Option(names = "--inhibit-any-policy", description = "anyPolicy in a certificate stands for nothing")
    boolean inhibitAnyPolicy;

    @Parameters(
            paramLabel = "CERT",
            arity = "0..1",
            description = "the certificate, PEM or DER; further ones in the file count as untrusted")
    @Nullable
    Path certificate;

    /// `client`, `server` or `any`.
    static final class PurposeConverter implements ITypeConverter<Purpose> {
        @Override
        public Purpose convert(String text) {
            for (Purpose purpose : Purpose.values()) {
                if (purpose.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return purpose;
                }
            }
            throw new TypeConversionException("purpose " + text + ", known are client, server, any");
        }
    }
}
