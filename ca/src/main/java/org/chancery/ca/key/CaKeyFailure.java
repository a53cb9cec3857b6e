package org.chancery.ca.key;

/// Why a CA's key cannot be had.
public enum CaKeyFailure {
    /// The configuration names no place a key can lie at.
    MALFORMED("write pkcs11:token=LABEL;object=KEY?module-path=/path/to/library.so (RFC 7512)"),
    /// The PKCS#11 library is not there, or is none.
    LIBRARY("check module-path, and that the token's software is installed"),
    /// No slot holds that token, or more than one does.
    TOKEN_MISSING("put the token in; see what is there with: pkcs11-tool --module LIBRARY --list-slots"),
    /// The token does not take the PIN.
    WRONG_PIN("the PIN is read like a passphrase, from --passphrase-file or the terminal; a token may lock after a few"
            + " wrong ones"),
    /// The token has no key of that name with its certificate.
    KEY_MISSING(
            "see what it holds with: keytool -list -keystore NONE -storetype PKCS11, or pkcs11-tool --list-objects"),
    /// The token does not do what it was asked, or does not answer any more.
    TOKEN_FAILED("put the token in again and repeat; nothing was issued that the ledger does not know");

    private final String hint;

    CaKeyFailure(String hint) {
        this.hint = hint;
    }

    /// What the person can do about it.
    public String hint() {
        return hint;
    }
}
