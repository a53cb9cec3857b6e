package org.chancery.client.command;

import java.util.Optional;
import org.chancery.client.store.StoreException;
import org.chancery.console.ExitCode;
import org.chancery.console.Explanation;
import org.chancery.console.Program;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.KeyStoreFailure;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.sealing.EnvelopeException;

/// `client`: what its own exceptions mean to a person, and where its bugs are told.
final class ClientProgram implements Program {
    private final Surroundings surroundings;
    private final Optional<ClientSession> running;

    ClientProgram(Surroundings surroundings) {
        this(surroundings, Optional.empty());
    }

    /// @param running the messenger that does what the command line asks for
    ClientProgram(Surroundings surroundings, Optional<ClientSession> running) {
        this.surroundings = surroundings;
        this.running = running;
    }

    @Override
    public String name() {
        return "client";
    }

    @Override
    public Object rootCommand() {
        return new ClientCommand(surroundings, running);
    }

    @Override
    public Optional<Explanation> explain(Exception e) {
        return Optional.ofNullable(
                switch (e) {
                    case StoreException store -> new Explanation(code(store), store, hint(store));
                    case EnvelopeException envelope -> new Explanation(code(envelope), envelope, hint(envelope));
                    case KeyStoreFileException keyStore
                    when keyStore.failure() == KeyStoreFailure.PENDING ->
                        new Explanation(
                                ExitCode.BAD_INPUT,
                                keyStore,
                                "have the request signed (ca sign), then: client import --keystore FILE --trust root.pem CERT");
                    default -> null;
                });
    }

    @Override
    public String openBugLog() {
        return "this is a bug; the log says where";
    }

    private static ExitCode code(StoreException e) {
        return switch (e.failure()) {
            case IN_USE, FOREIGN, EXPOSED -> ExitCode.REFUSED;
            case WRONG_PASSPHRASE, DAMAGED, UNSUPPORTED, DISK -> ExitCode.BAD_INPUT;
        };
    }

    private static String hint(StoreException e) {
        return switch (e.failure()) {
            case IN_USE -> "end that one first; of client gui, chat and listen only one runs at a time";
            case WRONG_PASSPHRASE -> "the keystore's passphrase was changed after the store was made";
            case FOREIGN -> "name the keystore of that address with --keystore";
            case EXPOSED -> "it must be yours alone: chmod 700, or keep the keystore where nobody else can write";
            case DAMAGED -> "put another backup back: client restore FILE, with --force where there is a store";
            case UNSUPPORTED, DISK -> "";
        };
    }

    private static ExitCode code(EnvelopeException e) {
        return switch (e.failure()) {
            case RECIPIENT_KEY_UNSUPPORTED -> ExitCode.REFUSED;
            case MALFORMED, TOO_LARGE -> ExitCode.BAD_INPUT;
            case NOT_ADDRESSED,
                    KEY_DESTROYED,
                    WRAP_MISMATCH,
                    COMMITMENT_MISMATCH,
                    DECRYPTION_FAILED,
                    WRONG_PURPOSE,
                    HEADER_MISMATCH,
                    SIGNER_UNKNOWN,
                    SIGNER_REFUSED,
                    SIGNATURE_INVALID,
                    UNSUPPORTED_ALGORITHM -> ExitCode.NO;
        };
    }

    private static String hint(EnvelopeException e) {
        return switch (e.failure()) {
            case RECIPIENT_KEY_UNSUPPORTED ->
                "only RSA keys can receive; ask for a certificate with --key-type rsa3072";
            case NOT_ADDRESSED -> "it was sealed to other certificates than this keystore's";
            default -> "";
        };
    }
}
