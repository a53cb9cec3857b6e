package org.chancery.pki.path;

import java.util.List;

/// All grounds for refusal, one class each, in the order in which a finished candidate is asked.
///
/// What is structural and cheap comes first, so that no signature is computed by a key or for a certificate
/// that cannot pass. Validity comes after everything that makes a path a path: of whom it is said that its
/// time is over, it is true that it was good before. Revocation comes last, because a CRL is believed only
/// by a key that is believed.
final class PathRules {
    private static final List<PathRule> ALL = List.of(
            new AuthorityRule(),
            new FormRule(),
            new StrengthRule(),
            new SignatureRule(),
            new PathLengthRule(),
            new NameConstraintRule(),
            new ValidityRule(),
            new PolicyRule(),
            new PurposeRule(),
            new UsageRule(),
            new NameRule(),
            new RevocationRule());

    private static final List<LinkRule> OF_LINKS = ofType(LinkRule.class);
    private static final List<PrefixRule> OF_PREFIXES = ofType(PrefixRule.class);
    private static final List<TargetRule> OF_TARGETS = ofType(TargetRule.class);

    private PathRules() {}

    /// Judges a finished candidate.
    static void check(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        for (PathRule rule : ALL) {
            rule.check(path, inquiry);
        }
    }

    /// Whether a certificate can follow its issuer in any path.
    static void check(Link link, Inquiry inquiry) throws PathValidationException {
        for (LinkRule rule : OF_LINKS) {
            rule.check(link, inquiry);
        }
    }

    /// Whether the certificate on top of an unfinished path can stand there; what is below has been asked
    /// before.
    static void checkTop(CandidatePath path, Inquiry inquiry) throws PathValidationException {
        for (PrefixRule rule : OF_PREFIXES) {
            rule.checkTop(path, inquiry);
        }
    }

    /// Whether a target can pass by any path.
    static void check(PathCertificate target, ValidationRequest request) throws PathValidationException {
        for (TargetRule rule : OF_TARGETS) {
            rule.check(target, request);
        }
    }

    private static <T extends PathRule> List<T> ofType(Class<T> type) {
        return ALL.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
