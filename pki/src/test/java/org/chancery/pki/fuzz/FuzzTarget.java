package org.chancery.pki.fuzz;

import java.util.List;
import java.util.Locale;

/// Something that takes outside octets. What a parser declares to throw is its answer to bad octets; whatever else
/// escapes is a bug. A module's targets are the constants of one enumeration, by whose name they are found.
public interface FuzzTarget {

    /// Of the constant.
    String name();

    /// Takes octets; returns, whether they were accepted or refused as declared.
    void eat(byte[] input) throws Exception;

    /// What a fuzzer starts from.
    List<byte[]> seeds() throws Exception;

    /// The targets of a module.
    ///
    /// @param type the full name of the enumeration
    static List<FuzzTarget> of(String type) throws ClassNotFoundException {
        return List.of(Class.forName(type).asSubclass(FuzzTarget.class).getEnumConstants());
    }

    /// By the name `bin/fuzz` is told.
    static FuzzTarget named(String type, String name) throws ClassNotFoundException {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        return of(type).stream()
                .filter(target -> target.name().equals(constant))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no target " + name));
    }

    /// What a constant holds to eat with.
    @FunctionalInterface
    interface Eater {
        void eat(byte[] input) throws Exception;
    }

    /// What a constant holds to make its seeds with.
    @FunctionalInterface
    interface Seeding {
        List<byte[]> make() throws Exception;
    }
}
