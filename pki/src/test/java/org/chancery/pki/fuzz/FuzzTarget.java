package org.chancery.pki.fuzz;

import java.util.List;
import java.util.Locale;

/// The targets. What a parser declares to throw is its answer to bad octets; whatever else escapes is a bug.
@SuppressWarnings("ImmutableEnumChecker") // what they hold are methods, without state
enum FuzzTarget {
    REQUEST(Parsers::request, Seeds::requests),
    CERTIFICATE(Parsers::certificate, Seeds::certificates),
    CRL(Parsers::crl, Seeds::crls),
    OCSP_REQUEST(Parsers::ocspRequest, Seeds::ocspRequests),
    OCSP_RESPONSE(Parsers::ocspResponse, Seeds::ocspResponses),
    KEYSTORE(Parsers::keyStore, Seeds::keyStores),
    PRIVATE_KEY(Parsers::privateKey, Seeds::privateKeys),
    PEM(Parsers::pem, Seeds::pems),
    RECORD(Parsers::record, Seeds::records),
    PATH(PathInput::judge, PathInput::seeds);

    /// Takes octets; returns, whether they were accepted or refused as declared.
    @FunctionalInterface
    interface Eater {
        void eat(byte[] input) throws Exception;
    }

    /// Makes the inputs that a fuzzer starts from.
    @FunctionalInterface
    interface Seeding {
        List<byte[]> make() throws Exception;
    }

    private final Eater eater;
    private final Seeding seeding;

    FuzzTarget(Eater eater, Seeding seeding) {
        this.eater = eater;
        this.seeding = seeding;
    }

    /// By the name `bin/fuzz` is told.
    static FuzzTarget named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    void eat(byte[] input) throws Exception {
        eater.eat(input);
    }

    List<byte[]> seeds() throws Exception {
        return seeding.make();
    }
}
