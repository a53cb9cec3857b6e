package org.chancery.ca.lint.ocsp;

import java.util.Optional;
import java.util.Set;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Rule;
import org.chancery.ca.lint.Serials;
import org.chancery.ca.lint.Times;

/// Good, revoked since a time that is not later than thisUpdate, or unknown; a reason says something: not unspecified,
/// not certificateHold, not removeFromCRL.
final class StatusIsMeaningful implements Rule<ToBeSignedResponse> {
    private static final int GOOD = 0x80;
    private static final int REVOKED = 0xa1;
    private static final int UNKNOWN = 0x82;
    private static final Set<String> FINAL = Set.of("1", "2", "3", "4", "5", "9", "a");

    @Override
    public String citation() {
        return "RFC 6960 4.2.1, BR 7.2.2";
    }

    @Override
    public Optional<String> violation(ToBeSignedResponse response) throws UnreadableException {
        for (ToBeSignedResponse.Single single : response.responses()) {
            Optional<String> fault = fault(single);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fault(ToBeSignedResponse.Single single) throws UnreadableException {
        Tlv status = single.status();
        if (!status.is(REVOKED)) {
            boolean known = (status.is(GOOD) || status.is(UNKNOWN)) && status.length() == 0;
            return known ? Optional.empty() : Optional.of("status " + status);
        }
        Parts parts = new Parts(status.children());
        if (Times.read(parts.next(Tlv.GENERALIZED_TIME)).isAfter(Times.read(single.thisUpdate()))) {
            return Optional.of("revoked after thisUpdate");
        }
        Optional<Tlv> reason = parts.nextIf(0xa0);
        if (reason.isEmpty()) {
            return Optional.empty();
        }
        String code = Serials.inWords(reason.get().inner().as(Tlv.ENUMERATED).integer());
        return FINAL.contains(code) ? Optional.empty() : Optional.of("reason " + code);
    }
}
