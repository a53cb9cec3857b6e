package org.chancery.bench.envelope;

/// What is measured.
public enum Act {
    /// An epoch begun for every device, and its first letter: what goes to the relay, in octets.
    SEAL("seal and first letter"),
    /// A first letter opened, by each of the devices in turn.
    OPEN("first letter opened"),
    /// A letter of an epoch that has begun.
    NEXT_SEAL("next letter"),
    /// A letter by a key that has been unwrapped.
    NEXT_OPEN("next letter opened");

    private final String title;

    Act(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    Object ours(Household household) throws Exception {
        return switch (this) {
            case SEAL -> household.seal();
            case OPEN -> household.open();
            case NEXT_SEAL -> household.nextLetter();
            case NEXT_OPEN -> household.openNext();
        };
    }

    Object theJdks(Household household) throws Exception {
        return switch (this) {
            case SEAL -> household.primitives().seal(household.publicKeys());
            case OPEN -> household.openByPrimitives();
            case NEXT_SEAL -> household.primitives().next();
            case NEXT_OPEN -> household.primitives().openNext();
        };
    }
}
