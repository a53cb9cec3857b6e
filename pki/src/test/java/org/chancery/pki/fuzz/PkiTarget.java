package org.chancery.pki.fuzz;

import java.util.List;
import org.chancery.pki.sealing.SignedLetterInput;

/// The parsers of this module, and its judge.
@SuppressWarnings("ImmutableEnumChecker") // what they hold are methods, without state
enum PkiTarget implements FuzzTarget {
    REQUEST(Parsers::request, Seeds::requests),
    CERTIFICATE(Parsers::certificate, Seeds::certificates),
    CRL(Parsers::crl, Seeds::crls),
    OCSP_REQUEST(Parsers::ocspRequest, Seeds::ocspRequests),
    OCSP_RESPONSE(Parsers::ocspResponse, Seeds::ocspResponses),
    KEYSTORE(Parsers::keyStore, Seeds::keyStores),
    PRIVATE_KEY(Parsers::privateKey, Seeds::privateKeys),
    PEM(Parsers::pem, Seeds::pems),
    RECORD(Parsers::record, Seeds::records),
    PATH(PathInput::judge, PathInput::seeds),
    LETTER(Envelopes::letter, Envelopes::letters),
    SEAL(Envelopes::seal, Envelopes::seals),
    ENVELOPE(Envelopes::envelope, Envelopes::envelopes),
    SIGNED_LETTER(SignedLetterInput::eat, SignedLetterInput::seeds);

    private final Eater eater;
    private final Seeding seeding;

    PkiTarget(Eater eater, Seeding seeding) {
        this.eater = eater;
        this.seeding = seeding;
    }

    @Override
    public void eat(byte[] input) throws Exception {
        eater.eat(input);
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        return seeding.make();
    }
}
