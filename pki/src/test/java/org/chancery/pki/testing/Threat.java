package org.chancery.pki.testing;

/// What can be done to an authority, its relay and the conversations over it, and what stands against it.
/// Numbers are kept when a threat moves or goes, so that they can be cited.
public enum Threat {
    FAULT_TAKEN_FOR_CONSENT(
            1,
            "a fault on the way to a decision counts as consent",
            "a decision is `Granted` or `Refused`, never a flag; whatever is thrown on the way ends without a signature"),
    UNKNOWN_KIND_ACCEPTED(
            2,
            "a kind of thing that nobody foresaw passes by the checks",
            "closed sets of codes; what is unknown is refused, never defaulted"),
    PARSER_FALLS_OVER(
            4,
            "a malformed request, certificate, CRL or answer throws what nobody catches",
            "one seam around the ASN.1 library with one declared exception; fuzzed in every build"),
    REQUEST_WRITES_CERTIFICATE(
            5,
            "a request brings its own CA:TRUE, key usages, or somebody else's names",
            "the profile alone writes extensions; authority asked for is refused and recorded, and so are names outside "
                    + "the authority's own"),
    NAME_CONSTRAINT_BYPASS(
            6,
            "a trailing dot, other case, a common name, a wildcard or half an RDN slips through name constraints",
            "names are compared as RFC 5280 sections 4.2.1.10 and 7 say, the common name is no name, and the issuer holds "
                    + "its own constraints before it signs"),
    VALIDATION_BLOW_UP(
            7,
            "certificates built so that judging them takes minutes",
            "bounds on path length, candidates, signatures, names, constraints and policies, counted before the work"),
    STATUS_OF_ANOTHER(
            8,
            "a good OCSP answer for another certificate is shown",
            "issuer name hash, issuer key hash and serial must all be the certificate's, and the signer its issuer's"),
    STATUS_FOR_EVER(
            9,
            "an OCSP answer without an end is kept until after the revocation",
            "an answer without nextUpdate is stale; ours always have one"),
    REVOCATION_ROLLED_BACK(
            10,
            "an old CRL that has not ended yet is served again",
            "a CRL with a lower number than one seen takes nothing back"),
    REVOCATION_FORGOTTEN(
            11,
            "a clean-up drops what was revoked",
            "revocations are never updated or deleted, and stay on the CRL after expiry"),
    KEY_DERIVATION_BOMB(
            15,
            "a keystore that asks for hours of key derivation",
            "sizes and iteration counts are bounded before anything is derived"),
    LENGTH_OR_DEPTH_BOMB(
            16,
            "a few octets that promise gigabytes, or nest without end",
            "sizes and nesting are measured before the structure is read"),
    TEXT_THAT_ACTS(
            17,
            "a name with line breaks, escape sequences or changes of direction acts on a terminal or in a log",
            "one escaper for whatever came from outside"),
    LOOK_ALIKE_NAMES(
            18,
            "an address or name that looks like another one",
            "addresses are lower-case ASCII in one canonical form; display names have no invisible or turning characters"),
    SERIAL_GUESSED_OR_REPEATED(
            19,
            "a serial number is predicted, or given twice",
            "159 random bits, unique in the ledger before anything is signed"),
    KILLED_ON_THE_WAY(
            20,
            "a crash or a second process between check, signature and record",
            "intent committed before the signature, issuance before the release; one writer; files replaced whole"),
    KEY_FILE_READ_BY_OTHERS(
            21,
            "a private key lies readable or weakly encrypted on disk",
            "files are made with mode 0600; PBES2 with AES-256 and 600,000 iterations"),
    SECRET_SHOWN(
            22,
            "a passphrase or key in arguments, logs, exceptions",
            "passphrases come by file, descriptor or prompt; secrets have no text form"),
    FETCHES_FOR_STRANGERS(
            23,
            "a certificate makes the judge fetch from an address that it names",
            "nothing is ever fetched because a certificate says so"),
    OLD_RUNTIME(24, "a Java or library version with known holes", "`ca doctor` knows the floors and says so"),
    DIRECTORY_INJECTION(
            25, "a name becomes part of a directory query", "there are no directory queries: no LDAP in the house"),
    HISTORY_REWRITTEN(
            28,
            "the ledger is altered, cut or written anew",
            "every act is chained to the one before, and the head lies outside the database too"),
    WRONG_ONE_REVOKED(
            29,
            "a typing error revokes somebody else",
            "revocation goes by serial or certificate, never by name, and says what it ends"),
    ISSUED_BUT_NOT_RECORDED(
            30,
            "a certificate leaves although it could not be recorded",
            "nothing is handed out before its commit is on disk"),
    RESTORED_TO_THE_PAST(
            31,
            "a restored backup forgets revocations, or gives serials and CRL numbers again",
            "a restore takes in newer CRLs, raises the numbers, and says what it cannot know"),
    CERTIFICATE_FOR_ANOTHER_USE(
            32,
            "a certificate of one use passes for another",
            "one profile a use, no mixed extended key usages, and every judge is told the purpose"),
    HANDSHAKES_LEFT_OPEN(
            33,
            "handshakes that are begun and never finished keep honest people out of the relay",
            "a handshake has a time, and there are so many; for one more the oldest of the busiest address is given up"),
    HANDSHAKES_THAT_FAIL(
            34,
            "handshakes that fail, again and again, take the relay's processors",
            "an address whose handshakes fail beyond a rate is closed at once; those that succeed do not count"),
    DEVICE_THAT_FLOODS(
            35,
            "one device's frames, letters or questions leave no room for others",
            "each device has rates that outlive its connections; letters and questions beyond are refused with when to come "
                    + "again, frames beyond are read more slowly"),
    PROCESSOR_KEPT(
            36,
            "octets that cost much more to read than to send keep a processor from others",
            "who always has more to say gives way, tiny TLS records cost more, and a long frame in tiny pieces is refused"),
    LETTER_REPEATED(
            37,
            "a letter is published twice, or another one under its counter",
            "device, chain and counter make a letter: a retry has the first one's answer, everything else is refused"),
    IN_ANOTHERS_NAME(
            38,
            "a member publishes letters in somebody else's name, or somebody else's again",
            "a letter and a record must name the device of the session as their sender"),
    SEALED_FOR_OTHERS(
            39,
            "a letter is sealed for other devices than the members have now",
            "the relay takes no letter under a seal that does not name exactly these"),
    REVOKED_STAYS(
            40,
            "who is revoked goes on reading and writing in a session that was there before",
            "every live session is judged again when other CRLs count, and those that fail are ended at once"),
    SESSION_THAT_SAYS_NOTHING(
            41,
            "authenticated connections that say nothing use up what there is",
            "who does not say Hello in time, or falls silent, is sent away; so is the fifth connection of a device"),
    FILE_BENT(
            42,
            "a file is cut short, goes on, or has chunks altered, moved or taken from another one",
            "place and end of each chunk are under its tag, with the file's id and length, and the digest of all is signed"),
    TWO_CONTENTS_UNDER_A_KEY(
            43,
            "a file that changes while it is sent, or between two attempts, is sealed as two contents under one key",
            "a key is drawn for a measured content, and a chunk that is another than was measured is not sealed under it"),
    FILE_FOR_STRANGERS(
            44,
            "who does not belong to a conversation, or no longer, fetches its files",
            "the relay asks its log with every MiB, and has nothing of the key"),
    HALF_A_FILE(
            45,
            "half a file is taken for all of it, after a relay was killed or a connection was lost",
            "a file is there for others once its last octet is on disk, and has its name once all of it is proved"),
    SIGNED_WORDS_MOVED(
            46,
            "a member seals what another has signed to others, into another conversation, or with other words",
            "conversation, device, seal, chain and number are signed with the words, and must be what stands outside"),
    TWO_TEXTS_IN_ONE(
            47,
            "wraps are swapped, or one ciphertext opens as two texts for two readers",
            "a letter commits to its key, which is checked before anything is decrypted"),
    SIGNED_FOR_SOMETHING_ELSE(
            48,
            "a signed entry, key or file passes for a message, or the other way round",
            "one object identifier a purpose, and whoever opens names the one that is expected"),
    NUMBER_USED_TWICE(
            49,
            "two letters under one number: replayed, in two conversations, or one of them handed on before",
            "a number stands for one letter, and what comes under it again must be that one to the octet"),
    HISTORY_SHOWN_DIFFERENTLY(
            50,
            "a relay drops letters, turns them round, or shows each reader another history",
            "each letter names the one before it, and the last place that its writer has seen with the transcript there"),
    MEMBER_NOBODY_LET_IN(
            51,
            "a relay, or a member who may not, changes who belongs to a room",
            "entries are signed by owners, each names the one before it, and every client applies them itself"),
    DEVICE_NOBODY_LET_IN(
            52,
            "an authority certifies a device that its owner knows nothing of",
            "a certificate alone gives nothing: letters are sealed to, and believed from, devices that one on the chain has"
                    + " signed for"),
    CHAIN_BEGUN_ANEW(
            53,
            "a relay shows another device chain than before: a new one, a shorter one, another branch",
            "the first chain seen is remembered; from then on only what goes on from it counts, and everything else is told"),
    OLD_KEY_SHOWN_AGAIN(
            54,
            "a relay shows a key to receive with that was given up, or that somebody else has signed",
            "keys are signed by their device, and numbers only rise; nothing is sealed where they do not"),
    KEY_OUTLIVES_ITS_LETTERS(
            55,
            "a stolen disk opens the letters of last quarter",
            "a key to receive with is destroyed with what wrapped it: overwritten, in no file and no copy"),
    SIGNED_AFTER_THE_THEFT(
            56,
            "what a thief signs counts, for it comes late or from a time before the revocation",
            "a signer is judged as of when the letter was taken by all that is known since, and the signed time must agree"),
    HANDED_ON_AS_ANOTHERS(
            57,
            "a member hands on forged words as somebody's letter that was missing",
            "what is handed on is verified as if it had come itself, and never takes the place of what is here"),
    KEY_GONE_TOO_SOON(
            58,
            "a key is destroyed while letters are on the way that only it opens",
            "the relay takes nothing sealed to a key once it has a newer one, and says when everything before has been delivered; only then a key goes"),
    DEVICE_LONG_GONE(
            59,
            "letters are sealed for months to a device that lies somewhere, or has been lost",
            "thirty days after its key began a device is dormant: it is shown as that and not sealed to");

    private final int number;
    private final String threat;
    private final String defence;

    Threat(int number, String threat, String defence) {
        this.number = number;
        this.threat = threat;
        this.defence = defence;
    }

    /// How it is cited: T and a number.
    public String id() {
        return "T" + number;
    }

    /// What could happen.
    public String threat() {
        return threat;
    }

    /// What stands against it.
    public String defence() {
        return defence;
    }
}
