package org.chancery.ca.profile;

/// Why a request gets no certificate. Scripts read the names in `--json`: none ever changes its meaning.
public enum RefusalReason {
    /// The request asks to be a CA: basicConstraints CA:TRUE or keyUsage keyCertSign or cRLSign.
    REQUESTS_AUTHORITY("the request asks for a CA certificate"),
    /// A key too weak, too short or of a kind that is not certified.
    WEAK_KEY("the key is not good enough"),
    /// A sound key of a kind that certificates of this profile do not have.
    KEY_KIND("this profile does not certify such keys"),
    /// The modulus has a prime in common with another that was certified: both keys can be computed.
    SHARED_FACTOR("the key shares a prime with another"),
    /// The key was certified for somebody else before.
    KEY_TAKEN("the key belongs to somebody else"),
    /// A certificate of this key was revoked for keyCompromise.
    KEY_COMPROMISED("the key is compromised"),
    /// No address, neither requested nor given.
    NO_ADDRESS("nobody said whose certificate it is"),
    /// Several addresses requested and none chosen.
    SEVERAL_ADDRESSES("the request names several addresses"),
    /// The address given is not the one requested.
    ADDRESS_DISAGREES("the address given is not the one requested"),
    /// Not an address in canonical form.
    MALFORMED_ADDRESS("not a canonical address"),
    /// A display name that is too long, or that could pass for something else on a screen.
    DISPLAY_NAME("not a display name"),
    /// No host name and no IP address, neither requested nor given.
    NO_HOST("nobody said which host it is"),
    /// Neither a host name nor an IP address.
    MALFORMED_HOST("not a host name or IP address"),
    /// `localhost` belongs to every machine.
    LOCALHOST("localhost is every machine's own name"),
    /// More names than a certificate should carry.
    TOO_MANY_NAMES("too many names"),
    /// A name given that certificates of this profile do not carry.
    NAME_TYPE("this profile has no such names"),
    /// A name outside the issuer's own name constraints.
    NOT_PERMITTED("outside the names this authority may certify"),
    /// No room left within the issuer's validity, or a validity nobody would accept.
    VALIDITY("no such validity");

    private final String inWords;

    RefusalReason(String inWords) {
        this.inWords = inWords;
    }

    public String inWords() {
        return inWords;
    }

    /// What the person can do about it; empty where nothing but another request helps.
    public String hint() {
        return switch (this) {
            case WEAK_KEY -> "make an RSA key of 3072 bits or more, or an EC key on P-256 or P-384";
            case KEY_KIND -> "make a key of another type, or choose another profile";
            case SHARED_FACTOR -> "make a new key elsewhere, and revoke the other: whoever has both can compute both";
            case KEY_TAKEN, KEY_COMPROMISED -> "make a new key and a new request";
            case NO_ADDRESS -> "give --address, or request a rfc822Name";
            case SEVERAL_ADDRESSES -> "choose one of them with --address";
            case ADDRESS_DISAGREES -> "leave --address out, or ask for a request with that address";
            case MALFORMED_ADDRESS -> "lower-case letters, digits and dots before the @, a domain after it";
            case DISPLAY_NAME -> "give --name with at most 64 plain characters and no @";
            case NO_HOST -> "give --dns or --ip, or request them";
            case MALFORMED_HOST -> "a full name like chat.lab.example, without wildcard, or an IP address";
            case LOCALHOST -> "use 127.0.0.1 or a name of the domain, like chat.lab.example";
            case NAME_TYPE ->
                "--address and --name are for people, --dns and --ip for hosts: see the profile's file in conf/profiles";
            case NOT_PERMITTED ->
                "an authority certifies the domains and ranges it was founded for, and no others ever";
            case VALIDITY -> "give --days within what the profile and the issuing CA allow";
            case REQUESTS_AUTHORITY, TOO_MANY_NAMES -> "";
        };
    }
}
