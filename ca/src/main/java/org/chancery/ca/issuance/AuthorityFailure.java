package org.chancery.ca.issuance;

/// Why an authority could not be founded or opened, or does not do what it was asked.
public enum AuthorityFailure {
    /// There is no authority in that directory.
    MISSING("say where it is by --home or CHANCERY_HOME, or make one with: ca init --domain lab.example"),
    /// There is something in the directory already.
    EXISTS("choose another --home, or keep what is there aside with --force"),
    /// Its files contradict each other, or one of them cannot be read.
    DAMAGED("restore the directory from a copy; what is signed was not changed"),
    /// The key in a key file is not the one its certificate names.
    WRONG_KEY("give the file of this authority's key, or restore it from a copy"),
    /// The root's key has been taken away, as it should be, and this needs it.
    ROOT_AWAY("a ceremony is told where it is by --root-key: see docs/ceremonies.md"),
    /// The issuing CA at work has been revoked.
    CA_REVOKED("put another to work with: ca root issue-issuing"),
    /// The home, or something in it, cannot be written.
    UNWRITABLE("make room or give permission; nothing was left behind"),
    /// A plan no authority can be founded by.
    PLAN("see: ca init --help");

    private final String hint;

    AuthorityFailure(String hint) {
        this.hint = hint;
    }

    /// What the person can do about it.
    public String hint() {
        return hint;
    }
}
