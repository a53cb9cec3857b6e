package org.chancery.pki.path.constraint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.chancery.pki.der.Der;
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
        return Der.<NameConstraints, MalformedNameException>readStrictly(der, NameConstraints::read);
    }

    private static NameConstraints read(ASN1Primitive primitive) throws IOException, MalformedNameException {
        List<List<Subtree>> subtrees = List.of(new ArrayList<>(), new ArrayList<>());
        int lastTag = -1;
        for (ASN1Encodable part : ASN1Sequence.getInstance(primitive)) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(part);
            int tag = tagged.getTagNo();
            if (tag <= lastTag || tag > 1) {
                throw new IOException("name constraints with parts twice, out of order or unknown");
            }
            lastTag = tag;
            read(ASN1Sequence.getInstance(tagged, false), subtrees.get(tag));
        }
        if (lastTag < 0) {
            throw new IOException("name constraints that constrain nothing");
        }
        return new NameConstraints(subtrees.get(0), subtrees.get(1));
    }

    private static void read(ASN1Sequence sequence, List<Subtree> subtrees) throws IOException, MalformedNameException {
        if (sequence.size() == 0 || sequence.size() > MAX_SUBTREES) {
            throw new IOException("%d subtrees, 1 to %d".formatted(sequence.size(), MAX_SUBTREES));
        }
        for (ASN1Encodable element : sequence) {
            ASN1Sequence subtree = ASN1Sequence.getInstance(element);
            if (subtree.size() != 1) {
                throw new IOException("a subtree with minimum or maximum");
            }
            subtrees.add(Subtree.parse(ASN1TaggedObject.getInstance(subtree.getObjectAt(0))));
        }
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
