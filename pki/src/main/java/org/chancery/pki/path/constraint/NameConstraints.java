package org.chancery.pki.path.constraint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.der.Der;
import org.chancery.pki.der.DerCursor;
import org.chancery.pki.der.MalformedDerException;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.MalformedNameException;

/// The names that a CA may give to what lies below it (RFC 5280 section 4.2.1.10):
///
/// ```
/// NameConstraints ::= SEQUENCE { [0] permittedSubtrees OPTIONAL, [1] excludedSubtrees OPTIONAL }
/// GeneralSubtree  ::= SEQUENCE { base GeneralName, [0] minimum DEFAULT 0, [1] maximum OPTIONAL }
/// ```
///
/// A name is outside if it lies in an excluded subtree, or if subtrees of its kind are permitted and it
/// lies in none of them. Holding every certificate to the constraints of each issuer above it, one by one,
/// is the same as intersecting what is permitted and uniting what is excluded on the way down (section
/// 6.1.4 (g)).
public final class NameConstraints {
    /// Of one certificate, permitted and excluded together.
    private static final int MAX_SUBTREES = 1000;

    private final List<Subtree> permitted;
    private final List<Subtree> excluded;

    private NameConstraints(List<Subtree> permitted, List<Subtree> excluded) {
        this.permitted = List.copyOf(permitted);
        this.excluded = List.copyOf(excluded);
    }

    /// Reads the extension's value. A constraint that cannot be understood is no constraint to judge by,
    /// whether or not a name of its kind follows.
    ///
    /// @throws MalformedDerException if it breaks the syntax, or counts levels by minimum or maximum
    /// @throws MalformedNameException if a base is not one of its kind
    public static NameConstraints parse(byte[] der) throws MalformedDerException, MalformedNameException {
        Der.readStrictly(der, primitive -> primitive); // also what is passed over: a base of a kind not known here
        DerCursor value = DerCursor.of(der);
        DerCursor parts = value.enter(DerCursor.SEQUENCE);
        List<Subtree> permitted = subtrees(parts, 0);
        List<Subtree> excluded = subtrees(parts, 1);
        parts.end();
        value.end();
        if (permitted.isEmpty() && excluded.isEmpty()) {
            throw new MalformedDerException("name constraints that constrain nothing");
        }
        return new NameConstraints(permitted, excluded);
    }

    private static List<Subtree> subtrees(DerCursor parts, int tag)
            throws MalformedDerException, MalformedNameException {
        List<Subtree> subtrees = new ArrayList<>();
        if (parts.isNext(DerCursor.constructed(tag))) {
            parts.<MalformedNameException>listOf(DerCursor.constructed(tag), MAX_SUBTREES, elements -> {
                DerCursor subtree = elements.enter(DerCursor.SEQUENCE);
                subtrees.add(Subtree.parse(subtree));
                if (!subtree.atEnd()) {
                    throw new MalformedDerException("a subtree with minimum or maximum");
                }
            });
        }
        return subtrees;
    }

    /// How many subtrees there are, which is what a name costs to be judged.
    public int size() {
        return permitted.size() + excluded.size();
    }

    /// What is wrong with a name; empty if it lies within.
    public Optional<String> violation(GeneralName name) {
        for (Subtree subtree : excluded) {
            if (subtree.isOfKind(name) && subtree.touches(name)) {
                return Optional.of(name + " is excluded by " + subtree);
            }
        }
        boolean constrained = false;
        for (Subtree subtree : permitted) {
            if (subtree.isOfKind(name)) {
                if (subtree.holds(name)) {
                    return Optional.empty();
                }
                constrained = true;
            }
        }
        return constrained ? Optional.of(name + " is not permitted") : Optional.empty();
    }
}
